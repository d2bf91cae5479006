from dataclasses import replace
from datetime import date

from domain.calendar import WEEK, Span
from domain.patient import Absence
from domain.problem import Problem
from scheduler.rules.prescribed_sessions import PrescribedSessions
from tests.scheduler.worlds import (
    CENTER,
    MONDAY,
    Person,
    found,
    on,
    people,
    planned,
    two_weeks,
    who,
    world,
)

RULE = PrescribedSessions()


def of(*persons: Person, first_day: date = MONDAY, **tables: object) -> Problem:
    return world(first_day, **{**people(*persons), **tables})


def test_too_few_and_too_many_are_both_wrong() -> None:
    problem = of(who("P1"), who("P2"))
    plan = planned(problem, "P1 A1 am Mon Wed", "P2 A2 am Mon Tue Wed Thu")
    assert found(RULE, problem, plan) == [
        "P1, week of 2026-03-02: 2 sessions instead of 3",
        "P2, week of 2026-03-02: 4 sessions instead of 3",
    ]


def test_a_week_without_any_session_is_not_judged_here() -> None:
    problem = of(who("P1"))
    assert found(RULE, problem, planned(problem)) == []


def test_five_a_fortnight_are_three_in_the_odd_and_two_in_the_even_week() -> None:
    problem = world(weeks=2, **people(who("P1", odd=3, even=2)))
    right = two_weeks(problem, ["P1 A1 am Mon Wed Fri"], ["P1 A1 am Mon Thu"])
    wrong = two_weeks(problem, ["P1 A1 am Mon Thu"], ["P1 A1 am Mon Wed Fri"])
    assert found(RULE, problem, right) == []
    assert found(RULE, problem, wrong) == [
        "P1, week of 2026-03-02: 2 sessions instead of 3",
        "P1, week of 2026-03-09: 3 sessions instead of 2",
    ]


def test_parity_counts_from_the_center_s_own_odd_week() -> None:
    problem = of(who("P1", odd=3, even=2), center=replace(CENTER, odd_monday=MONDAY + WEEK))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Thu")) == []


def test_every_other_day_may_be_three_or_four_sessions() -> None:
    problem = of(who("P1", every_other_day=True), who("P2", every_other_day=True))
    plan = planned(problem, "P1 A1 am Mon Wed Fri Sun", "P2 A2 am Tue Thu")
    assert found(RULE, problem, plan) == ["P2, week of 2026-03-02: 2 sessions instead of 3 to 4"]


def test_a_week_shared_with_another_center_may_have_fewer_but_not_more() -> None:
    away = Absence("P1", on("Thu Sun"), "other center")
    problem = of(who("P1"), absences=(away,))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon")) == []
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed")) == []
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Tue Wed")) == [
        "P1, week of 2026-03-02: 3 sessions instead of 1 to 2"
    ]


def test_two_days_away_are_not_a_stay_elsewhere() -> None:
    away = Absence("P1", on("Thu Fri"), "wedding")
    problem = of(who("P1"), absences=(away,))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed")) == [
        "P1, week of 2026-03-02: 2 sessions instead of 3"
    ]


def test_a_center_that_plans_partial_weeks_may_give_fewer() -> None:
    problem = of(who("P1"), center=replace(CENTER, partial_weeks=True))
    assert found(RULE, problem, planned(problem, "P1 A1 am Tue")) == []


def test_a_session_without_prescription_and_one_for_a_stranger_are_wrong() -> None:
    gone = who("P2", span=Span(last=date(2026, 3, 1)))
    idle = who("P3", odd=0, even=2)
    problem = of(who("P1"), gone, idle, prescriptions=(gone.prescription, idle.prescription))
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon", "P3 A1 pm Mon")
    assert found(RULE, problem, plan) == [
        "P1, week of 2026-03-02: 1 sessions, none is prescribed",
        "P2, week of 2026-03-02: 1 sessions, none is prescribed",
        "P3, week of 2026-03-02: 1 sessions, none is prescribed",
    ]
