"""Plan and roster together: whoever is planned for has a nurse of the roster."""

from __future__ import annotations

from dataclasses import replace

from domain.calendar import Span, Turn
from domain.center import Machine, Modality, Nurse, Placement, Station, Zone
from domain.infection import REQUIRED_MARKERS
from domain.nurse_terms import Contract, NurseDay, NurseDayKind
from domain.patient import Frequency, Patient, Prescription, Serology
from domain.problem import Problem
from domain.register import Register
from scheduler.check import check
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.together import missed_sessions, one_after_the_other, staffed, together
from tests.scheduler.ward.worlds import EARLY, EVENING, MONDAY, SITE, day

EFFORT = Effort(seconds=20.0, workers=1, joint_seconds=0.0)
NEGATIVE = frozenset({*SITE.zones[0].admits})


def center(patients: int, nurses: int, **tables: object) -> Register:
    """One zone of six stations, mornings and evenings; everybody once a week."""
    codes = [f"P{at}" for at in range(patients)]
    stations = [f"A{at}" for at in range(6)]
    zone: Zone = SITE.zones[0]
    return replace(
        SITE,
        center=replace(SITE.center, partial_weeks=True),
        zones=(zone,),
        shifts=(EARLY, EVENING),
        stations=tuple(Station(one, "A") for one in stations),
        machines=tuple(Machine(f"M{one}", "", "", frozenset({Modality.HD})) for one in stations),
        placements=tuple(Placement(f"M{one}", one) for one in stations),
        patients=tuple(Patient(code, code) for code in codes),
        prescriptions=tuple(Prescription(code, Frequency(1, 1), 240) for code in codes),
        serology=tuple(
            Serology(code, marker, False, day(-30)) for code in codes
            for marker in REQUIRED_MARKERS
        ),
        nurses=tuple(Nurse(f"N{at}", f"N{at}", frozenset("A")) for at in range(nurses)),
        **tables,  # type: ignore[arg-type]
    ).in_order()  # fmt: skip


def problem(found: Register) -> Problem:
    """Its week."""
    return Problem(found, MONDAY)


def onlooker() -> Onlooker:
    """A clock that stands still."""
    return Onlooker(lambda: 0.0)


def test_where_nurses_are_enough_both_ways_serve_everybody() -> None:
    there = problem(center(6, 2))
    for way in (one_after_the_other, together):
        found = way(there, None, EFFORT, onlooker())
        assert (found.missed, found.over, found.fits, found.best) == (0, 0, True, True)
        assert found.verdict.legal


def test_a_plan_that_knows_no_roster_seats_patients_without_a_nurse_and_together_does_not() -> None:
    """The only nurse works on mornings of three days: fifteen seats for eighteen patients."""
    agreed = Contract("N0", frozenset({"AM"}), most_days=3)
    there = problem(center(18, 1, contracts=(agreed,)))
    after = one_after_the_other(there, None, EFFORT, onlooker())
    both = together(there, None, EFFORT, onlooker())
    assert (after.missed, after.fits, after.verdict.legal) == (0, False, False)
    assert after.over > 0
    assert (both.missed, both.over, both.verdict.legal) == (3, 0, True)
    assert both.fits


def test_days_of_leave_are_known_before_the_first_plan() -> None:
    leave = NurseDay("N0", NurseDayKind.LEAVE, Span(day(0), day(4)))
    there = problem(center(5, 1, nurse_days=(leave,)))
    found = together(there, None, EFFORT, onlooker())
    assert {row.day for row in found.planned.plan.assignments} == {day(5)}
    assert (found.rounds, found.best, dict(found.cuts)) == (1, True, {})


def test_what_is_missed_is_never_less_than_what_is_proven() -> None:
    agreed = Contract("N0", frozenset({"AM"}), most_days=2)
    there = problem(center(12, 1, contracts=(agreed,)))
    found = together(there, None, EFFORT, onlooker())
    assert found.shortage >= found.least
    assert missed_sessions(there, found.planned.plan) == found.missed == 2


def test_the_staffing_that_is_set_is_all_there_is() -> None:
    there = problem(center(6, 1))
    limited = staffed(there, {("A", Turn(MONDAY, "AM")): 1})
    assert limited.nurses("A", Turn(MONDAY, "AM")) == 1
    assert limited.nurses("A", Turn(MONDAY, "EVE")) is None
    assert check(there, together(there, None, EFFORT, onlooker()).planned.plan).legal
