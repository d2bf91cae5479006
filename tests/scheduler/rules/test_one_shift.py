from scheduler.rules.one_shift import OneShift
from tests.scheduler.worlds import (
    AFTERNOON,
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

RULE = OneShift()
SHIFTS = (MORNING, AFTERNOON, NIGHT)


def test_every_shift_beyond_the_first_costs_one() -> None:
    problem = world(shifts=SHIFTS, **people(who("P1"), who("P2")))
    plan = planned(
        problem, "P1 A1 am Mon", "P1 A1 night Wed", "P1 A1 pm Fri", "P2 A2 am Mon Wed Fri"
    )
    assert found(RULE, problem, plan) == [
        "P1, week of 2026-03-02: shifts morning, night, afternoon"
    ]
    assert cost(RULE, problem, plan) == 2


def test_the_shift_may_change_from_week_to_week() -> None:
    problem = world(weeks=2, shifts=SHIFTS, **people(who("P1")))
    plan = two_weeks(problem, ["P1 A1 am Mon Wed Fri"], ["P1 A1 pm Mon Wed Fri"])
    assert cost(RULE, problem, plan) == 0
