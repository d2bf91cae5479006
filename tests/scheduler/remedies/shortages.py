"""Tiny centers that are too small, and asking what would help."""

from __future__ import annotations

from typing import Any

from domain.center import Infection
from domain.patient import Marker
from domain.problem import Problem
from domain.remedy import RemedyKind
from domain.rulebook import RuleRow
from scheduler.planner import Onlooker
from scheduler.remedies.closing import closing
from scheduler.remedies.terms import Closing, Proven, Terms
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.worlds import (
    MONDAY,
    MORNING,
    blood_tests,
    last_week,
    people,
    row,
    stations_named,
    who,
    world,
    zone,
)

LOOKER = Onlooker(lambda: 0.0)


def asked(problem: Problem, *kinds: RemedyKind, **terms: Any) -> Closing:
    """What would close it, by some kinds or by all."""
    return closing(
        problem, Terms(kinds=frozenset(kinds or RemedyKind), **terms), TO_THE_END, LOOKER
    )


def only(found: Closing) -> Proven:
    """The one remedy that was found."""
    (one,) = found.remedies
    return one


# --- centers ------------------------------------------------------------------------------------


def crowded(patients: int = 3, stations: str = "A1", /, **tables: Any) -> Problem:
    """One station with two shifts on six days: room for four patients on three sessions."""
    codes = [f"P{number}" for number in range(1, patients + 1)]
    return world(**{"stations": stations_named(stations), **people(*map(who, codes)), **tables})


def ratio(limit: int) -> RuleRow:
    """So many patients a nurse."""
    return row("nurse_ratio", limit=limit)


def mornings() -> Problem:
    """A station with one shift a day: P1 and P2 fill it, P3 asks for one session more."""
    return world(
        stations=stations_named("A1"),
        shifts=(MORNING,),
        sessions=last_week("P1 A1 am Tue Thu Sat", "P2 A1 am Mon Wed Fri"),
        **people(who("P1"), who("P2"), who("P3", 1, 1)),
    )


def two_zones() -> Problem:
    """A station for negative, one for hepatitis B, and five patients for each."""
    well = [f"N{number}" for number in range(5)]
    ill = [f"P{number}" for number in range(5)]
    tests = [test for code in well for test in blood_tests(code, MONDAY)]
    tests += [test for code in ill for test in blood_tests(code, MONDAY, Marker.HBSAG)]
    return world(
        zones=(zone("A", Infection.NEGATIVE), zone("B", Infection.HBV)),
        stations=stations_named("A1 B1"),
        serology=tuple(tests),
        **people(*map(who, (*well, *ill))),
    )


def once_a_week() -> dict[str, Any]:
    """Two zones, mornings only, and blood tests of N0 to N6 for the one and P9 for the other."""
    tests = [test for n in range(7) for test in blood_tests(f"N{n}", MONDAY)]
    return {
        "zones": (zone("A", Infection.NEGATIVE), zone("B", Infection.HBV)),
        "stations": stations_named("A1 B1"),
        "shifts": (MORNING,),
        "serology": (*tests, *blood_tests("P9", MONDAY, Marker.HBSAG)),
    }
