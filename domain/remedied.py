"""A problem as it would be with remedies: the same weeks, a changed register. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from domain.calendar import DAY, WEEK, Span, Turn, days_from
from domain.center import Closure, Machine, Placement, Shift, Staffing, Station
from domain.patient import Absence, Frequency, Prescription
from domain.problem import Problem
from domain.register import Register
from domain.remedy import (
    Crew,
    ExtraShift,
    FewerSessions,
    GuestElsewhere,
    MoreMachines,
    MoreNurses,
    OpenNight,
    Remedy,
)
from domain.words import words

_EVERY_DAY = frozenset(range(1, 8))
_SIX_A_FORTNIGHT = Frequency(3, 3)


def remedied(problem: Problem, remedies: Sequence[Remedy]) -> Problem:
    """The problem with all the remedies at once.

    Raises ValueError for a remedy that the problem has no place for: an unknown shift, zone or
    patient, a shift whose code is taken, or fewer sessions for somebody not on three a week.
    """
    register = _with_extra_shifts(problem, [one for one in remedies if isinstance(one, ExtraShift)])
    for remedy in remedies:
        match remedy:
            case ExtraShift():
                pass  # all of them at once, above: they share the shifts' weekdays
            case OpenNight():
                register = _with_night(register, remedy)
            case MoreMachines():
                register = _with_machines(register, remedy, problem.first_day)
            case MoreNurses():
                register = _with_nurses(problem, register, remedy)
            case FewerSessions():
                register = _with_fewer(problem, register, remedy)
            case GuestElsewhere():
                register = _without_guests(problem, register, remedy)
    return replace(problem, register=register)


def may_have_fewer(problem: Problem, patient: str) -> bool:
    """True for somebody on three sessions a week: only from there can there be five a
    fortnight."""
    prescription = problem.prescription(patient, problem.first_day)
    return prescription is not None and prescription.frequency == _SIX_A_FORTNIGHT


# --- shifts -----------------------------------------------------------------------------------


def _with_extra_shifts(problem: Problem, remedies: Iterable[ExtraShift]) -> Register:
    """Weekdays grow by those of the new turns; every turn of these weekdays that nobody asked
    for is shut again, zone by zone."""
    opened: dict[Turn, list[Crew]] = {}
    for remedy in remedies:
        for turn in remedy.turns:
            _known(turn.shift, problem.shift)
            if turn.day.isoweekday() not in problem.shift[turn.shift].weekdays:
                opened.setdefault(turn, []).extend(remedy.crews)
    register = problem.register
    shifts = tuple(_longer(shift, opened) for shift in register.shifts)
    return replace(
        register,
        shifts=shifts,
        closures=(*register.closures, *_shut_again(problem, opened)),
        staffing=(
            *register.staffing,
            *(_staffed(problem, crew, turn) for turn, crews in opened.items() for crew in crews),
        ),
    )


def _longer(shift: Shift, opened: Iterable[Turn]) -> Shift:
    added = {turn.day.isoweekday() for turn in opened if turn.shift == shift.code}
    return replace(shift, weekdays=shift.weekdays | added)


def _shut_again(problem: Problem, opened: dict[Turn, list[Crew]]) -> Iterator[Closure]:
    """As far as the horizon and the week after, in which the first open day counts."""
    added = {(turn.shift, turn.day.isoweekday()) for turn in opened}
    reason = words("No extra shift here")
    for day in days_from(problem.first_day, (problem.end_day + WEEK - problem.first_day).days):
        for shift in sorted(code for code, weekday in added if weekday == day.isoweekday()):
            staffed = {crew.zone for crew in opened.get(Turn(day, shift), ())}
            for zone in problem.zone_stations:
                if zone not in staffed:
                    yield Closure(Span(day, day), reason, shift=shift, zone=zone)


def _staffed(problem: Problem, crew: Crew, turn: Turn) -> Staffing:
    _known(crew.zone, problem.zone_stations)
    return Staffing(crew.zone, turn.shift, crew.nurses, _EVERY_DAY, Span(turn.day, turn.day))


def _with_night(register: Register, remedy: OpenNight) -> Register:
    shift = remedy.shift
    zones = [zone.code for zone in register.zones]
    if shift.code in {one.code for one in register.shifts}:
        raise ValueError(f"there is a shift {shift.code} already")
    for crew in remedy.crews:
        _known(crew.zone, zones)
    reason = words("No extra shift here")
    shut = [zone for zone in zones if zone not in {crew.zone for crew in remedy.crews}]
    return replace(
        register,
        shifts=tuple(sorted((*register.shifts, shift), key=lambda one: (one.start, one.code))),
        closures=(
            *register.closures,
            *(Closure(Span(), reason, shift=shift.code, zone=zone) for zone in shut),
        ),
        staffing=(
            *register.staffing,
            *(Staffing(c.zone, shift.code, c.nurses, shift.weekdays) for c in remedy.crews),
        ),
    )


# --- machines and nurses ----------------------------------------------------------------------


def _with_machines(register: Register, remedy: MoreMachines, first: date) -> Register:
    _known(remedy.zone, {zone.code for zone in register.zones})
    taken = {one.code for one in register.stations} | {one.code for one in register.machines}
    free = (code for n in range(1, len(taken) + remedy.count + 1)
            if (code := f"{remedy.zone}+{n}") not in taken)  # fmt: skip
    codes = [code for code, _ in zip(free, range(remedy.count), strict=False)]
    return replace(
        register,
        stations=(*register.stations, *(Station(code, remedy.zone) for code in codes)),
        machines=(*register.machines, *(Machine(c, c, "", remedy.modalities) for c in codes)),
        placements=(*register.placements, *(Placement(c, c, Span(first, None)) for c in codes)),
    )


def _with_nurses(problem: Problem, register: Register, remedy: MoreNurses) -> Register:
    _known(remedy.zone, problem.zone_stations)
    limited = [
        day
        for day in remedy.days
        if any(row.covers(remedy.zone, Turn(day, remedy.shift)) for row in register.staffing)
    ]
    rows = (
        Staffing(remedy.zone, remedy.shift, remedy.nurses, _EVERY_DAY, Span(day, day))
        for day in limited
    )
    return replace(register, staffing=(*register.staffing, *rows))


# --- patients ---------------------------------------------------------------------------------


def _with_fewer(problem: Problem, register: Register, remedy: FewerSessions) -> Register:
    asked = dict.fromkeys(remedy.odd, Frequency(2, 3)) | dict.fromkeys(remedy.even, Frequency(3, 2))
    for patient in asked:
        if not may_have_fewer(problem, patient):
            raise ValueError(f"{patient} is not on three sessions a week")
    changed = {
        problem.prescription(patient, problem.first_day): asked[patient] for patient in asked
    }
    rows = (
        part
        for row in register.prescriptions
        for part in (_changed(row, changed[row], problem.first_day) if row in changed else (row,))
    )
    return replace(register, prescriptions=tuple(rows))


def _changed(row: Prescription, frequency: Frequency, day: date) -> Iterator[Prescription]:
    """The prescription as it was before the day, and with another frequency from then on."""
    if row.span.first is None or row.span.first < day:
        yield replace(row, span=Span(row.span.first, day - DAY))
    yield replace(row, frequency=frequency, span=Span(day, row.span.last))


def _without_guests(problem: Problem, register: Register, remedy: GuestElsewhere) -> Register:
    away = frozenset(remedy.patients)
    for patient in remedy.patients:
        _known(patient, problem.patient)
    span = Span(problem.first_day, problem.end_day - DAY)
    return replace(
        register,
        absences=(
            *register.absences,
            *(Absence(patient, span, "treated elsewhere") for patient in remedy.patients),
        ),
        locks=tuple(
            lock for lock in register.locks if lock.patient not in away or lock.day not in span
        ),
    )


def _known(code: str, there: Iterable[str]) -> None:
    if code not in there:
        raise ValueError(f"nothing here is called {code}")
