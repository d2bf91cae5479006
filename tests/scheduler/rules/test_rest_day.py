from datetime import date

from domain.calendar import Span
from domain.patient import Frequency, Prescription
from scheduler.rules.rest_day import RestDay
from tests.scheduler.worlds import (
    found,
    last_week,
    people,
    planned,
    row,
    two_weeks,
    who,
    world,
)

RULE = RestDay()


def test_consecutive_days_are_refused_up_to_three_a_week() -> None:
    problem = world(**people(who("P1"), who("P2", odd=4, even=4)))
    plan = planned(problem, "P1 A1 am Mon Tue Thu", "P2 A2 am Mon Tue Thu Fri")
    assert found(RULE, problem, plan) == ["P1: no rest day between 2026-03-02 and 2026-03-03"]


def test_one_day_between_is_enough() -> None:
    problem = world(**people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == []


def test_the_larger_of_the_two_weeks_decides() -> None:
    problem = world(**people(who("P1", odd=3, even=4)))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Tue Thu")) == []


def test_the_center_may_set_another_limit() -> None:
    rules = (row("rest_day", limit=2),)
    problem = world(rules=rules, **people(who("P1"), who("P2", odd=2, even=2)))
    plan = planned(problem, "P1 A1 am Mon Tue Thu", "P2 A2 am Mon Tue")
    assert found(RULE, problem, plan) == ["P2: no rest day between 2026-03-02 and 2026-03-03"]


def test_last_week_s_sunday_is_the_day_before_monday() -> None:
    problem = world(sessions=last_week("P1 A1 am Sun"), **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == [
        "P1: no rest day between 2026-03-01 and 2026-03-02"
    ]


def test_the_border_between_two_planned_weeks_counts() -> None:
    problem = world(weeks=2, **people(who("P1")))
    plan = two_weeks(problem, ["P1 A1 am Wed Fri Sun"], ["P1 A1 am Mon Wed Fri"])
    assert found(RULE, problem, plan) == ["P1: no rest day between 2026-03-08 and 2026-03-09"]


def test_the_leap_day_is_a_day_like_any_other() -> None:
    monday = date(2028, 2, 28)
    problem = world(monday, **people(who("P1")))
    consecutive = planned(problem, "P1 A1 am Tue Wed Fri")
    assert found(RULE, problem, consecutive) == [
        "P1: no rest day between 2028-02-29 and 2028-03-01"
    ]
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == []


def test_the_prescription_of_the_later_day_decides() -> None:
    daily = Prescription("P1", Frequency(6, 6), 240, span=Span(date(2026, 3, 6)))
    thrice = Prescription("P1", Frequency(3, 3), 240, span=Span(last=date(2026, 3, 5)))
    problem = world(patients=(who("P1").patient,), prescriptions=(thrice, daily))
    plan = planned(problem, "P1 A1 am Wed Thu Fri Sat")
    assert found(RULE, problem, plan) == ["P1: no rest day between 2026-03-04 and 2026-03-05"]
