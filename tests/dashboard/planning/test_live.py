"""A search under way, in sentences, figures and lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clearshift.i18n import speaker
from dashboard.planning.live import best_words, clock_words, drawn, elapsed, status_words
from domain.plan_job import JobState, JobTrace, PlanJob
from domain.words import words
from tests.scheduler.worlds import MONDAY

ASKED = datetime(2026, 3, 1, 8, tzinfo=UTC)
JOB = PlanJob(
    1, MONDAY, 1, "Li", 60, False, JobState.RUNNING, ASKED, ASKED, None, False, (), None, None
)
NAMES = {1: words("Everybody has a place"), 2: words("Habits")}
ROUGH = JobTrace(0.5, "start", -1, 2000, 1000)
PLACED = JobTrace(1.0, "timetable", 1, 0, 0)
SHORT = JobTrace(1.0, "timetable", 1, 9, 9)
HABITS = JobTrace(1.5, "timetable", 2, 200, 150)
SETTLED = JobTrace(2.0, "timetable", 2, 190, 190)


def heard(*traces: JobTrace) -> PlanJob:
    return replace(JOB, traces=traces)


@pytest.mark.parametrize(
    ("job", "sentence"),
    [
        (replace(JOB, state=JobState.WAITING), "Starting the search"),
        (JOB, "Setting up the rules"),
        (heard(ROUGH), "Looking for a good start"),
        (heard(ROUGH, PLACED), "Settling days and shifts"),
        (heard(JobTrace(2.0, "joint", 3, 1, 0)), "Placing stations"),
        (replace(JOB, stopping=True), "Stopping with the best plan so far"),
        (replace(JOB, state=JobState.DONE, number=3), "Stored as version 3"),
        (replace(JOB, state=JobState.FAILED), "ended without a plan"),
        (replace(JOB, state=JobState.LOST), "is lost"),
    ],
)
def test_what_it_is_at_is_one_sentence(job: PlanJob, sentence: str) -> None:
    assert sentence in str(status_words(job))


@pytest.mark.parametrize(
    ("traces", "sentence"),
    [
        ((ROUGH,), "There is a first plan; it is being made better on all rules at once."),
        ((ROUGH, PLACED), "Everybody has all sessions. Everything settled so far is proven."),
        ((SHORT,), "Some sessions have no place. Everything settled so far is proven."),
        (
            (PLACED, HABITS),
            "Everybody has all sessions. Habits: 200, at least 150, gap 25.0 %.",
        ),
    ],
)
def test_the_best_plan_so_far_is_told_in_words(traces: tuple[JobTrace, ...], sentence: str) -> None:
    assert str(best_words(heard(*traces), NAMES)) == sentence


def test_each_tier_is_a_line_with_its_figures_and_its_course() -> None:
    found = drawn(heard(ROUGH, PLACED, HABITS, SETTLED), NAMES, speaker("en"))
    assert (found["begin"], found["end"]) == (0.5, 2.0)
    assert [(row["name"], row["cost"], row["known"], row["proven"]) for row in found["rows"]] == [
        ("Everybody has a place", "0", "proven", True),
        ("Habits", "190", "proven", True),
    ]
    assert found["rows"][1]["points"] == [[1.5, 200, 150], [2.0, 190, 190]]


def test_the_rough_weighing_is_a_line_only_until_tiers_are_settled() -> None:
    (row,) = drawn(heard(ROUGH), NAMES, speaker("en"))["rows"]
    assert (row["name"], row["cost"], row["known"], row["rough"]) == (
        "All rules weighed together",
        "",
        "about 50.0 % to go",
        True,
    )


def test_kept_promises_are_not_worth_a_line() -> None:
    kept, broken = JobTrace(1.0, "timetable", 0, 0, 0), JobTrace(1.0, "timetable", 0, 2, 0)
    assert drawn(heard(kept), NAMES, speaker("en"))["rows"] == []
    assert len(drawn(heard(broken), NAMES, speaker("en"))["rows"]) == 1


def test_without_a_bound_nothing_is_claimed() -> None:
    found = drawn(heard(JobTrace(1.0, "timetable", 2, 7, None)), NAMES, speaker("en"))
    assert (found["rows"][0]["known"], found["rows"][0]["proven"]) == ("no bound yet", False)


def test_time_runs_until_the_search_has_ended() -> None:
    now = ASKED + timedelta(seconds=75)
    assert elapsed(JOB, now) == 75
    assert elapsed(replace(JOB, ended_at=ASKED + timedelta(seconds=20)), now) == 20
    assert str(clock_words(75)) == "1 min 15 s"
