from dataclasses import replace
from datetime import date, time
from typing import Any

from domain.patient import Marker, Serology
from domain.problem import Problem
from scheduler.rules.cleared_last_shift import ClearedLastShift
from tests.scheduler.worlds import (
    AFTERNOON,
    MONDAY,
    MORNING,
    NIGHT,
    blood_tests,
    found,
    people,
    planned,
    row,
    weekdays,
    who,
    world,
)

RULE = ClearedLastShift()
CLEARED = (
    Serology("P1", Marker.HBSAG, True, date(2025, 6, 1)),
    *blood_tests("P1", date(2026, 1, 5)),
)


def center(first_day: date = MONDAY, **tables: Any) -> Problem:
    return world(first_day, **{"serology": CLEARED, **people(who("P1")), **tables})


def test_a_lately_cleared_patient_belongs_into_the_last_shift() -> None:
    problem = center()
    assert found(RULE, problem, planned(problem, "P1 A1 pm Mon", "P1 A1 am Wed")) == [
        "P1, 2026-03-04 morning: cleared, under observation, belongs into the last shift, afternoon"
    ]


def test_a_patient_who_was_never_positive_is_free() -> None:
    problem = center(serology=blood_tests("P1", date(2026, 1, 5)))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon")) == []


def test_the_last_shift_is_that_of_the_weekday() -> None:
    short_saturday = replace(AFTERNOON, weekdays=weekdays("Mon Tue Wed Thu Fri"))
    problem = center(shifts=(MORNING, short_saturday))
    assert found(RULE, problem, planned(problem, "P1 A1 pm Fri", "P1 A1 am Sat")) == []


def test_a_night_that_ends_the_next_morning_is_the_last_shift_of_its_day() -> None:
    problem = center(shifts=(MORNING, AFTERNOON, replace(NIGHT, start=time(23), end=time(7))))
    assert found(RULE, problem, planned(problem, "P1 A1 night Mon")) == []
    assert len(found(RULE, problem, planned(problem, "P1 A1 pm Mon"))) == 1


def test_observation_ends_after_the_limit() -> None:
    # Cleared on 5 January 2026; 59 days later is Thursday 5 March.
    problem = center(rules=(row("cleared_last_shift", limit=59),))
    assert [v.turn for v in RULE.check(problem, planned(problem, "P1 A1 am Wed Thu"))] == [
        (date(2026, 3, 4), "am")
    ]
