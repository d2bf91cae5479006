from dataclasses import replace

from scheduler.rules.change_over import ChangeOver
from tests.scheduler.worlds import (
    AFTERNOON,
    MORNING,
    NIGHT,
    cost,
    found,
    nurses,
    people,
    planned,
    row,
    weekdays,
    who,
    world,
)

RULE = ChangeOver()
PEOPLE = people(*(who(f"P{number}") for number in range(1, 5)))
ONE_EACH = (row("change_over", limit=1),)
SHIFTS = (MORNING, AFTERNOON, NIGHT)


def test_patients_who_come_off_and_go_on_are_counted_against_the_thinner_shift() -> None:
    staffing = nurses("A", am=2, pm=1)
    problem = world(rules=ONE_EACH, staffing=staffing, **PEOPLE)
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon", "P3 A1 pm Mon", "P4 A1 am Tue")
    assert found(RULE, problem, plan) == [
        "Zone A, 2026-03-02 morning to afternoon: 3 patients change over, 1 nurses, at most 1 each"
    ]
    assert cost(RULE, problem, plan) == 2


def test_eight_a_nurse_are_the_standard() -> None:
    problem = world(staffing=nurses("A", am=1, pm=1), **PEOPLE)
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon", "P3 A1 pm Mon", "P4 A2 pm Mon")
    assert cost(RULE, problem, plan) == 0
    assert problem.limit("change_over", problem.first_day) == 8


def test_only_shifts_that_follow_each_other_change_over() -> None:
    staffing = nurses("A", am=1, pm=1, night=1)
    problem = world(shifts=SHIFTS, rules=ONE_EACH, staffing=staffing, **PEOPLE)
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon", "P2 A1 night Mon")) == 0
    assert cost(RULE, problem, planned(problem, "P1 A1 pm Mon", "P2 A1 night Mon")) == 1


def test_on_a_day_without_afternoon_morning_and_night_follow_each_other() -> None:
    weekday_afternoon = replace(AFTERNOON, weekdays=weekdays("Tue Wed Thu Fri"))
    staffing = nurses("A", am=1, pm=1, night=1)
    shifts = (MORNING, weekday_afternoon, NIGHT)
    problem = world(shifts=shifts, rules=ONE_EACH, staffing=staffing, **PEOPLE)
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon", "P2 A1 night Mon")) == 1


def test_the_night_does_not_change_over_with_the_next_day_s_morning() -> None:
    staffing = nurses("A", am=1, night=1)
    problem = world(shifts=SHIFTS, rules=ONE_EACH, staffing=staffing, **PEOPLE)
    assert cost(RULE, problem, planned(problem, "P1 A1 night Mon", "P2 A1 am Tue")) == 0


def test_where_one_shift_s_nurses_are_not_stated_nothing_is_judged() -> None:
    problem = world(rules=ONE_EACH, staffing=nurses("A", am=1), **PEOPLE)
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon", "P2 A1 pm Mon")) == 0
