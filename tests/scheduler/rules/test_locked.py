from datetime import date

from domain.plan import Lock
from scheduler.rules.locked import Locked
from tests.scheduler.worlds import found, people, planned, who, world

RULE = Locked()


def test_a_promised_turn_is_kept_at_any_station() -> None:
    lock = Lock("P1", date(2026, 3, 4), "am")
    problem = world(locks=(lock,), **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A2 am Mon Wed Fri")) == []
    assert found(RULE, problem, planned(problem, "P1 A2 am Mon Fri", "P1 A2 pm Wed")) == [
        "P1, 2026-03-04 morning: promised, not planned"
    ]


def test_a_promised_station_is_kept_too() -> None:
    lock = Lock("P1", date(2026, 3, 4), "am", "A1")
    problem = world(locks=(lock,), **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Wed")) == []
    assert found(RULE, problem, planned(problem, "P1 A2 am Wed")) == [
        "P1, 2026-03-04 morning: station A1 promised, not planned"
    ]


def test_an_unplaced_patient_breaks_every_promise_of_the_horizon_and_no_other() -> None:
    days = (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 9))
    locks = tuple(Lock("P1", day, "am") for day in days)
    problem = world(locks=locks, **people(who("P1")))
    assert found(RULE, problem, planned(problem)) == [
        "P1, 2026-03-02 morning: promised, not planned",
        "P1, 2026-03-08 morning: promised, not planned",
    ]
