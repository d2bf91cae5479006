"""What troubles mean for the center: closures, absences, nurses and promises. Pure.

Only turns still to begin are touched: who sits by now is `cut_off`'s matter, and whoever repairs
the plan decides on that. A session may begin late where its minutes and the turnover after it
still end within the shift's window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain.calendar import DAY, Interval, Span, Turn
from domain.center import Closure, Staffing
from domain.frozen import begun
from domain.past import is_over
from domain.patient import Absence, Patient
from domain.plan import Assignment, Lock
from domain.problem import Problem
from domain.register import Register
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
from domain.words import Words, words

_MINUTE = timedelta(minutes=1)


def troubled(problem: Problem, troubles: Iterable[Trouble], now: datetime) -> Problem:
    """The problem as the troubles leave it; `now` is the center's local time. Promises that
    cannot be kept any more are taken back: the patient's, or only the station's."""
    gone = frozenset(begun(problem, now))
    starting = tuple(turn for turn in problem.turns if turn not in gone)
    register = problem.register
    for one in troubles:
        register = _with(problem, register, one, starting, now.date())
    changed = replace(problem, register=register)
    locks = tuple(_promises(changed, starting))
    return replace(problem, register=replace(register, locks=locks))


def _with(
    problem: Problem, register: Register, one: Trouble, starting: tuple[Turn, ...], today: date
) -> Register:
    match one:
        case StationOut() | WaterOff() | ShiftClosed():
            shut = tuple(_closures(problem, one, starting))
            away = tuple(_cannot_begin(problem, one, starting))
            return replace(
                register,
                closures=(*register.closures, *shut),
                absences=(*register.absences, *away),
            )
        case NurseMissing(_, turn):
            rows = register.staffing
            fewer = tuple(_fewer(rows, one)) if turn in starting else rows
            return replace(register, staffing=fewer)
        case PatientAway(patient, first, last):
            absence = Absence(patient, Span(max(first, today), last), str(words("cannot come")))
            return replace(register, absences=(*register.absences, absence))
        case PatientLate() | PatientMissed():
            away = tuple(_not_then(problem, one, starting))
            return replace(register, absences=(*register.absences, *away))
        case PatientBack(patient, first):
            return replace(register, absences=tuple(_cut(register.absences, patient, first)))
        case PatientJoins(patient, first):
            patients = (_from(who, first, patient) for who in register.patients)
            return replace(register, patients=tuple(patients))


# --- what is shut -----------------------------------------------------------------------------


def _closures(
    problem: Problem, one: StationOut | WaterOff | ShiftClosed, starting: tuple[Turn, ...]
) -> Iterator[Closure]:
    match one:
        case ShiftClosed(turn, zone) if turn in starting:
            yield Closure(Span(turn.day, turn.day), words("closed"), turn.shift, zone=zone)
        case StationOut(station):
            reason = words("station {station} is out", station=station)
            for turn in starting:
                if not _fits(problem, turn, one.hours, _longest(problem, turn)):
                    day = Span(turn.day, turn.day)
                    yield Closure(day, reason, turn.shift, station=station)
            if one.end is None or one.end.date() > problem.end_day:
                last = None if one.end is None else one.end.date() - DAY
                yield Closure(Span(problem.end_day, last), reason, station=station)
        case WaterOff():
            for turn in starting:
                if not _fits(problem, turn, one.hours, _shortest(problem, turn)):
                    yield Closure(Span(turn.day, turn.day), words("no water"), turn.shift)


def _cannot_begin(
    problem: Problem, one: StationOut | WaterOff | ShiftClosed, starting: Iterable[Turn]
) -> Iterator[Absence]:
    """Patients whose session is too long to begin after the water is back, where a shorter
    one can."""
    if not isinstance(one, WaterOff):
        return
    for turn in starting:
        if _fits(problem, turn, one.hours, _shortest(problem, turn)):
            for patient in problem.patient:
                if not _fits(problem, turn, one.hours, problem.minutes(patient, turn.day)):
                    yield _barred(problem, patient, turn, words("the water is back too late"))


def _fits(problem: Problem, turn: Turn, hours: Interval, minutes: Callable[[], int] | int) -> bool:
    """True if a session of so many minutes can be held in the turn outside these hours."""
    shift = problem.shift[turn.shift]
    window = shift.interval(turn.day)
    ready = window.end - timedelta(minutes=shift.turnover_minutes)
    if not hours.overlaps(Interval(window.start, ready)):
        return True
    length = timedelta(minutes=minutes if isinstance(minutes, int) else minutes())
    return window.start + length <= hours.start or (
        hours.end <= ready and hours.end + length <= ready
    )


def _longest(problem: Problem, turn: Turn) -> Callable[[], int]:
    return lambda: max(_lengths(problem, turn), default=0)


def _shortest(problem: Problem, turn: Turn) -> Callable[[], int]:
    return lambda: min(_lengths(problem, turn), default=0)


def _lengths(problem: Problem, turn: Turn) -> Iterator[int]:
    """The minutes prescribed on the day that fit into the shift at all."""
    shift = problem.shift[turn.shift]
    room = shift.interval(turn.day).minutes - shift.turnover_minutes
    found = (problem.minutes(patient, turn.day) for patient in problem.patient)
    return (minutes for minutes in found if minutes <= room)


# --- people -----------------------------------------------------------------------------------


def _fewer(rows: Iterable[Staffing], one: NurseMissing) -> Iterator[Staffing]:
    """The same nurses on every other day; on this one so many fewer, never below none."""
    missing, day = one.nurses, one.turn.day
    for row in rows:
        if not row.covers(one.zone, one.turn):
            yield row
            continue
        gone = min(missing, row.nurses)
        missing -= gone
        yield replace(row, nurses=row.nurses - gone, span=Span(day, day))
        if row.span.first is None or row.span.first < day:
            yield replace(row, span=Span(row.span.first, day - DAY))
        if row.span.last is None or row.span.last > day:
            yield replace(row, span=Span(day + DAY, row.span.last))


def _not_then(
    problem: Problem, one: PatientLate | PatientMissed, starting: tuple[Turn, ...]
) -> Iterator[Absence]:
    """Out of a turn still to begin, unless a late session fits into it all the same."""
    if one.turn not in starting or (isinstance(one, PatientLate) and still_fits(problem, one)):
        return
    yield _barred(problem, one.patient, one.turn, words("cannot come in this turn"))


def still_fits(problem: Problem, late: PatientLate) -> bool:
    """True if the session and the turnover after it end in time although it begins late."""
    shift = problem.shift[late.turn.shift]
    end = problem.session(late.patient, late.turn).end
    minutes = late.minutes + shift.turnover_minutes
    return end + timedelta(minutes=minutes) <= shift.interval(late.turn.day).end


def _barred(problem: Problem, patient: str, turn: Turn, why: Words) -> Absence:
    """Away for the minute in the middle of the turn's window: in this turn and in no other."""
    window = problem.shift[turn.shift].interval(turn.day)
    middle = window.start + (window.end - window.start) / 2
    start = datetime.combine(middle.date(), time(middle.hour, middle.minute))
    day = Span(start.date(), start.date())
    return Absence(patient, day, str(why), start=start.time(), end=(start + _MINUTE).time())


def _cut(rows: Iterable[Absence], patient: str, first: date) -> Iterator[Absence]:
    """Without whole days away that last over the day of coming back, from that day on."""
    for row in rows:
        whole = row.start is None and row.end is None
        if row.patient != patient or not whole or first not in row.span:
            yield row
        elif row.span.first is None or row.span.first < first:
            yield replace(row, span=Span(row.span.first, first - DAY))


def _from(who: Patient, first: date, patient: str) -> Patient:
    return replace(who, span=Span(first, who.span.last)) if who.code == patient else who


# --- promises ---------------------------------------------------------------------------------


def _promises(changed: Problem, starting: tuple[Turn, ...]) -> Iterator[Lock]:
    """Those of other turns as they are; of turns still to begin, what is left of them."""
    for lock in changed.register.locks:
        if lock.turn not in starting:
            yield lock
        elif _can_come(changed, lock) and _anywhere(changed, lock.turn):
            there = lock.station is None or changed.is_open(lock.station, lock.turn)
            yield lock if there else replace(lock, station=None)


def _can_come(problem: Problem, lock: Lock) -> bool:
    if lock.patient not in problem.patient:
        return True
    here = problem.presence(lock.patient, lock.turn)
    days = {lock.day, lock.day - DAY, here.end.date()}
    rows = problem.absences.get(lock.patient, ())
    hours = (row.interval(day) for row in rows for day in sorted(days))
    return not any(one is not None and one.overlaps(here) for one in hours)


def _anywhere(problem: Problem, turn: Turn) -> bool:
    return any(problem.is_open(station, turn) for station in problem.station)


# --- who sits by now --------------------------------------------------------------------------


def cut_off(
    problem: Problem, rows: Iterable[Assignment], troubles: Iterable[Trouble], now: datetime,
    counts_from: int,
) -> tuple[Assignment, ...]:  # fmt: skip
    """The sessions of turns under way that a trouble breaks off too early to count: before
    `counts_from` percent of their minutes."""
    out = [one for one in troubles if isinstance(one, (StationOut, WaterOff))]
    running = {turn for turn in begun(problem, now) if not is_over(problem, turn, now)}
    return tuple(
        row
        for row in rows
        if row.turn in running and any(_breaks(problem, row, one, counts_from) for one in out)
    )


def _breaks(
    problem: Problem, row: Assignment, one: StationOut | WaterOff, counts_from: int
) -> bool:
    if isinstance(one, StationOut) and one.station != row.station:
        return False
    session = problem.session(row.patient, row.turn)
    held = max(timedelta(), one.hours.start - session.start)
    return session.overlaps(one.hours) and 100 * held < counts_from * (session.end - session.start)


def owed_again(
    problem: Problem, rows: Iterable[Assignment], troubles: Iterable[Trouble]
) -> tuple[Assignment, ...]:
    """The sessions that were missed, or that a late patient cannot begin any more: they count
    neither as held nor as planned."""
    missed = {
        (one.patient, one.turn)
        for one in troubles
        if isinstance(one, PatientMissed)
        or (isinstance(one, PatientLate) and not still_fits(problem, one))
    }
    return tuple(row for row in rows if (row.patient, row.turn) in missed)
