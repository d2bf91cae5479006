"""Troubles as people report them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.calendar import Span, Turn
from domain.center import Placement
from domain.reported import faults, machine_out, trouble_words
from domain.trouble import (
    NurseMissing,
    PatientAway,
    PatientBack,
    PatientJoins,
    PatientLate,
    PatientMissed,
    ShiftClosed,
    StationOut,
    Trouble,
    WaterOff,
)
from tests.scheduler.worlds import MONDAY, last_week, nurses, people, who, world

NOW = datetime(2026, 3, 4, 12, 40)
SUNDAY = MONDAY + timedelta(days=6)


def test_a_machine_that_fails_is_the_stations_at_which_it_stands() -> None:
    moves = MONDAY + timedelta(days=4)
    problem = world(
        placements=(
            Placement("M-A1", "A1", Span(last=moves - timedelta(days=1))),
            Placement("M-A1", "A2", Span(moves)),
        )
    )
    midnight = datetime(2026, 3, 6)
    assert machine_out(problem, "M-A1", NOW) == (
        StationOut("A1", NOW, midnight),
        StationOut("A2", midnight),
    )
    assert machine_out(problem, "M-A1", NOW, NOW + timedelta(hours=1)) == (
        StationOut("A1", NOW, NOW + timedelta(hours=1)),
    )
    assert machine_out(problem, "M-B1", NOW) == ()


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (StationOut("B7", NOW), "B7 is not a station of the center"),
        (StationOut("A1", NOW, NOW), "it ends at 2026-03-04 12:40:00, before it begins at"),
        (WaterOff(NOW, NOW - timedelta(hours=1)), "it ends at"),
        (ShiftClosed(Turn(MONDAY, "noon")), "noon is not a shift of the center"),
        (ShiftClosed(Turn(SUNDAY, "am")), "morning does not run on 2026-03-08 in these weeks"),
        (ShiftClosed(Turn(MONDAY, "am"), "B"), "B is not a zone of the center"),
        (NurseMissing("B", Turn(MONDAY, "am")), "B is not a zone of the center"),
        (NurseMissing("A", Turn(MONDAY, "pm")), "the center states no nurses for zone A"),
        (NurseMissing("A", Turn(MONDAY, "am"), 3), "3 nurses cannot be missing in zone A: 2"),
        (PatientAway("P9", MONDAY), "P9 is not a patient of these weeks"),
        (PatientMissed("P9", Turn(MONDAY, "am")), "P9 is not a patient of these weeks"),
        (PatientLate("P1", Turn(MONDAY, "x"), 5), "x is not a shift of the center"),
        (PatientJoins("P9", MONDAY), "P9 is not a patient of the center"),
        (PatientJoins("P2", MONDAY), "P2 has no prescription on 2026-03-02: enter it first"),
    ],
)
def test_what_cannot_be_meant_is_said(trouble: Trouble, said: str) -> None:
    persons = people(who("P1"), who("P2"))
    persons["prescriptions"] = persons["prescriptions"][:1]
    problem = world(**persons, staffing=nurses("A", am=2))
    found = [str(one) for one in faults(problem, (trouble,))]
    assert len(found) == 1
    assert said in found[0]


def test_what_can_be_meant_has_no_fault() -> None:
    problem = world(**people(who("P1")), staffing=nurses("A", am=2))
    troubles: tuple[Trouble, ...] = (
        StationOut("A1", NOW),
        WaterOff(NOW, NOW + timedelta(hours=1)),
        NurseMissing("A", Turn(MONDAY, "am"), 2),
        ShiftClosed(Turn(MONDAY, "am"), "A"),
        PatientAway("P1", MONDAY),
        PatientLate("P1", Turn(MONDAY, "am"), 5),
        PatientJoins("P1", MONDAY),
    )
    assert faults(problem, troubles) == ()


def test_who_came_last_week_cannot_join() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Fri"))
    (fault,) = faults(problem, (PatientJoins("P1", MONDAY),))
    assert str(fault) == "P1 came last week already"


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (StationOut("A1", NOW), "A1 out from 2026-03-04 12:40:00 on"),
        (StationOut("A1", NOW, NOW), "A1 out from 2026-03-04 12:40:00 to 2026-03-04 12:40:00"),
        (WaterOff(NOW, NOW), "no water from 2026-03-04 12:40:00 to 2026-03-04 12:40:00"),
        (NurseMissing("A", Turn(MONDAY, "am"), 2), "zone A, 2026-03-02 morning: 2 nurses missing"),
        (ShiftClosed(Turn(MONDAY, "am")), "2026-03-02 morning not held"),
        (ShiftClosed(Turn(MONDAY, "am"), "A"), "2026-03-02 morning not held in zone A"),
        (PatientAway("P1", MONDAY), "P1 away from 2026-03-02 on"),
        (PatientAway("P1", MONDAY, SUNDAY), "P1 away 2026-03-02 to 2026-03-08"),
        (PatientLate("P1", Turn(MONDAY, "am"), 30), "P1, 2026-03-02 morning: 30 minutes late"),
        (PatientMissed("P1", Turn(MONDAY, "am")), "P1, 2026-03-02 morning: missed"),
        (PatientBack("P1", MONDAY), "P1 back from 2026-03-02 on"),
        (PatientJoins("P1", MONDAY), "P1 joins on 2026-03-02"),
    ],
)
def test_every_trouble_is_a_sentence(trouble: Trouble, said: str) -> None:
    assert str(trouble_words(world(**people(who("P1"))), trouble)) == said
