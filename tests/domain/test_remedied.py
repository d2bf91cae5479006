"""A problem with remedies is the same problem with exactly these changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.calendar import Span, Turn
from domain.center import Modality, Placement
from domain.need import wanted_sessions
from domain.patient import Frequency
from domain.plan import Lock
from domain.remedied import may_have_fewer, remedied
from domain.remedy import (
    Crew,
    ExtraShift,
    FewerSessions,
    GuestElsewhere,
    MoreMachines,
    MoreNurses,
    OpenNight,
    Remedy,
    RemedyKind,
    kind_of,
)
from tests.scheduler.worlds import (
    MONDAY,
    NIGHT,
    nurses,
    on,
    people,
    stations_named,
    who,
    world,
    zone,
)

SUNDAY = MONDAY + timedelta(days=6)
EXTRA = ExtraShift((Turn(SUNDAY, "am"),), (Crew("A", 1),))
TWO_ZONES: dict[str, Any] = {
    "zones": (zone("A"), zone("B")),
    "stations": stations_named("A1 A2 B1"),
}


def test_an_extra_shift_opens_its_turn_in_its_zone_and_nothing_else() -> None:
    before = world(weeks=2, **TWO_ZONES)
    after = remedied(before, (EXTRA,))
    opened = {
        (station, turn)
        for turn in after.turns
        for station in after.station
        if after.is_open(station, turn) and turn not in before.turns
    }
    assert opened == {("A1", Turn(SUNDAY, "am")), ("A2", Turn(SUNDAY, "am"))}
    same = [turn for turn in before.turns if turn.day.isoweekday() < 7]
    assert all(after.is_open(s, t) == before.is_open(s, t) for t in same for s in before.station)


def test_an_extra_shift_brings_its_own_nurses() -> None:
    after = remedied(world(staffing=nurses("A", pm=1)), (EXTRA,))
    assert after.nurses("A", Turn(SUNDAY, "am")) == 1
    assert after.nurses("A", Turn(MONDAY, "am")) is None
    assert after.nurses("A", Turn(MONDAY, "pm")) == 1


def test_the_sunday_of_the_week_after_stays_shut() -> None:
    after = remedied(world(), (EXTRA,))
    assert after.is_open_day(SUNDAY)
    assert not after.is_open_day(SUNDAY + timedelta(days=7))


def test_two_extra_shifts_in_one_turn_open_both_zones() -> None:
    other = ExtraShift(EXTRA.turns, (Crew("B", 2),))
    after = remedied(world(**TWO_ZONES), (EXTRA, other))
    assert all(after.is_open(station, EXTRA.turns[0]) for station in ("A1", "A2", "B1"))
    assert after.nurses("B", EXTRA.turns[0]) == 2


def test_an_extra_shift_in_a_turn_that_runs_anyhow_changes_nothing() -> None:
    problem = world(staffing=nurses("A", am=1))
    assert remedied(problem, (ExtraShift((Turn(MONDAY, "am"),), (Crew("A", 3),)),)) == problem


def test_a_night_is_open_on_its_nights_where_it_has_a_crew() -> None:
    night = replace(NIGHT, weekdays=frozenset({1, 3}))
    after = remedied(world(**TWO_ZONES), (OpenNight(night, (Crew("B", 1),)),))
    assert [shift.code for shift in after.register.shifts] == ["am", "pm", "night"]
    turns = [turn for turn in after.turns if turn.shift == "night"]
    assert [turn.day.isoweekday() for turn in turns] == [1, 3]
    assert after.is_open("B1", turns[0])
    assert not after.is_open("A1", turns[0])
    assert after.nurses("B", turns[0]) == 1


def test_machines_stand_at_stations_of_their_own_from_the_first_day() -> None:
    taken = stations_named("A1 A+1")
    problem = world(stations=taken, placements=(Placement("M-A1", "A1"),))
    after = remedied(problem, (MoreMachines("A", 2, frozenset({Modality.HDF})),))
    assert after.zone_stations["A"] == ("A1", "A+1", "A+2", "A+3")
    assert after.abilities("A+2", MONDAY) == frozenset({Modality.HDF})
    assert after.abilities("A+2", MONDAY - timedelta(days=1)) is None
    assert after.abilities("A+1", MONDAY) is None


def test_nurses_are_more_only_where_nurses_are_counted() -> None:
    problem = world(staffing=nurses("A", am=1))
    tuesday = MONDAY + timedelta(days=1)
    more = (MoreNurses("A", "am", (MONDAY,), 2), MoreNurses("A", "pm", (MONDAY,), 2))
    after = remedied(problem, more)
    assert after.nurses("A", Turn(MONDAY, "am")) == 3
    assert after.nurses("A", Turn(tuesday, "am")) == 1
    assert after.nurses("A", Turn(MONDAY, "pm")) is None


def test_fewer_sessions_begin_with_the_horizon_and_leave_the_past_alone() -> None:
    problem = world(weeks=2, **people(who("P1"), who("P2"), who("P3")))
    after = remedied(problem, (FewerSessions(("P1",), ("P2",), "Dr. Wang"),))
    weeks = [[wanted_sessions(after, p, monday) for monday in after.mondays]
             for p in ("P1", "P2", "P3")]  # fmt: skip
    assert weeks == [[2, 3], [3, 2], [3, 3]]
    before = after.prescription("P1", MONDAY - timedelta(days=1))
    assert before is not None
    assert before.frequency == Frequency(3, 3)
    assert {row.patient for row in after.register.prescriptions} == {"P1", "P2", "P3"}


def test_fewer_sessions_also_where_the_prescription_begins_on_the_first_day() -> None:
    tables = people(who("P1"))
    (row,) = tables["prescriptions"]
    tables["prescriptions"] = (replace(row, span=Span(MONDAY, date(2026, 12, 31))),)
    after = remedied(world(**tables), (FewerSessions(("P1",), (), "Dr. Wang"),))
    assert [one.frequency for one in after.register.prescriptions] == [Frequency(2, 3)]
    assert after.register.prescriptions[0].span.last == date(2026, 12, 31)


def test_a_guest_elsewhere_wants_nothing_and_is_promised_nothing() -> None:
    locks = (Lock("P1", MONDAY, "am"), Lock("P1", MONDAY - timedelta(days=7), "am"),
             Lock("P2", MONDAY, "pm"))  # fmt: skip
    problem = world(**people(who("P1"), who("P2")), locks=locks)
    after = remedied(problem, (GuestElsewhere(("P1",)),))
    assert (wanted_sessions(after, "P1", MONDAY), wanted_sessions(after, "P2", MONDAY)) == (0, 3)
    assert after.register.locks == locks[1:]


def test_only_somebody_on_three_a_week_may_have_fewer() -> None:
    problem = world(**people(who("P1"), who("P2", odd=2, even=3), who("P3", every_other_day=True)))
    assert [code for code in problem.patient if may_have_fewer(problem, code)] == ["P1"]


@pytest.mark.parametrize(
    "remedy",
    [
        ExtraShift((Turn(SUNDAY, "noon"),), (Crew("A", 1),)),
        ExtraShift((Turn(SUNDAY, "am"),), (Crew("Q", 1),)),
        OpenNight(replace(NIGHT, code="am"), (Crew("A", 1),)),
        OpenNight(NIGHT, (Crew("Q", 1),)),
        MoreMachines("Q", 1, frozenset({Modality.HD})),
        MoreNurses("Q", "am", (MONDAY,), 1),
        FewerSessions(("P9",), (), "Dr. Wang"),
        GuestElsewhere(("P9",)),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_remedy_without_a_place_in_the_problem_is_refused(remedy: Remedy) -> None:
    with pytest.raises(ValueError, match=r"already|nothing here|not on three"):
        remedied(world(**people(who("P1"))), (remedy,))


def test_no_remedies_change_nothing() -> None:
    problem = world(**people(who("P1")), sessions=(), closures=())
    assert remedied(problem, ()) == problem


def test_every_remedy_is_of_a_kind() -> None:
    remedies = (
        EXTRA, OpenNight(NIGHT, ()), MoreMachines("A", 1, frozenset()),
        MoreNurses("A", "am", (), 1), FewerSessions((), (), ""), GuestElsewhere(()),
    )  # fmt: skip
    assert [kind_of(one) for one in remedies] == list(RemedyKind)
    assert on("Sun").first == SUNDAY
