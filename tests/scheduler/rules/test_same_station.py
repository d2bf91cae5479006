from domain.patient import Pattern
from scheduler.rules.same_station import SameStation
from tests.scheduler.worlds import (
    EVEN,
    ODD,
    cost,
    found,
    last_week,
    people,
    planned,
    stations_named,
    who,
    world,
)

RULE = SameStation()
STATIONS = stations_named("A1 A2 A3")


def test_last_week_s_stations_are_the_own_ones() -> None:
    history = last_week("P1 A1 am Mon Wed", "P1 A2 am Fri")
    problem = world(stations=STATIONS, sessions=history, **people(who("P1")))
    plan = planned(problem, "P1 A2 am Mon", "P1 A3 am Wed", "P1 A1 am Fri")
    assert found(RULE, problem, plan) == ["P1, 2026-03-04 morning: station A3 instead of A1, A2"]
    assert cost(RULE, problem, plan) == 1


def test_the_pattern_s_station_for_the_turn_counts_before_its_others_and_last_week() -> None:
    patterns = (Pattern("P1", 1, "am", "A1"), Pattern("P1", 3, "am", "A2"))
    history = last_week("P1 A3 am Mon Wed Fri")
    problem = world(stations=STATIONS, patterns=patterns, sessions=history, **people(who("P1")))
    costs = [
        cost(RULE, problem, planned(problem, text))
        for text in ("P1 A1 am Mon", "P1 A2 am Mon", "P1 A3 am Mon")
    ]
    assert costs == [0, 1, 1]
    in_another_turn = [
        cost(RULE, problem, planned(problem, text))
        for text in ("P1 A1 am Fri", "P1 A2 pm Mon", "P1 A3 am Fri")
    ]
    assert in_another_turn == [0, 0, 1]


def test_the_fortnight_s_two_chairs() -> None:
    patterns = (
        Pattern("P1", 1, "am", "A1", parity=ODD),
        Pattern("P1", 1, "am", "A2", parity=EVEN),
    )
    problem = world(patterns=patterns, **people(who("P1")))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon")) == 0
    assert cost(RULE, problem, planned(problem, "P1 A2 am Mon")) == 1


def test_who_has_no_station_is_free_and_a_station_that_is_gone_binds_nobody() -> None:
    gone = last_week("P1 A9 am Mon Wed Fri")
    problem = world(stations=STATIONS, sessions=gone, **people(who("P1"), who("P2")))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon", "P2 A2 am Mon")) == 0
