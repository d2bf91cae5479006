"""Days cut into more turns for shorter sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain.bad_day import DoctorsRule
from domain.calendar import DAY, Turn
from domain.center import Hold, Shift
from domain.problem import Problem
from domain.short_turns import with_more_turns
from domain.words import Label
from tests.scheduler.worlds import (
    AFTERNOON,
    MONDAY,
    MORNING,
    NIGHT,
    nurses,
    people,
    who,
    world,
)

TUESDAY_NOON = datetime(2026, 3, 3, 12)
RULE = DoctorsRule("Dr Zhao", minutes=150, more_turns=True)
"""Two shifts from 8:00 to 18:00 with half an hour between: room for three of three hours."""


def center() -> Problem:
    return world(
        **people(who("P1")),
        shifts=(MORNING, AFTERNOON, NIGHT),
        staffing=(*nurses("A", am=2, pm=1), *nurses("A", night=1)),
        holds=(Hold("A", 1, "guest", shift="am"),),
    )


def open_shifts(problem: Problem, day: date) -> list[str]:
    return [t.shift for t in problem.turns_on(day) if problem.is_open("A1", t)]


def test_days_that_have_not_begun_have_more_turns_and_nights_stay() -> None:
    found = with_more_turns(center(), RULE, TUESDAY_NOON)
    assert open_shifts(found, MONDAY + DAY) == ["am", "pm", "night"]
    assert open_shifts(found, MONDAY + 2 * DAY) == ["S1-0304", "S2-0304", "S3-0304", "night"]
    assert open_shifts(found, MONDAY + 6 * DAY) == []
    windows = [(found.shift[f"S{n}-0304"].start, found.shift[f"S{n}-0304"].end) for n in (1, 2, 3)]
    assert windows == [(time(8), time(11, 20)), (time(11, 20), time(14, 40)),
                       (time(14, 40), time(18))]  # fmt: skip


def test_the_week_after_is_as_always() -> None:
    found = with_more_turns(center(), RULE, TUESDAY_NOON)
    later = Problem(found.register, MONDAY + 7 * DAY)
    assert [open_shifts(later, day) for day in later.days[:2]] == [["am", "pm", "night"]] * 2
    before = Problem(found.register, MONDAY - 7 * DAY)
    assert open_shifts(before, before.days[2]) == ["am", "pm", "night"]


def test_a_new_turn_has_the_nurses_that_are_there_all_of_its_time_and_what_is_held() -> None:
    found = with_more_turns(center(), RULE, TUESDAY_NOON)
    turns = [Turn(MONDAY + 2 * DAY, f"S{n}-0304") for n in (1, 2, 3)]
    assert [found.nurses("A", turn) for turn in turns] == [2, 1, 1]
    assert [found.held("A", turn) for turn in turns] == [1, 1, 0]


def test_nothing_changes_where_no_turn_is_gained_or_nothing_is_allowed() -> None:
    problem = center()
    assert with_more_turns(problem, DoctorsRule("x", 240, more_turns=True), TUESDAY_NOON) == problem
    assert with_more_turns(problem, DoctorsRule("x", 150), TUESDAY_NOON) == problem
    assert with_more_turns(problem, DoctorsRule(), TUESDAY_NOON) == problem


def test_a_day_on_which_anybody_sits_is_left_alone_and_one_before_its_first_turn_is_cut() -> None:
    early = datetime(2026, 3, 3, 7)
    found = with_more_turns(center(), RULE, early)
    assert open_shifts(found, MONDAY + DAY)[0] == "S1-0303"
    assert open_shifts(found, MONDAY) == ["am", "pm", "night"]


def test_days_with_other_shifts_are_cut_apart_and_stay_out_of_each_others_turns() -> None:
    not_thursday = replace(AFTERNOON, weekdays=AFTERNOON.weekdays - {4})
    late = Shift("late", Label("late", "晚"), time(12), time(18), frozenset({4}), 30)
    problem = world(**people(who("P1")), shifts=(MORNING, not_thursday, late))
    found = with_more_turns(problem, RULE, TUESDAY_NOON)
    assert open_shifts(found, MONDAY + 2 * DAY) == ["S1-0304", "S2-0304", "S3-0304"]
    assert open_shifts(found, MONDAY + 3 * DAY) == ["S1-0305", "S2-0305", "S3-0305"]
    assert open_shifts(found, MONDAY + 4 * DAY) == ["S1-0304", "S2-0304", "S3-0304"]


def test_a_code_that_the_center_has_already_is_left_alone() -> None:
    own = Shift("S1-0304", Label("own", "自"), time(19), time(21, 30), frozenset({1}), 30)
    problem = world(**people(who("P1")), shifts=(MORNING, AFTERNOON, own))
    found = with_more_turns(problem, RULE, TUESDAY_NOON)
    assert "S1-0304x" in open_shifts(found, MONDAY + 2 * DAY)


def test_cutting_twice_in_a_week_takes_other_codes() -> None:
    first = with_more_turns(center(), RULE, TUESDAY_NOON)
    again = with_more_turns(first, RULE, TUESDAY_NOON + timedelta(days=1))
    codes = [shift.code for shift in again.register.shifts]
    assert len(codes) == len(set(codes))
