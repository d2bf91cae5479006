"""Every planted week is legal, and the judge who says so is awake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from db.sample.center import make_center, planted_week
from db.sample.named import NAMED, SEED
from db.sample.size import ordinary_week, sized
from db.sample.spec import FIRST_MONDAY, LAST_MONDAY, CenterSpec
from domain.calendar import DAY, Turn
from domain.center import Infection, Modality
from domain.patient import Night
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.check import check
from tests.db.sample.legality import faults

FITTING = {
    "xiamao": NAMED["xiamao"],
    "workshop": NAMED["workshop"],
    "ordinary": ordinary_week(),
    "from scratch": ordinary_week(history=False),
    "100 machines": ordinary_week(100, 800),
    "30 %": sized(32, tightness=0.3),
    "90 %": sized(32, tightness=0.9),
    "99 %": sized(32, tightness=0.99),
    "4 machines": sized(4),
    "8 machines": sized(8, tightness=0.9),
    "64 machines": sized(64, tightness=0.95),
    "two shifts": sized(10, tightness=0.95, shifts=2),
    "late evenings": sized(32, late=True),
    "Sundays": sized(32, sunday=True),
    "three shifts, Sundays, one held back": sized(
        20, tightness=0.85, shifts=3, sunday=True, held=1
    ),
}
"""Centers in which everybody has a place."""

SCARCE = {
    "huangchuan": NAMED["huangchuan"],
    "shexian": NAMED["shexian"],
    "120 %": sized(32, tightness=1.2),
}
"""Centers in which somebody may have none."""

every_center = pytest.mark.parametrize("spec", [*FITTING.values(), *SCARCE.values()],
                                       ids=[*FITTING, *SCARCE])  # fmt: skip
every_seed = pytest.mark.parametrize("seed", [SEED, 1])

made = cache(make_center)
planted = cache(planted_week)


@every_center
@every_seed
def test_last_week_is_legal(spec: CenterSpec, seed: int) -> None:
    register = made(spec, seed)
    assert faults(Problem(register, LAST_MONDAY), register.sessions) == []


@every_center
@every_seed
def test_the_planted_week_is_legal_after_all_changes(spec: CenterSpec, seed: int) -> None:
    problem = Problem(made(spec, seed), FIRST_MONDAY)
    plan = planted(spec, seed)
    assert faults(problem, plan.assignments) == []
    for patient, locks in problem.locks.items():
        for lock in locks:
            kept = [row for row in plan.by_patient[patient] if row.turn == lock.turn]
            assert [row.station for row in kept if lock.station in {None, row.station}]


@pytest.mark.parametrize("spec", FITTING.values(), ids=FITTING)
@every_seed
def test_everybody_has_a_place_in_the_planted(spec: CenterSpec, seed: int) -> None:
    register = made(spec, seed)
    assert set(planted(spec, seed).by_patient) == {patient.code for patient in register.patients}


@pytest.mark.parametrize("name", NAMED)
def test_the_product_finds_no_broken_rule_either(name: str) -> None:
    register = made(NAMED[name], SEED)
    last_week = Plan.of(LAST_MONDAY, 1, register.sessions)
    assert check(Problem(register, LAST_MONDAY), last_week).broken == ()
    next_week = planted(NAMED[name], SEED)
    assert check(Problem(register, FIRST_MONDAY), next_week).broken == ()


# --- the judge is awake ---------------------------------------------------------------------

Rows = list[Assignment]


def _first(rows: Rows, wanted: Callable[[Assignment], bool]) -> int:
    return next(index for index, row in enumerate(rows) if wanted(row))


def _two_in_a_slot(_: Problem, rows: Rows) -> None:
    rows[1] = replace(rows[1], day=rows[0].day, shift=rows[0].shift, station=rows[0].station)


def _a_session_too_few(_: Problem, rows: Rows) -> None:
    del rows[0]


def _a_day_earlier(_: Problem, rows: Rows) -> None:
    patient = rows[-1].patient
    mine = [index for index, row in enumerate(rows) if row.patient == patient]
    rows[mine[1]] = replace(rows[mine[1]], day=rows[mine[1]].day - DAY)


def _a_wrong_zone(_: Problem, rows: Rows) -> None:
    infected = _first(rows, lambda row: row.station.startswith("B"))
    rows[infected] = replace(rows[infected], station="A01")


def _a_machine_that_cannot(problem: Problem, rows: Rows) -> None:
    def filtered(row: Assignment) -> bool:
        prescription = problem.prescription(row.patient, row.day)
        return prescription is not None and prescription.modality is Modality.HDF

    index = _first(rows, filtered)
    zone = problem.station[rows[index].station].zone
    unable = next(
        station
        for station in problem.zone_stations[zone]
        if Modality.HDF not in (problem.abilities(station, rows[index].day) or ())
    )
    rows[index] = replace(rows[index], station=unable)


def _a_night_for_someone_who_never(problem: Problem, rows: Rows) -> None:
    index = _first(rows, lambda row: problem.patient[row.patient].night is Night.NEVER)
    rows[index] = replace(rows[index], shift="NIGHT")


def _a_long_session_by_day(problem: Problem, rows: Rows) -> None:
    index = _first(rows, lambda row: problem.minutes(row.patient, row.day) > 240)
    rows[index] = replace(rows[index], shift="AM")


def _the_cleared_in_the_morning(problem: Problem, rows: Rows) -> None:
    cleared = frozenset({Infection.CLEARED})
    index = _first(rows, lambda row: problem.infection(row.patient, row.day) == cleared)
    rows[index] = replace(rows[index], shift="AM")


def _a_closed_station(problem: Problem, rows: Rows) -> None:
    closure = problem.register.closures[0]
    assert closure.span.first
    assert closure.shift
    assert closure.station
    turn = Turn(closure.span.first, closure.shift)
    zone = closure.station[0]
    index = _first(rows, lambda row: row.turn == turn and row.station[0] == zone)
    rows[index] = replace(rows[index], station=closure.station)


def _a_session_at_work(problem: Problem, rows: Rows) -> None:
    for index, row in enumerate(rows):
        for turn in problem.turns_on(row.day):
            presence = problem.presence(row.patient, turn)
            if any(presence.overlaps(hours) for _, hours in problem.work_on(row.patient, row.day)):
                rows[index] = replace(row, shift=turn.shift)
                return


def _an_appointment_missed(problem: Problem, rows: Rows) -> None:
    for patient, absences in problem.absences.items():
        for index, row in enumerate(rows):
            away = absences[0].interval(row.day)
            for turn in problem.turns_on(row.day):
                if (
                    row.patient == patient
                    and away
                    and away.overlaps(problem.session(patient, turn))
                ):
                    rows[index] = replace(row, shift=turn.shift)
                    return


@pytest.mark.parametrize(
    ("breach", "said"),
    [
        (_two_in_a_slot, "2 patients"),
        (_a_session_too_few, "sessions, wanted"),
        (_a_day_earlier, "1 days from"),
        (_a_wrong_zone, "in A"),
        (_a_machine_that_cannot, "HDF"),
        (_a_night_for_someone_who_never, "never at night"),
        (_a_long_session_by_day, "needed until"),
        (_the_cleared_in_the_morning, "before the last shift"),
        (_a_closed_station, "closed"),
        (_a_session_at_work, "works"),
        (_an_appointment_missed, "away"),
    ],
)
def test_a_breach_is_noticed(breach: Callable[[Problem, Rows], None], said: str) -> None:
    spec = ordinary_week()
    problem = Problem(made(spec, 1), FIRST_MONDAY)
    rows = list(planted(spec, 1).assignments)
    breach(problem, rows)
    assert any(said in fault for fault in faults(problem, rows))


def test_too_many_for_the_nurses_is_noticed() -> None:
    register = made(ordinary_week(), 1)
    fewer = tuple(replace(row, nurses=row.nurses - 1) for row in register.staffing)
    found = faults(Problem(replace(register, staffing=fewer), LAST_MONDAY), register.sessions)
    assert any("5 nurses" in fault for fault in found)


def test_a_gap_across_the_week_border_is_noticed() -> None:
    spec = sized(8, tightness=0.5)
    problem = Problem(made(spec, 1), FIRST_MONDAY)
    plan = planted(spec, 1)
    patient = next(
        code
        for code, rows in plan.by_patient.items()
        if rows[0].day == FIRST_MONDAY and problem.history.get(code)
    )
    later = [
        replace(row, day=row.day + timedelta(days=1)) if row.patient == patient else row
        for row in plan.assignments
    ]
    assert any("4 days from" in fault for fault in faults(problem, later))
