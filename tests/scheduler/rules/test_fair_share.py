from dataclasses import replace
from typing import Any

from domain.patient import Burden, Ledger, Night, Wish, WishKind
from domain.problem import Problem
from scheduler.rules.fair_share import FairShare
from tests.scheduler.worlds import (
    EVERY_DAY,
    MORNING,
    NIGHT,
    cost,
    found,
    people,
    planned,
    two_weeks,
    who,
    world,
)

NIGHTS = FairShare("fair_nights", Burden.NIGHT)
EARLY = FairShare("fair_early", Burden.EARLY)
SUNDAYS = FairShare("fair_sundays", Burden.SUNDAY)
SHIFTS = (replace(MORNING, early=True, weekdays=EVERY_DAY), replace(NIGHT, weekdays=EVERY_DAY))


def center(night: Night = Night.ACCEPTS, **tables: Any) -> Problem:
    return world(shifts=SHIFTS, **people(who("P1", night=night)), **tables)


def test_each_rule_counts_its_own_turns() -> None:
    problem = center()
    plan = planned(problem, "P1 A1 am Mon Wed Sun", "P1 A1 night Fri Sun")
    assert [cost(rule, problem, plan) for rule in (NIGHTS, EARLY, SUNDAYS)] == [2, 3, 2]
    assert found(NIGHTS, problem, plan) == [
        "P1, night: 2026-03-06 night, 2026-03-08 night, 0 borne before"
    ]


def test_saturday_night_s_sunday_morning_is_no_sunday() -> None:
    problem = center()
    assert cost(SUNDAYS, problem, planned(problem, "P1 A1 night Sat")) == 0


def test_every_six_borne_before_make_the_next_one_dearer() -> None:
    for borne, expected in ((0, 3), (3, 3), (4, 4), (5, 5), (6, 6), (11, 8), (12, 9)):
        problem = center(ledger=(Ledger("P1", Burden.NIGHT, borne),))
        assert cost(NIGHTS, problem, planned(problem, "P1 A1 night Mon Wed Fri")) == expected


def test_another_burden_s_ledger_does_not_count() -> None:
    problem = center(ledger=(Ledger("P1", Burden.NIGHT, 60),))
    assert cost(EARLY, problem, planned(problem, "P1 A1 am Mon")) == 1


def test_each_week_begins_with_the_ledger() -> None:
    ledger = (Ledger("P1", Burden.EARLY, 5),)
    problem = world(weeks=2, shifts=SHIFTS, ledger=ledger, **people(who("P1")))
    plan = two_weeks(problem, ["P1 A1 am Mon Wed"], ["P1 A1 am Mon Wed"])
    assert [violation.cost for violation in EARLY.check(problem, plan)] == [3, 3]


def test_volunteers_bear_no_nights() -> None:
    problem = center(Night.VOLUNTEERS)
    plan = planned(problem, "P1 A1 night Mon", "P1 A1 am Wed")
    assert (cost(NIGHTS, problem, plan), cost(EARLY, problem, plan)) == (0, 1)


def test_who_wished_for_it_bears_nothing() -> None:
    def wished(kind: WishKind, value: str) -> list[int]:
        problem = center(wishes=(Wish("P1", kind, value),))
        plan = planned(problem, "P1 A1 am Mon Sun", "P1 A1 night Fri")
        return [cost(rule, problem, plan) for rule in (NIGHTS, EARLY, SUNDAYS)]

    assert wished(WishKind.SHIFT, "night") == [0, 2, 1]
    assert wished(WishKind.SHIFT, "am") == [1, 0, 1]
    assert wished(WishKind.WEEKDAY, "7") == [1, 2, 0]
    assert wished(WishKind.WEEKDAY, "1") == [1, 2, 1]
    assert wished(WishKind.NOT_WEEKDAY, "7") == [1, 2, 1]
