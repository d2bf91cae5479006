"""Searches ordered on a screen: one for a week at a time, and what is heard of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from db.connection import reading, writing
from db.plan_jobs import (
    LOST_AFTER,
    STARTS_WITHIN,
    JobGone,
    Wanted,
    begin_job,
    end_job,
    find_job,
    hear,
    list_jobs,
    order_job,
    stop_job,
)
from db.refusal import DatabaseRefusal
from domain.calendar import WEEK
from domain.plan_job import JobState, JobTrace, PlanJob
from domain.words import words
from tests.db.world import MONDAY, NOW, store

WEEK_JOB = Wanted(MONDAY, 1, 60)
TRACES = (JobTrace(0.5, "start", -1, 900, 12), JobTrace(2.0, "timetable", 1, 3, None))
SOON = NOW + timedelta(seconds=5)


@pytest.fixture
def center(database: sa.Engine) -> sa.Engine:
    store(database)
    return database


def ordered(center: sa.Engine, wanted: Wanted = WEEK_JOB, who: str = "Li") -> PlanJob:
    with writing(center) as session:
        return order_job(session, "HC", wanted, who, NOW)


def running(center: sa.Engine) -> PlanJob:
    job = ordered(center)
    with writing(center) as session:
        return begin_job(session, "HC", job.job, NOW)


def test_an_order_waits_until_its_process_has_begun(center: sa.Engine) -> None:
    assert ordered(center, Wanted(MONDAY, 2, 30, scratch=True)) == PlanJob(
        1, MONDAY, 2, "Li", 30, True, JobState.WAITING, NOW, None, None, False, (), None, None
    )
    with writing(center) as session:
        begun = begin_job(session, "HC", 1, SOON)
    assert (begun.state, begun.heard_at) == (JobState.RUNNING, SOON)


def test_a_second_order_for_the_same_week_is_refused_by_name(center: sa.Engine) -> None:
    ordered(center)
    with pytest.raises(DatabaseRefusal, match="Li has a search"):
        ordered(center, who="Wang")


def test_weeks_that_overlap_are_refused_and_others_are_not(center: sa.Engine) -> None:
    ordered(center, Wanted(MONDAY, 2, 60))
    with pytest.raises(DatabaseRefusal):
        ordered(center, Wanted(MONDAY + WEEK, 1, 60))
    assert ordered(center, Wanted(MONDAY + 2 * WEEK, 1, 60)).job == 2


def test_a_search_tells_how_it_goes_and_hears_whether_to_stop(center: sa.Engine) -> None:
    job = running(center).job
    with writing(center) as session:
        assert hear(session, "HC", job, TRACES, SOON) is False
        stop_job(session, "HC", job, SOON)
        assert hear(session, "HC", job, TRACES, SOON) is True
    with reading(center) as session:
        found = find_job(session, "HC", job, SOON)
    assert (found.traces, found.stopping, found.heard_at) == (TRACES, True, SOON)


def test_a_search_that_is_done_names_its_version(center: sa.Engine) -> None:
    job = running(center).job
    with writing(center) as session:
        found = end_job(session, "HC", job, 4, None, SOON)
    assert (found.state, found.number, found.ended_at) == (JobState.DONE, 4, SOON)
    assert ordered(center).job == 2


def test_a_search_that_failed_says_why(center: sa.Engine) -> None:
    job, why = running(center).job, words("no {what}", what=MONDAY)
    with writing(center) as session:
        found = end_job(session, "HC", job, None, why, SOON)
    assert (found.state, found.remark) == (JobState.FAILED, why)


def test_a_search_that_is_silent_for_half_a_minute_is_lost(center: sa.Engine) -> None:
    job = running(center).job
    with reading(center) as session:
        states = [
            find_job(session, "HC", job, NOW + LOST_AFTER + late).state
            for late in (timedelta(0), timedelta(seconds=1))
        ]
    assert states == [JobState.RUNNING, JobState.LOST]


def test_a_search_that_never_began_is_lost_after_two_minutes(center: sa.Engine) -> None:
    job = ordered(center).job
    with reading(center) as session:
        states = [
            find_job(session, "HC", job, NOW + STARTS_WITHIN + late).state
            for late in (timedelta(0), timedelta(seconds=1))
        ]
    assert states == [JobState.WAITING, JobState.LOST]


def test_a_lost_search_makes_room_and_is_not_awaited_any_more(center: sa.Engine) -> None:
    lost = running(center).job
    late = NOW + LOST_AFTER + timedelta(seconds=1)
    with writing(center) as session:
        assert order_job(session, "HC", WEEK_JOB, "Wang", late).job == 2
    for last_word in (
        lambda session: hear(session, "HC", lost, (), late),
        lambda session: end_job(session, "HC", lost, 3, None, late),
        lambda session: begin_job(session, "HC", lost, late),
    ):
        with pytest.raises(JobGone), writing(center) as session:
            last_word(session)
    with reading(center) as session:
        states = [one.state for one in list_jobs(session, "HC", NOW)]
    assert states == [JobState.WAITING, JobState.LOST]


def test_what_has_ended_cannot_be_stopped(center: sa.Engine) -> None:
    job = running(center).job
    with writing(center) as session:
        end_job(session, "HC", job, 4, None, SOON)
        assert stop_job(session, "HC", job, SOON).stopping is False


def test_a_number_that_was_never_ordered_is_refused(center: sa.Engine) -> None:
    with pytest.raises(DatabaseRefusal, match="no search 9"), reading(center) as session:
        find_job(session, "HC", 9, NOW)


def test_a_moment_without_a_time_zone_is_a_mistake(center: sa.Engine) -> None:
    with pytest.raises(ValueError, match="time zone"), writing(center) as session:
        order_job(session, "HC", WEEK_JOB, "Li", NOW.replace(tzinfo=None))
