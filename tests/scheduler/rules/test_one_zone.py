from typing import Any

from scheduler.rules.one_zone import OneZone
from tests.scheduler.worlds import (
    found,
    people,
    planned,
    stations_named,
    two_weeks,
    who,
    world,
    zone,
)

RULE = OneZone()
PLACES: dict[str, Any] = {"zones": (zone("A"), zone("B")), "stations": stations_named("A1 A2 B1")}


def test_a_week_in_two_zones_is_refused() -> None:
    problem = world(**PLACES, **people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon", "P1 B1 am Wed", "P2 A1 pm Mon", "P2 A2 pm Wed")
    assert found(RULE, problem, plan) == ["P1, week of 2026-03-02: zones A, B"]


def test_the_zone_may_change_from_week_to_week() -> None:
    problem = world(weeks=2, **PLACES, **people(who("P1")))
    plan = two_weeks(problem, ["P1 A1 am Mon Wed Fri"], ["P1 B1 am Mon Wed Fri"])
    assert found(RULE, problem, plan) == []
