from dataclasses import replace
from datetime import date
from typing import Any

from domain.calendar import Span
from domain.center import Closure
from domain.patient import Absence
from domain.problem import Problem
from scheduler.rules.every_other_day import EveryOtherDay
from tests.scheduler.worlds import (
    EVERY_DAY,
    MONDAY,
    MORNING,
    found,
    last_week,
    on,
    people,
    planned,
    two_weeks,
    who,
    world,
)

RULE = EveryOtherDay()


def open_all_week(first_day: date = MONDAY, weeks: int = 1, **tables: Any) -> Problem:
    shift = replace(MORNING, weekdays=EVERY_DAY)
    patient = people(who("P1", every_other_day=True))
    return world(first_day, weeks, shifts=(shift,), **{**patient, **tables})


def test_two_days_from_session_to_session_through_sunday_and_the_week_border() -> None:
    problem = open_all_week(sessions=last_week("P1 A1 am Mon Wed Fri Sun"))
    assert found(RULE, problem, planned(problem, "P1 A1 am Tue Thu Sat")) == []


def test_a_day_earlier_or_later_is_wrong() -> None:
    problem = open_all_week(sessions=last_week("P1 A1 am Sat"))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Thu Fri Sun")) == [
        "P1: after 2026-03-02 due on 2026-03-04, not on 2026-03-05",
        "P1: after 2026-03-05 due on 2026-03-07, not on 2026-03-06",
    ]


def test_a_closed_day_moves_the_session_to_the_next_open_one() -> None:
    problem = world(**people(who("P1", every_other_day=True)), sessions=last_week("P1 A1 am Sat"))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    assert found(RULE, problem, plan) == []


def test_a_due_day_in_the_horizon_may_not_be_left_out() -> None:
    problem = open_all_week()
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == [
        "P1: after 2026-03-06 due on 2026-03-08, not planned"
    ]
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri Sun")) == []


def test_the_fortnight_walks_through_both_weeks() -> None:
    problem = open_all_week(weeks=2)
    right = two_weeks(problem, ["P1 A1 am Mon Wed Fri Sun"], ["P1 A1 am Tue Thu Sat"])
    wrong = two_weeks(problem, ["P1 A1 am Mon Wed Fri Sun"], ["P1 A1 am Mon Wed Fri Sun"])
    assert found(RULE, problem, right) == []
    assert found(RULE, problem, wrong) == [
        "P1: after 2026-03-08 due on 2026-03-10, not on 2026-03-09"
    ]


def test_a_session_missed_last_week_is_due_on_the_first_open_day() -> None:
    problem = open_all_week(sessions=last_week("P1 A1 am Tue"))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri Sun")) == []
    assert found(RULE, problem, planned(problem, "P1 A1 am Tue Thu Sat")) == [
        "P1: after 2026-02-24 due on 2026-03-02, not on 2026-03-03"
    ]


def test_a_long_holiday_moves_the_session_to_its_end() -> None:
    holiday = Closure(Span(date(2026, 3, 4), date(2026, 3, 6)), "holiday")
    problem = open_all_week(closures=(holiday,))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Sat")) == []
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Sun")) == [
        "P1: after 2026-03-02 due on 2026-03-07, not on 2026-03-08"
    ]


def test_a_stay_elsewhere_starts_the_walk_anew() -> None:
    away = Absence("P1", on("Tue Thu"), "other center")
    problem = open_all_week(absences=(away,))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Sat")) == []


def test_february_has_a_twenty_ninth_in_2028() -> None:
    problem = open_all_week(date(2028, 2, 28))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri Sun")) == []
    assert found(RULE, problem, planned(problem, "P1 A1 am Tue Fri Sun")) == [
        "P1: after 2028-02-29 due on 2028-03-02, not on 2028-03-03"
    ]


def test_three_a_week_are_not_every_other_day() -> None:
    problem = open_all_week(**people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Thu")) == []
