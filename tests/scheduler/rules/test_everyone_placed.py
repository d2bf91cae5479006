from dataclasses import replace

from domain.patient import Absence, Priority
from scheduler.rules.everyone_placed import EveryonePlaced
from tests.scheduler.worlds import (
    CENTER,
    cost,
    found,
    on,
    people,
    planned,
    two_weeks,
    who,
    world,
)

RULE = EveryonePlaced()


def test_no_session_at_all_costs_a_thousand_and_the_square_of_what_is_missing() -> None:
    problem = world(**people(who("P1"), who("P2", odd=2, even=3)))
    plan = planned(problem)
    assert found(RULE, problem, plan) == [
        "P1, week of 2026-03-02: 0 of 3 sessions",
        "P2, week of 2026-03-02: 0 of 2 sessions",
    ]
    assert [violation.cost for violation in RULE.check(problem, plan)] == [1009, 1004]


def test_a_full_week_is_free() -> None:
    problem = world(**people(who("P1")))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == 0


def test_one_patient_without_a_place_is_better_than_two() -> None:
    problem = world(**people(who("P1", odd=6), who("P2", odd=1), who("P3", odd=1)))
    one = planned(problem, "P2 A1 am Mon", "P3 A2 am Mon")
    two = planned(problem, "P1 A1 am Mon Tue Wed Thu Fri Sat")
    assert (cost(RULE, problem, one), cost(RULE, problem, two)) == (1036, 2002)


def test_partial_weeks_share_what_is_missing() -> None:
    center = replace(CENTER, partial_weeks=True)
    problem = world(center=center, **people(who("P1"), who("P2")))
    shared = planned(problem, "P1 A1 am Mon Wed", "P2 A2 am Mon Wed")
    lopsided = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon")
    assert (cost(RULE, problem, shared), cost(RULE, problem, lopsided)) == (2, 4)


def test_priority_doubles_and_redoubles() -> None:
    high, urgent = who("P1", priority=Priority.HIGH), who("P2", priority=Priority.URGENT)
    problem = world(**people(high, urgent))
    assert [v.cost for v in RULE.check(problem, planned(problem))] == [2018, 4036]


def test_each_week_of_the_fortnight_asks_for_its_own_number() -> None:
    problem = world(weeks=2, **people(who("P1", odd=3, even=2)))
    plan = two_weeks(problem, ["P1 A1 am Mon Wed"], [])
    assert [v.cost for v in RULE.check(problem, plan)] == [1, 1004]


def test_a_stay_elsewhere_asks_for_less() -> None:
    away = Absence("P1", on("Wed Sun"), "other center")
    problem = world(absences=(away,), **people(who("P1")))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon")) == 0


def test_every_other_day_asks_for_three() -> None:
    problem = world(**people(who("P1", every_other_day=True)))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == 0
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon Wed")) == 1
