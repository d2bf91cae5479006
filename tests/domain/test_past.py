"""What is over cannot be planned; what is under way can still be mended."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import Turn
from domain.draft import Move
from domain.past import is_over, over, rewritten
from domain.plan import Assignment, Plan
from tests.scheduler.worlds import MONDAY, NIGHT, world

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = Turn(MONDAY, "am")


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, minute, tzinfo=SHANGHAI) + (
        timedelta(days=days)
    )


def test_a_turn_is_over_when_its_window_has_ended_and_not_when_it_begins() -> None:
    problem = world()
    assert not is_over(problem, MORNING, at(8, 30))
    assert not is_over(problem, MORNING, at(12, 29))
    assert is_over(problem, MORNING, at(12, 30))


def test_a_night_is_over_on_the_next_morning() -> None:
    problem = world(shifts=(NIGHT,))
    night = Turn(MONDAY, "night")
    assert not is_over(problem, night, at(6, 29, days=1))
    assert is_over(problem, night, at(6, 30, days=1))


def test_of_a_shift_that_is_gone_only_the_day_counts() -> None:
    problem = world()
    gone = Turn(MONDAY, "gone")
    assert not is_over(problem, gone, at(23, 59))
    assert is_over(problem, gone, at(0, 0, days=1))


def test_a_move_out_of_or_into_the_past_is_named_by_its_turns() -> None:
    problem = world()
    early = Assignment(MONDAY, "am", "A1", "P1")
    later = Assignment(MONDAY + timedelta(days=2), "am", "A1", "P1")
    now = at(0, days=1)
    assert over(problem, [Move(early, later)], now) == (MORNING,)
    assert over(problem, [Move(later, early)], now) == (MORNING,)
    assert over(problem, [Move(later, None), Move(None, later)], now) == ()


def test_two_plans_differ_in_the_past_only_where_a_turn_is_over() -> None:
    problem = world()
    early = Assignment(MONDAY, "am", "A1", "P1")
    later = Assignment(MONDAY + timedelta(days=2), "am", "A1", "P1")
    one, both = Plan.of(MONDAY, 1, [early]), Plan.of(MONDAY, 1, [early, later])
    assert rewritten(problem, one, both, at(0, days=1)) == ()
    assert rewritten(problem, one, Plan.of(MONDAY, 1, []), at(0, days=1)) == (MORNING,)
