from datetime import date
from typing import Any

from domain.calendar import Span
from domain.center import Closure, Placement
from domain.problem import Problem
from scheduler.rules.open_station import OpenStation
from tests.scheduler.worlds import (
    MORNING,
    NIGHT,
    found,
    on,
    people,
    planned,
    stations_named,
    who,
    world,
    zone,
)

RULE = OpenStation()
PLACES: dict[str, Any] = {"zones": (zone("A"), zone("B")), "stations": stations_named("A1 A2 B1")}


def closed(**what: Any) -> Problem:
    closure = Closure(what.pop("span", on("Tue")), "repair", **what)
    return world(closures=(closure,), **PLACES, **people(who("P1"), who("P2")))


def shut(problem: Problem, *texts: str) -> list[tuple[str, str]]:
    violations = RULE.check(problem, planned(problem, *texts))
    return [(v.station or "", v.turn.shift if v.turn else "") for v in violations]


def test_a_closed_center_is_closed_for_everybody() -> None:
    problem = closed()
    plan = planned(problem, "P1 A1 am Mon Tue", "P2 B1 pm Tue")
    assert found(RULE, problem, plan) == [
        "P1, 2026-03-03 morning: station A1 is closed",
        "P2, 2026-03-03 afternoon: station B1 is closed",
    ]


def test_a_closure_shuts_only_what_it_names() -> None:
    everywhere = ("P1 A1 am Tue", "P1 A2 pm Tue", "P2 B1 am Tue", "P2 B1 pm Tue")
    assert shut(closed(shift="pm"), *everywhere) == [("A2", "pm"), ("B1", "pm")]
    assert shut(closed(zone="B"), *everywhere) == [("B1", "am"), ("B1", "pm")]
    assert shut(closed(station="A1"), *everywhere) == [("A1", "am")]
    assert shut(closed(station="B1", shift="am"), *everywhere) == [("B1", "am")]


def test_a_shift_that_does_not_run_on_the_day_is_no_place_to_be() -> None:
    problem = world(shifts=(MORNING, NIGHT), **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Sat Sun")) == [
        "P1, 2026-03-08 morning: the shift does not run on this day"
    ]


def test_a_station_is_open_only_while_a_machine_stands_there() -> None:
    placed = (Placement("M-A1", "A1", Span(last=date(2026, 3, 3))),)
    problem = world(placements=placed, **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed", "P1 A2 pm Tue")) == [
        "P1, 2026-03-03 afternoon: station A2 is closed",
        "P1, 2026-03-04 morning: station A1 is closed",
    ]


def test_a_night_begun_before_the_closure_is_not_cut_off() -> None:
    closure = Closure(on("Wed"), "repair")
    problem = world(shifts=(MORNING, NIGHT), closures=(closure,), **people(who("P1")))
    assert shut(problem, "P1 A1 night Tue") == []
    assert shut(problem, "P1 A1 night Wed") == [("A1", "night")]
