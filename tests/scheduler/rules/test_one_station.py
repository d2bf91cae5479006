from scheduler.rules.one_station import OneStation
from tests.scheduler.worlds import (
    cost,
    found,
    people,
    planned,
    stations_named,
    two_weeks,
    who,
    world,
)

RULE = OneStation()
STATIONS = stations_named("A1 A2 A3")


def test_every_station_beyond_the_first_costs_one() -> None:
    problem = world(stations=STATIONS, **people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon", "P1 A2 am Wed", "P1 A3 am Fri", "P2 A3 pm Mon Wed")
    assert found(RULE, problem, plan) == ["P1, week of 2026-03-02: stations A1, A2, A3"]
    assert cost(RULE, problem, plan) == 2


def test_each_week_is_judged_by_itself() -> None:
    problem = world(weeks=2, stations=STATIONS, **people(who("P1")))
    plan = two_weeks(problem, ["P1 A1 am Mon Wed"], ["P1 A2 am Mon", "P1 A3 am Wed"])
    assert cost(RULE, problem, plan) == 1
