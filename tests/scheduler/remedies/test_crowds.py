"""Who competes with whom, and whom no seat can help."""

from __future__ import annotations

from typing import Any

from domain.center import Infection
from domain.patient import Marker, Wish, WishKind
from domain.plan import Lock
from scheduler.remedies.crowds import Crowd, among, beyond_help, crowds
from scheduler.remedies.fit import plain_model
from tests.scheduler.remedies.shortages import asked, crowded, two_zones
from tests.scheduler.worlds import (
    MONDAY,
    MORNING,
    blood_tests,
    last_week,
    people,
    stations_named,
    who,
    works,
    world,
    zone,
)

BOTH, HBV, HCV = (Infection.HBV, Infection.HCV), (Infection.HBV,), (Infection.HCV,)


def test_zones_that_share_nobody_are_crowds_of_their_own() -> None:
    found = crowds(plain_model(two_zones()))
    assert [(one.zones, one.patients[0][0]) for one in found] == [(("A",), "N"), (("B",), "P")]


def test_zones_are_one_crowd_where_a_chain_of_patients_links_them() -> None:
    problem = world(
        zones=(zone("A", *HBV), zone("B", *BOTH), zone("C", *HCV), zone("D", Infection.HIV)),
        stations=stations_named("A1 B1 C1 D1"),
        serology=(
            *blood_tests("P1", MONDAY, Marker.HBSAG),
            *blood_tests("P2", MONDAY, Marker.ANTI_HCV),
            *blood_tests("P3", MONDAY, Marker.HIV),
            *blood_tests("P4", MONDAY),
        ),
        **people(*(who(f"P{n}") for n in range(1, 5))),
    )
    assert crowds(plain_model(problem)) == (
        Crowd(("A", "B", "C"), ("P1", "P2")),
        Crowd(("D",), ("P3",)),
    )


def test_among_some_patients_only_their_rows_are_left_and_the_place_is_the_same() -> None:
    whole = crowded(
        3,
        wishes=tuple(Wish(f"P{n}", WishKind.SHIFT, "am") for n in (1, 2)),
        locks=(Lock("P2", MONDAY, "am"), Lock("P3", MONDAY, "am")),
        sessions=last_week("P1 A1 am Mon", "P3 A1 pm Mon"),
    )
    part = among(whole, frozenset({"P1", "P2"}))
    assert list(part.patient) == ["P1", "P2"]
    register = part.register
    rows: list[Any] = [
        *register.wishes,
        *register.locks,
        *register.sessions,
        *register.prescriptions,
    ]
    assert sorted(row.patient for row in rows) == ["P1", "P1", "P1", "P2", "P2", "P2"]
    assert (register.stations, register.shifts) == (whole.register.stations, whole.register.shifts)


def test_whom_no_seat_can_help_is_found_though_nobody_else_is_there() -> None:
    busy = works("P2", "Mon Tue Wed Thu Fri Sat", MORNING.start, world().register.shifts[1].end)
    problem = world(**people(who("P1"), who("P2")), work_shifts=(busy,))
    assert beyond_help(plain_model(problem)) == ("P2",)


def test_who_was_promised_what_others_were_is_beyond_help_by_seats() -> None:
    locks = tuple(Lock(f"P{n}", MONDAY, "am", "A1") for n in (1, 2))
    found = beyond_help(plain_model(crowded(4, locks=(*locks, Lock("P3", MONDAY, "pm")))))
    assert found == ("P1", "P2")
    assert asked(crowded(4, locks=locks)).shortages == ()
