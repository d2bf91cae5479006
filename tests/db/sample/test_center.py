"""What a made center holds, and that the seed alone decides it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from db.sample.center import make_center, planted_week
from db.sample.named import NAMED, SEED
from db.sample.names import RARE
from db.sample.size import ordinary_week, sized
from db.sample.spec import FIRST_MONDAY, LAST_MONDAY, OLD_DAY
from domain.calendar import WEEK
from domain.center import Infection
from domain.need import wanted_sessions
from domain.patient import Marker, WishKind
from domain.problem import Problem
from domain.register import Register
from tests.db.sample.legality import faults

made = cache(make_center)
SPEC = ordinary_week()


def next_week(register: Register) -> Problem:
    return Problem(register, FIRST_MONDAY)


# --- the seed -------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_center_and_another_seed_another() -> None:
    assert make_center(SPEC, 1) == make_center(SPEC, 1)
    assert planted_week(SPEC, 1) == planted_week(SPEC, 1)
    assert make_center(SPEC, 1) != make_center(SPEC, 2)


def test_the_hash_seed_of_the_process_does_not_matter() -> None:
    code = (
        "import hashlib\n"
        "from db.sample.center import make_center\n"
        "from db.sample.size import ordinary_week\n"
        "register = make_center(ordinary_week(), 1)\n"
        "rows = (register.patients, register.sessions, register.locks, register.wishes)\n"
        "print(hashlib.sha256(repr(rows).encode()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    register = made(SPEC, 1)
    rows = (register.patients, register.sessions, register.locks, register.wishes)
    assert digests == {hashlib.sha256(repr(rows).encode()).hexdigest()}


def test_tables_come_in_order() -> None:
    register = made(SPEC, 1)
    assert register == register.in_order()


def test_from_scratch_is_the_same_center_without_last_week_and_standing_turns() -> None:
    bare = replace(made(SPEC, 1), sessions=(), patterns=())
    assert make_center(ordinary_week(history=False), 1) == bare


# --- the people -----------------------------------------------------------------------------


def test_the_share_of_workers_and_their_sorts_of_hours_are_as_asked() -> None:
    register = made(SPEC, 1)
    workers = {job.patient for job in register.work_shifts}
    assert len(workers) == 104
    rotating = {job.patient for job in register.work_shifts if job.parity != "every"}
    assert len(rotating) == 21


def test_everybody_has_a_prescription_and_a_name_and_no_real_number() -> None:
    register = made(SPEC, 1)
    codes = [patient.code for patient in register.patients]
    assert codes == [f"P{number:03d}" for number in range(1, 261)]
    assert sorted(row.patient for row in register.prescriptions) == codes
    assert all(patient.name for patient in register.patients)
    assert {patient.phone[:9] for patient in register.patients} == {"100-0000-"}
    assert {patient.language for patient in register.patients} == {"zh", "en"}


def test_rare_characters_come_up() -> None:
    names = "".join(patient.name for patient in made(NAMED["huangchuan"], SEED).patients)
    assert {"㛃", "䶮", "𠅤"} <= set(names) & set(RARE)


def test_a_long_prescription_fits_the_shift_the_patient_is_used_to() -> None:
    register = made(SPEC, 1)
    problem = next_week(register)
    assert sum(row.minutes > 240 for row in register.prescriptions) == 12
    for row in register.patterns:
        shift = problem.shift[row.shift]
        room = shift.interval(FIRST_MONDAY).minutes - shift.turnover_minutes
        assert problem.minutes(row.patient, FIRST_MONDAY) <= room


def test_one_patient_in_five_needs_a_machine_that_one_in_three_is() -> None:
    register = made(SPEC, 1)
    assert sum(row.modality == "HDF" for row in register.prescriptions) == 52
    assert sum("HDF" in machine.modalities for machine in register.machines) == 11


def test_companions_wish_for_each_other() -> None:
    pairs = {
        (wish.patient, wish.value)
        for wish in made(SPEC, 1).wishes
        if wish.kind is WishKind.COMPANION
    }
    assert len(pairs) == 8
    assert {(other, one) for one, other in pairs} == pairs


# --- blood tests ----------------------------------------------------------------------------


def test_almost_everybody_s_reports_are_valid_for_both_weeks_and_right_for_the_zone() -> None:
    problem = next_week(made(NAMED["huangchuan"], SEED))
    statuses = Counter(
        next(iter(problem.infection(patient, FIRST_MONDAY))) for patient in problem.patient
    )
    assert statuses == {
        Infection.NEGATIVE: 209,
        Infection.CLEARED: 3,
        Infection.HBV: 25,
        Infection.HCV: 16,
        Infection.UNKNOWN: 7,
    }


def test_the_unknown_are_expired_or_were_never_tested_for_something() -> None:
    register = made(NAMED["huangchuan"], SEED)
    problem = next_week(register)
    unknown = [
        code
        for code in problem.patient
        if Infection.UNKNOWN in problem.infection(code, FIRST_MONDAY)
    ]
    sorts = Counter(len(problem.serology[code]) for code in unknown)
    assert set(sorts) == {3, 4}
    assert not any(report.positive for code in unknown for report in problem.serology[code])


def test_the_cleared_had_a_positive_report_before_the_negative_one() -> None:
    problem = next_week(made(SPEC, 1))
    cleared = [
        code
        for code in problem.patient
        if Infection.CLEARED in problem.infection(code, FIRST_MONDAY)
    ]
    assert len(cleared) == 2
    for code in cleared:
        reports = [r for r in problem.serology[code] if r.marker is Marker.HBSAG]
        reports.sort(key=lambda report: report.day)
        assert [report.positive for report in reports] == [True, False]


# --- what happened since last week ----------------------------------------------------------


def test_newcomers_have_no_last_week_no_standing_turns_and_no_burdens() -> None:
    register = made(SPEC, 1)
    newcomers = {p.code for p in register.patients if p.span.first == FIRST_MONDAY}
    assert len(newcomers) == 8
    for table in (register.sessions, register.patterns, register.ledger):
        assert newcomers.isdisjoint(row.patient for row in table)


def test_last_week_repeated_breaks_exactly_what_the_changes_break() -> None:
    register = made(NAMED["xiamao"], SEED)
    problem = next_week(register)
    repeated = [replace(row, day=row.day + WEEK) for row in register.sessions]
    found = faults(problem, repeated)
    changed = {job.patient for job in register.work_shifts if job.span.first == FIRST_MONDAY}
    clashing = {row.patient for row in register.absences if row.start}
    assert len(changed) == len(clashing) == 1
    assert {code for code in problem.patient if any(f"'{code}'" in one for one in found)} == (
        changed | clashing
    )


def test_a_changed_job_replaces_the_old_one_from_the_first_day_on() -> None:
    register = made(SPEC, 1)
    changed = {job.patient for job in register.work_shifts if job.span.first == FIRST_MONDAY}
    assert len(changed) == 5
    for code in changed:
        jobs = [job for job in register.work_shifts if job.patient == code]
        assert {job.span.first or job.span.last for job in jobs} == {FIRST_MONDAY, OLD_DAY}


def test_maintenance_takes_a_slot_that_somebody_is_used_to() -> None:
    register = made(SPEC, 1)
    assert len(register.closures) == 2
    taken = {(row.day + WEEK, row.shift, row.station) for row in register.sessions}
    closed = {(c.span.first, c.shift, c.station) for c in register.closures}
    assert closed <= taken


# --- the named centers ----------------------------------------------------------------------


def figures(name: str) -> tuple[int, int, int, int]:
    problem = next_week(made(NAMED[name], SEED))
    wanted = sum(wanted_sessions(problem, code, FIRST_MONDAY) for code in problem.patient)
    slots = len(problem.station) * len(problem.turns)
    return len(problem.register.machines), len(problem.patient), wanted, slots


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("huangchuan", (32, 260, 780, 768)),
        ("xiamao", (6, 24, 72, 72)),
        ("workshop", (50, 200, 572, 900)),
        ("shexian", (16, 80, 232, 304)),
    ],
)
def test_a_named_center_has_its_figures(name: str, expected: tuple[int, ...]) -> None:
    assert figures(name) == expected


def test_fifty_eight_sew_in_the_workshop_upstairs() -> None:
    register = made(NAMED["workshop"], SEED)
    sewing = {job.patient for job in register.work_shifts if job.workshop}
    assert len(sewing) == 58
    assert {job.travel_minutes for job in register.work_shifts if job.workshop} == {3}
    assert len(register.shifts) == 3


def test_shexian_breaks_one_to_five_if_last_week_is_repeated() -> None:
    register = made(NAMED["shexian"], SEED)
    repeated = [replace(row, day=row.day + WEEK) for row in register.sessions]
    found = faults(next_week(register), repeated)
    assert sum("11 patients, 2 nurses" in fault for fault in found) == 3
    last_week = Problem(register, LAST_MONDAY)
    assert not any("nurses" in fault for fault in faults(last_week, register.sessions))


def test_a_center_too_small_for_its_zones_keeps_everybody_in_one() -> None:
    register = make_center(sized(4, shifts=2, tightness=0.8), 1)
    assert [zone.code for zone in register.zones] == ["A"]
    assert register.closures == ()
