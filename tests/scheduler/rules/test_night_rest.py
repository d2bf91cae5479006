from dataclasses import replace
from datetime import time

from domain.center import Shift
from domain.patient import WorkShift
from domain.problem import Problem
from domain.words import Label
from scheduler.rules.night_rest import NightRest
from tests.scheduler.worlds import (
    MORNING,
    NIGHT,
    NOT_SUNDAY,
    found,
    people,
    planned,
    row,
    who,
    works,
    world,
)

RULE = NightRest()
EVENING = Shift("eve", Label("evening", "晚上"), time(18), time(22, 30), NOT_SUNDAY, 20)


def clashes(work: WorkShift, text: str, *shifts: Shift, minutes: int = 240) -> int:
    problem = working(work, *shifts, minutes=minutes)
    return len(found(RULE, problem, planned(problem, text)))


def working(work: WorkShift, *shifts: Shift, minutes: int = 240) -> Problem:
    patient = people(who("P1", minutes=minutes))
    return world(shifts=shifts or (MORNING, EVENING, NIGHT), work_shifts=(work,), **patient)


def test_eight_hours_after_a_night_session_work_may_begin() -> None:
    # 22:00 to 02:00 of the next day.
    problem = working(works("P1", "Tue", time(9, 59), time(17)))
    assert found(RULE, problem, planned(problem, "P1 A1 night Mon")) == [
        "P1, 2026-03-02 night: late session until 2026-03-03 02:00:00, "
        "work from 2026-03-03 09:59:00, at least 480 minutes of rest"
    ]
    assert clashes(works("P1", "Tue", time(10), time(17)), "P1 A1 night Mon") == 0


def test_an_evening_that_ends_after_ten_is_late_and_one_at_ten_is_not() -> None:
    early_work = works("P1", "Tue", time(5, 50), time(12))
    assert clashes(early_work, "P1 A1 eve Mon", minutes=240) == 0
    assert clashes(early_work, "P1 A1 eve Mon", minutes=241) == 1


def test_a_session_past_midnight_is_late_whatever_the_clock_says() -> None:
    past_midnight = replace(EVENING, start=time(20, 30), end=time(1))
    assert clashes(works("P1", "Tue", time(8), time(12)), "P1 A1 eve Mon", past_midnight) == 1


def test_a_night_shift_is_late_even_if_the_session_ends_before_ten() -> None:
    early_night = replace(NIGHT, start=time(17), end=time(23))
    assert clashes(works("P1", "Tue", time(4), time(12)), "P1 A1 night Mon", early_night) == 1
    assert clashes(works("P1", "Tue", time(5), time(12)), "P1 A1 night Mon", early_night) == 0


def test_only_the_work_after_the_session_counts() -> None:
    assert clashes(works("P1", "Mon", time(8), time(17)), "P1 A1 night Mon") == 0


def test_a_morning_session_asks_for_no_sleep() -> None:
    assert clashes(works("P1", "Mon", time(13), time(17)), "P1 A1 am Mon") == 0


def test_the_limit_is_the_center_s() -> None:
    work = works("P1", "Tue", time(7), time(17))
    rules = (row("night_rest", limit=300),)
    problem = world(shifts=(NIGHT,), work_shifts=(work,), rules=rules, **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 night Mon")) == []
