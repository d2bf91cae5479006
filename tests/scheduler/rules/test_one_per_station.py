from scheduler.rules.one_per_station import OnePerStation
from tests.scheduler.worlds import found, people, planned, who, world

RULE = OnePerStation()
PROBLEM = world(**people(who("P1"), who("P2"), who("P3")))


def test_a_slot_is_given_away_once() -> None:
    plan = planned(PROBLEM, "P1 A1 am Mon", "P2 A1 am Mon", "P3 A1 am Mon", "P3 A2 pm Mon")
    assert found(RULE, PROBLEM, plan) == ["Station A1, 2026-03-02 morning: 3 patients"]


def test_the_same_station_in_another_turn_is_another_slot() -> None:
    plan = planned(PROBLEM, "P1 A1 am Mon", "P2 A1 pm Mon", "P3 A1 am Tue", "P2 A2 am Mon")
    assert found(RULE, PROBLEM, plan) == []
