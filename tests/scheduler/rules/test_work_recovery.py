from datetime import time

from domain.patient import WorkShift
from domain.problem import Problem
from scheduler.rules.work_recovery import WorkRecovery
from tests.scheduler.worlds import (
    AFTERNOON,
    MORNING,
    NIGHT,
    found,
    people,
    planned,
    who,
    works,
    world,
)

RULE = WorkRecovery()


def working(work: WorkShift, recovery: int = 120) -> Problem:
    patient = people(who("P1", recovery_minutes=recovery))
    return world(shifts=(MORNING, AFTERNOON, NIGHT), work_shifts=(work,), **patient)


def clashes(problem: Problem, text: str) -> int:
    return len(found(RULE, problem, planned(problem, text)))


def test_work_may_begin_when_the_patient_has_recovered_and_not_a_minute_before() -> None:
    # The morning session ends at 12:00.
    in_time = working(works("P1", "Mon", time(14), time(18)))
    too_soon = working(works("P1", "Mon", time(13, 59), time(18)))
    assert found(RULE, in_time, planned(in_time, "P1 A1 am Mon")) == []
    assert found(RULE, too_soon, planned(too_soon, "P1 A1 am Mon")) == [
        "P1, 2026-03-02 morning: session until 2026-03-02 12:00:00, "
        "work from 2026-03-02 13:59:00, 120 minutes to recover"
    ]


def test_work_before_the_session_is_another_rule_s_matter() -> None:
    assert clashes(working(works("P1", "Mon", time(7), time(9))), "P1 A1 am Mon") == 0


def test_work_that_begins_during_the_session_is_too_soon() -> None:
    assert clashes(working(works("P1", "Mon", time(10), time(16))), "P1 A1 am Mon") == 1


def test_recovery_after_a_night_session_reaches_into_the_morning() -> None:
    # 22:00 to 02:00.
    work = works("P1", "Tue", time(7), time(16))
    assert clashes(working(work, recovery=300), "P1 A1 night Mon") == 0
    assert clashes(working(work, recovery=301), "P1 A1 night Mon") == 1


def test_a_patient_who_needs_two_days_to_recover_does_not_work_on_them() -> None:
    work = works("P1", "Wed", time(12), time(16))
    assert clashes(working(work, recovery=48 * 60), "P1 A1 am Mon") == 0
    assert clashes(working(work, recovery=48 * 60 + 1), "P1 A1 am Mon") == 1
