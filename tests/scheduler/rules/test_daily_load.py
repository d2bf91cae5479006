from datetime import time

from domain.patient import WorkShift
from domain.problem import Problem
from scheduler.rules.daily_load import DailyLoad
from tests.scheduler.worlds import (
    MORNING,
    NIGHT,
    found,
    people,
    planned,
    row,
    who,
    works,
    world,
)

RULE = DailyLoad()


def working(*work: WorkShift, travel: int = 30, limit: int = 720) -> Problem:
    patient = people(who("P1", travel_minutes=travel))
    rules = (row("daily_load", limit=limit),)
    return world(shifts=(MORNING, NIGHT), work_shifts=work, rules=rules, **patient)


def test_twelve_hours_of_session_travel_and_work_are_the_limit() -> None:
    # 240 minutes of session and 60 of travel leave 420 for work.
    seven_hours = working(works("P1", "Mon", time(14), time(21)))
    a_minute_more = working(works("P1", "Mon", time(14), time(21, 1)))
    assert found(RULE, seven_hours, planned(seven_hours, "P1 A1 am Mon")) == []
    assert found(RULE, a_minute_more, planned(a_minute_more, "P1 A1 am Mon")) == [
        "P1, 2026-03-02 morning: 721 minutes of dialysis, travel and work on this day, at most 720"
    ]


def test_all_work_of_the_day_counts_and_only_of_the_day_on_which_it_starts() -> None:
    split = (works("P1", "Mon", time(6), time(7)), works("P1", "Mon", time(15), time(22)))
    overnight = works("P1", "Sun Mon", time(22), time(6))
    problem = working(*split)
    assert len(found(RULE, problem, planned(problem, "P1 A1 am Mon Tue"))) == 1
    problem = working(overnight)
    assert len(found(RULE, problem, planned(problem, "P1 A1 am Mon Tue"))) == 1


def test_a_night_session_counts_on_the_day_on_which_it_starts() -> None:
    problem = working(works("P1", "Tue", time(9), time(17)))
    assert found(RULE, problem, planned(problem, "P1 A1 night Mon")) == []
    assert len(found(RULE, problem, planned(problem, "P1 A1 night Tue"))) == 1


def test_the_limit_is_the_center_s() -> None:
    problem = working(travel=61, limit=360)
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon")) == [
        "P1, 2026-03-02 morning: 362 minutes of dialysis, travel and work on this day, at most 360"
    ]
