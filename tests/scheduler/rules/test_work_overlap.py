from datetime import date, time
from typing import Any

from domain.calendar import WEEK
from domain.patient import WorkShift
from domain.problem import Problem
from scheduler.rules.work_overlap import WorkOverlap
from tests.scheduler.worlds import (
    AFTERNOON,
    EVEN,
    MONDAY,
    MORNING,
    NIGHT,
    found,
    people,
    planned,
    who,
    works,
    world,
)

RULE = WorkOverlap()


def working(work: WorkShift, first_day: date = MONDAY) -> Problem:
    shifts = (MORNING, AFTERNOON, NIGHT)
    return world(first_day, shifts=shifts, work_shifts=(work,), **people(who("P1")))


def clashes(work: WorkShift, text: str, first_day: date = MONDAY) -> int:
    problem = working(work, first_day)
    return len(found(RULE, problem, planned(problem, text)))


def office(start: time, end: time, **about: Any) -> WorkShift:
    return works("P1", "Mon Tue Wed Thu Fri", start, end, **about)


def test_a_session_during_work_clashes() -> None:
    problem = working(office(time(9), time(17), travel_minutes=20, changing_minutes=10))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon", "P1 A1 am Sat")) == [
        "P1, 2026-03-02 morning: here from 2026-03-02 07:30:00 to 2026-03-02 12:20:00, "
        "works from 2026-03-02 09:00:00 to 2026-03-02 17:00:00, 30 minutes away"
    ]


def test_way_and_changing_count_on_both_sides_to_the_minute() -> None:
    # The afternoon session is 13:30 to 17:30: arrival at 13:00, leaving at 17:50.
    until_noon = {"travel_minutes": 20, "changing_minutes": 10}
    assert clashes(office(time(8), time(12, 30), **until_noon), "P1 A1 pm Mon") == 0
    assert clashes(office(time(8), time(12, 31), **until_noon), "P1 A1 pm Mon") == 1
    assert clashes(office(time(18, 20), time(22), **until_noon), "P1 A1 pm Mon") == 0
    assert clashes(office(time(18, 19), time(22), **until_noon), "P1 A1 pm Mon") == 1


def test_night_work_reaches_into_the_next_morning() -> None:
    night_work = works("P1", "Mon", time(23), time(7, 45))
    assert clashes(night_work, "P1 A1 am Tue") == 1
    assert clashes(night_work, "P1 A1 am Mon") == 0


def test_a_night_session_reaches_into_the_next_day_s_work() -> None:
    # 22:00 to 02:00, leaving at 02:20.
    assert clashes(works("P1", "Tue", time(2), time(6)), "P1 A1 night Mon") == 1
    assert clashes(works("P1", "Tue", time(3), time(6)), "P1 A1 night Mon") == 0


def test_work_in_even_weeks_only_leaves_the_odd_week_free() -> None:
    even = office(time(8), time(16), parity=EVEN)
    assert clashes(even, "P1 A1 am Mon Wed") == 0
    assert clashes(even, "P1 A1 am Mon Wed", MONDAY + WEEK) == 2


def test_sunday_night_s_work_of_the_week_before_has_that_week_s_parity() -> None:
    sunday = works("P1", "Sun", time(22), time(8), parity=EVEN)
    assert clashes(sunday, "P1 A1 am Mon", MONDAY) == 1
    assert clashes(sunday, "P1 A1 am Mon", MONDAY + WEEK) == 0
