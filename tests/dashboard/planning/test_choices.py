"""Which weeks are offered, and what they are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dashboard.planning.choices import (
    planned_mondays,
    standing_words,
    version_words,
    week_words,
    weeks_to_plan,
)
from db.plans import PlanState, PlanVersion, Publication
from domain.calendar import WEEK

TODAY = date(2026, 3, 4)
THIS = date(2026, 3, 2)
DRAFT = PlanVersion("C", THIS, 2, 2, 1, "Li", "", datetime(2026, 3, 1, tzinfo=UTC), "f")
FORCE = replace(
    DRAFT, state=PlanState.PUBLISHED, published=Publication(1, "Wang", DRAFT.created_at)
)


def test_this_week_and_eight_more_are_offered_and_the_coming_one_is_next() -> None:
    mondays, following = weeks_to_plan(TODAY, date(2026, 3, 7), frozenset())
    assert mondays == tuple(THIS + WEEK * n for n in range(9))
    assert following == THIS + WEEK


def test_where_the_data_end_long_ago_the_weeks_after_them_are_offered_too() -> None:
    mondays, following = weeks_to_plan(TODAY, date(2025, 11, 30), frozenset())
    assert following == date(2025, 12, 1)
    assert mondays[:5] == tuple(following + WEEK * n for n in range(5))
    assert THIS in mondays


def test_a_plan_of_two_weeks_covers_both() -> None:
    assert planned_mondays([DRAFT]) == {THIS, THIS + WEEK}


def test_a_week_tells_whether_it_is_planned() -> None:
    assert str(standing_words(THIS, [])) == "Nothing is planned for this week yet."
    assert "version 2 by Li is a draft" in str(standing_words(THIS + WEEK, [DRAFT]))
    said = str(standing_words(THIS, [replace(DRAFT, number=3), FORCE]))
    assert said == "Version 2 is in force, published by Wang."


def test_several_weeks_are_told_by_their_first_and_last_day() -> None:
    assert str(week_words(THIS)) == "Week of 2026-03-02"
    assert str(week_words(THIS, 2)) == "2026-03-02 to 2026-03-15"


def test_a_version_tells_what_it_counts_for() -> None:
    superseded = replace(DRAFT, state=PlanState.SUPERSEDED)
    assert [str(version_words(one)) for one in (DRAFT, FORCE, superseded)] == [
        "Version 2, draft by Li",
        "Version 2, in force",
        "Version 2, was in force",
    ]
