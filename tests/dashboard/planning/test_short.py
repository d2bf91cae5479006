"""What would close a gap, as far as the proofs say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.planning.short import closing, proofs
from domain.calendar import Turn
from domain.shortage import Cap, Clash, ClashKind, Fact, Obstacle, Place, Shortfall, Unplaced
from domain.words import words

MONDAY = date(2026, 3, 2)
HERE = words("zone A, morning")


def obstacle(cap: Cap) -> Obstacle:
    return Obstacle(Place("A", "am", (), (), 2, cap, HERE), 2, words("full"))


PROOF = Shortfall(("P1", "P2"), 6, 6, 4, 2, 1, (), words("6 sessions, 4 seats"))
SHORT = Unplaced("P1", MONDAY, 3, 1, 2, 4, (), (), None, None, words("short"))


def told(one: Unplaced) -> str:
    return " ".join(map(str, closing(one)))


@pytest.mark.parametrize(
    ("cap", "helps"),
    [(Cap.STATIONS, "another station"), (Cap.NURSES, "another nurse"), (Cap.HELD, "held back")],
)
def test_one_full_place_says_what_it_lacks(cap: Cap, helps: str) -> None:
    said = told(replace(SHORT, obstacles=(obstacle(cap),)))
    assert said.startswith("Nothing helps without more room here: zone A, morning")
    assert helps in said


def test_of_several_full_places_one_must_get_room() -> None:
    both = (obstacle(Cap.STATIONS), obstacle(Cap.NURSES))
    assert "in one of these" in told(replace(SHORT, obstacles=both))


def test_room_that_is_there_is_told() -> None:
    assert "There is room" in told(replace(SHORT, room=(Turn(MONDAY, "am"),)))


def test_data_that_clash_can_only_be_helped_by_other_data() -> None:
    fact = Fact("work_overlap", words("Work"), words("works nights"), "x")
    clash = Clash(ClashKind.NO_WEEK, ("P1",), MONDAY, 3, (fact,), (), words("no week"))
    assert told(replace(SHORT, clash=clash)) == "Only other data can help: works nights."
    assert "no week" in told(replace(SHORT, clash=replace(clash, facts=())))


def test_where_nothing_is_known_nothing_is_said() -> None:
    assert told(SHORT) == ""


def test_a_proof_for_several_patients_is_told_once() -> None:
    one = replace(SHORT, shortfall=PROOF)
    (said,) = proofs([one, replace(one, patient="P2"), SHORT])
    assert "at least 2 more seats are needed there" in str(said)
