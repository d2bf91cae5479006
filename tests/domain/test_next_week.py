"""The week that is meant when nobody says."""

from __future__ import annotations

from datetime import date, timedelta

from domain.next_week import week_to_plan

MONDAY = date(2026, 3, 2)
SATURDAY_BEFORE = date(2026, 2, 28)
WEEK = timedelta(weeks=1)


def test_without_any_data_the_coming_week_is_planned() -> None:
    for day in range(7):
        assert week_to_plan(MONDAY - WEEK + timedelta(days=day), None, ()) == MONDAY


def test_a_center_whose_files_reach_up_to_the_coming_week_plans_that() -> None:
    assert week_to_plan(date(2026, 2, 27), SATURDAY_BEFORE, ()) == MONDAY


def test_stored_plans_carry_on_where_the_files_end() -> None:
    planned = {MONDAY, MONDAY + WEEK}
    assert week_to_plan(MONDAY + WEEK, SATURDAY_BEFORE, planned) == MONDAY + 2 * WEEK


def test_a_week_that_is_planned_already_is_planned_again_until_it_begins() -> None:
    planned = {MONDAY}
    assert week_to_plan(date(2026, 2, 27), SATURDAY_BEFORE, planned) == MONDAY
    assert week_to_plan(date(2026, 2, 27), None, planned) == MONDAY


def test_old_data_are_continued_where_they_end() -> None:
    assert week_to_plan(date(2026, 11, 22), SATURDAY_BEFORE, ()) == MONDAY
    assert week_to_plan(date(2026, 11, 22), SATURDAY_BEFORE, {MONDAY}) == MONDAY
    assert week_to_plan(date(2026, 11, 22), SATURDAY_BEFORE, {MONDAY, MONDAY + WEEK}) == (
        MONDAY + WEEK
    )


def test_data_of_the_future_are_continued_where_they_end() -> None:
    assert week_to_plan(date(2026, 1, 7), SATURDAY_BEFORE, ()) == MONDAY


def test_a_session_on_a_sunday_belongs_to_the_week_that_ends() -> None:
    assert week_to_plan(date(2026, 11, 22), date(2026, 3, 1), ()) == MONDAY
