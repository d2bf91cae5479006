from scheduler.rules.one_a_day import OneADay
from tests.scheduler.worlds import found, people, planned, who, world

RULE = OneADay()
PROBLEM = world(**people(who("P1"), who("P2")))


def test_two_turns_of_one_date_are_too_many() -> None:
    plan = planned(PROBLEM, "P1 A1 am Mon Wed", "P1 A2 pm Wed", "P2 A2 am Wed")
    assert found(RULE, PROBLEM, plan) == ["P1: 2026-03-04 morning, 2026-03-04 afternoon on one day"]


def test_one_session_on_each_date_is_fine_even_on_consecutive_dates() -> None:
    assert found(RULE, PROBLEM, planned(PROBLEM, "P1 A1 am Mon Wed", "P1 A1 pm Tue")) == []
