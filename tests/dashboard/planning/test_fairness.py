"""Nights, early starts and Sundays, over months and in the plan."""

from __future__ import annotations

from datetime import timedelta

from dashboard.planning.fairness import Borne, by_month, months_of, shares, spread
from domain.calendar import WEEK
from domain.patient import Burden, Ledger
from domain.plan import Assignment
from tests.scheduler.worlds import MONDAY, MORNING, NIGHT, people, planned, who, world

PROBLEM = world(
    **people(who("P1"), who("P2")),
    shifts=(MORNING, NIGHT),
    ledger=(Ledger("P1", Burden.NIGHT, 5),),
)
PLAN = planned(PROBLEM, "P1 A1 night Mon Wed Fri", "P2 A2 am Mon Wed Fri")
BEFORE = [
    Assignment(MONDAY - WEEK, "night", "A1", "P1"),
    Assignment(MONDAY - 4 * WEEK, "night", "A1", "P1"),
    Assignment(MONDAY - WEEK, "am", "A1", "P2"),
]


def test_turns_are_counted_by_month_and_what_was_before_is_one_figure() -> None:
    found = by_month(BEFORE, PROBLEM.shift)
    assert [str(month) for month in months_of(found)] == ["2026-02-01"]
    assert shares(PROBLEM, PLAN, found) == (Borne("P1", Burden.NIGHT, 3, (2,), 3),)


def test_a_total_is_everything_together() -> None:
    assert Borne("P1", Burden.NIGHT, 3, (2, 1), 3).total == 9


def test_sundays_count_without_a_shift_of_their_own() -> None:
    sunday = Assignment(MONDAY + timedelta(days=6), "gone", "A1", "P2")
    assert dict(by_month([sunday], PROBLEM.shift)) == {
        ("P2", Burden.SUNDAY, MONDAY.replace(day=1)): 1
    }


def test_the_spread_is_between_the_fewest_and_the_most() -> None:
    rows = (Borne("P1", Burden.NIGHT, 3, (), 0), Borne("P2", Burden.NIGHT, 0, (), 1))
    assert spread(rows, Burden.NIGHT) == (1, 3)
    assert spread(rows, Burden.EARLY) is None
