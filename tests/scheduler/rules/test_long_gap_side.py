import pytest

from domain.patient import Wish, WishKind
from scheduler.rules.long_gap_side import LongGapSide
from tests.scheduler.worlds import (
    cost,
    found,
    people,
    planned,
    two_weeks,
    who,
    world,
)

RULE = LongGapSide()


@pytest.mark.parametrize(
    ("days", "saturday", "monday"),
    [
        ("Mon Wed Fri", 0, 2),
        ("Tue Thu Sat", 2, 0),
        ("Mon Wed Sat", 2, 2),
        ("Mon Thu", 0, 2),
        ("Tue Fri", 0, 0),
        ("Wed", 0, 0),
        ("Sat", 2, 0),
        ("Mon Wed Fri Sun", 2, 2),
        ("Tue Wed Thu Fri", 0, 0),
        ("Mon Tue Wed Thu Fri", 0, 2),
        ("Tue Wed Thu Fri Sat", 2, 0),
        ("Mon Tue Thu Fri Sat", 2, 2),
    ],
)
def test_the_day_wished_free_lies_in_a_gap_of_three_days_or_more(
    days: str, saturday: int, monday: int
) -> None:
    for value, expected in (("saturday", saturday), ("monday", monday)):
        wish = Wish("P1", WishKind.LONG_GAP, value, 2)
        problem = world(wishes=(wish,), **people(who("P1")))
        assert cost(RULE, problem, planned(problem, f"P1 A1 am {days}")) == expected


def test_it_says_which_week_and_which_day() -> None:
    wish = Wish("P1", WishKind.LONG_GAP, "saturday", 1)
    problem = world(weeks=2, wishes=(wish,), **people(who("P1")))
    plan = two_weeks(problem, ["P1 A1 am Mon Wed Fri"], ["P1 A1 am Tue Thu Sat"])
    assert found(RULE, problem, plan) == ["P1, week of 2026-03-09: no long gap over Saturday"]


def test_a_week_without_sessions_costs_nothing() -> None:
    wish = Wish("P1", WishKind.LONG_GAP, "saturday", 3)
    problem = world(wishes=(wish,), **people(who("P1")))
    assert cost(RULE, problem, planned(problem)) == 0
