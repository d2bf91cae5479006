from typing import Any

from domain.center import Closure, Hold
from scheduler.rules.held_back import HeldBack
from tests.scheduler.worlds import (
    found,
    on,
    people,
    planned,
    stations_named,
    who,
    world,
    zone,
)

RULE = HeldBack()
PEOPLE = people(who("P1"), who("P2"), who("P3"))
THREE = stations_named("A1 A2 A3")


def test_the_held_station_stays_free() -> None:
    problem = world(stations=THREE, holds=(Hold("A", 1, "emergency"),), **PEOPLE)
    two = ["P1 A1 am Mon", "P2 A2 am Mon"]
    assert found(RULE, problem, planned(problem, *two)) == []
    assert found(RULE, problem, planned(problem, *two, "P3 A3 am Mon")) == [
        "Zone A, 2026-03-02 morning: 3 patients at 3 open stations, of which 1 are held back"
    ]


def test_a_closed_station_cannot_be_the_one_that_is_kept_free() -> None:
    closure = Closure(on("Mon"), "repair", station="A3")
    problem = world(
        stations=THREE, holds=(Hold("A", 1, "emergency"),), closures=(closure,), **PEOPLE
    )
    assert len(found(RULE, problem, planned(problem, "P1 A1 am Mon", "P2 A2 am Mon"))) == 1


def test_holds_of_one_zone_add_up_and_count_only_in_their_turns() -> None:
    holds = (Hold("A", 1, "emergency"), Hold("A", 1, "guest", shift="pm", span=on("Tue")))
    problem = world(stations=THREE, holds=holds, **PEOPLE)
    plan = planned(problem, "P1 A1 pm Mon Tue", "P2 A2 pm Mon Tue", "P2 A2 am Tue")
    assert found(RULE, problem, plan) == [
        "Zone A, 2026-03-03 afternoon: 2 patients at 3 open stations, of which 2 are held back"
    ]


def test_another_zone_s_free_stations_do_not_count() -> None:
    places: dict[str, Any] = {
        "zones": (zone("A"), zone("B")),
        "stations": stations_named("A1 B1 B2"),
    }
    problem = world(holds=(Hold("A", 1, "emergency"),), **places, **PEOPLE)
    assert len(found(RULE, problem, planned(problem, "P1 A1 am Mon"))) == 1
    assert found(RULE, problem, planned(problem, "P1 B1 am Mon", "P2 B2 am Mon")) == []
