"""Changes to what is given that could make room for a wish: one kind each, and the problem with
them. Pure.

Each names who would have to agree by what it is: the patient's word, the employer's, the head
nurse's, the doctor's; what the center can do for everybody is a `Remedy`. Nothing here says that
a change is wise; what it would allow is shown by planning the problem with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from domain.calendar import DAY, Span, Turn
from domain.center import Closure, Hold
from domain.infection import REQUIRED_MARKERS
from domain.patient import Absence, Night, Serology, WorkShift
from domain.plan import Lock
from domain.problem import Problem
from domain.register import Register
from domain.remedied import remedied
from domain.remedy import GuestElsewhere, MoreNurses, Remedy
from domain.remedy_price import cost_of

_Row = TypeVar("_Row", Absence, WorkShift)


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """The patient takes any station of the turn, not only the place asked for."""


@dataclass(frozen=True, slots=True)
class PromiseReleased:
    """The head nurse gives up a promise."""

    lock: Lock


@dataclass(frozen=True, slots=True)
class AcceptsNight:
    """The patient comes at night after all."""

    patient: str


@dataclass(frozen=True, slots=True)
class ComesAnyway:
    """The patient can come on a day of absence after all."""

    patient: str
    day: date


@dataclass(frozen=True, slots=True)
class WorksOtherwise:
    """The patient has no work that begins on the day."""

    patient: str
    day: date


@dataclass(frozen=True, slots=True)
class NegativeReports:
    """Blood drawn on the day shows nothing in the tests that are missing or expired."""

    patient: str
    day: date


@dataclass(frozen=True, slots=True)
class HeldSeatUsed:
    """One of the stations kept free in a zone's turn is given away."""

    zone: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class TurnOpened:
    """A turn that the center had closed takes place; stations closed by themselves stay so."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class DoctorAllows:
    """The doctor lets a rule not count for the patient in these weeks."""

    patient: str
    rule: str


Personal = (
    OtherPlace
    | PromiseReleased
    | AcceptsNight
    | ComesAnyway
    | WorksOtherwise
    | NegativeReports
    | HeldSeatUsed
    | TurnOpened
    | DoctorAllows
)
Concession = Personal | Remedy

MINUTES: Mapping[type, int] = MappingProxyType(
    {
        OtherPlace: 5,
        PromiseReleased: 15,
        AcceptsNight: 30,
        ComesAnyway: 30,
        WorksOtherwise: 60,
        NegativeReports: 90,
        HeldSeatUsed: 120,
        DoctorAllows: 240,
    }
)
"""What the personal kinds weigh, in minutes of a nurse's ordinary time, the unit of remedies: what
one person can say at once comes before what others must agree to. A proposal of this product,
without any other source; a turn that is opened weighs what its nurses work."""

MAY_ALLOW = frozenset({"rest_day", "every_other_day"})
"""Rules that a doctor may be asked to let go. Infection zones, machines, minutes, promises and
the longest gap are never among them."""


def price(
    problem: Problem, concessions: Iterable[Concession], minutes: Mapping[type, int] = MINUTES
) -> int:
    """What some changes weigh together, in minutes of a nurse's ordinary time; the problem is
    the one without them."""
    listed = tuple(concessions)
    own = (one for one in listed if not isinstance(one, Remedy))
    personal = sum(
        _opening(problem, one.turn) if isinstance(one, TurnOpened) else minutes[type(one)]
        for one in own
    )
    return personal + cost_of(problem, _remedies(listed)).minutes


def _opening(problem: Problem, turn: Turn) -> int:
    """Nurses' minutes of a turn; one nurse for each zone where the center states none."""
    nurses = sum(problem.nurses(zone, turn) or 1 for zone in problem.zone_stations)
    return nurses * problem.shift[turn.shift].interval(turn.day).minutes


def _remedies(concessions: Iterable[Concession]) -> tuple[Remedy, ...]:
    return tuple(one for one in concessions if isinstance(one, Remedy))


def touched(concessions: Iterable[Concession]) -> frozenset[str] | None:
    """The patients whose own weeks the changes can change; `None` if everybody's."""
    found: set[str] = set()
    for one in concessions:
        match one:
            case PromiseReleased(lock):
                found.add(lock.patient)
            case OtherPlace() | HeldSeatUsed() | MoreNurses():
                continue
            case GuestElsewhere(patients):
                found.update(patients)
            case AcceptsNight() | ComesAnyway() | WorksOtherwise():
                found.add(one.patient)
            case NegativeReports() | DoctorAllows():
                found.add(one.patient)
            case _:
                return None
    return frozenset(found)


# --- the problem with them --------------------------------------------------------------------


def conceded(problem: Problem, concessions: Iterable[Concession]) -> Problem:
    """The problem with the changes. Another place and a doctor's word change no data."""
    listed = tuple(concessions)
    register = problem.register
    for one in listed:
        if not isinstance(one, Remedy):
            register = _changed(problem, register, one)
    changed = problem if register is problem.register else replace(problem, register=register)
    remedies = _remedies(listed)
    return remedied(changed, remedies) if remedies else changed


def _changed(problem: Problem, register: Register, concession: Personal) -> Register:
    match concession:
        case OtherPlace() | DoctorAllows():
            return register
        case PromiseReleased(lock):
            return replace(register, locks=tuple(one for one in register.locks if one != lock))
        case AcceptsNight(patient):
            return _at_night(register, patient)
        case ComesAnyway(patient, day):
            return replace(register, absences=tuple(_but_on(register.absences, patient, day)))
        case WorksOtherwise(patient, day):
            return replace(register, work_shifts=tuple(_but_on(register.work_shifts, patient, day)))
        case NegativeReports(patient, day):
            more = _reports(problem, patient, day)
            return replace(register, serology=(*register.serology, *more))
        case HeldSeatUsed(zone, turn):
            return replace(register, holds=tuple(_one_less(problem, register.holds, zone, turn)))
        case TurnOpened(turn):
            return replace(register, closures=tuple(_opened(problem, register.closures, turn)))


def _at_night(register: Register, patient: str) -> Register:
    who = tuple(
        replace(one, night=Night.ACCEPTS) if one.code == patient else one
        for one in register.patients
    )
    return replace(register, patients=who)


def _but_on(rows: Iterable[_Row], patient: str, day: date) -> Iterator[_Row]:
    """The rows, those of the patient without the day."""
    for row in rows:
        if row.patient == patient and day in row.span:
            yield from (replace(row, span=part) for part in _around(row.span, day))
        else:
            yield row


def _around(span: Span, day: date) -> Iterator[Span]:
    """What is left of the span before the day and after it."""
    if span.first is None or span.first < day:
        yield Span(span.first, day - DAY)
    if span.last is None or span.last > day:
        yield Span(day + DAY, span.last)


def _reports(problem: Problem, patient: str, day: date) -> Iterator[Serology]:
    """A negative report for each required test that has no valid one on the day."""
    valid = problem.limit("zone_serology", day)
    for marker in REQUIRED_MARKERS:
        known = (one for one in problem.serology.get(patient, ()) if one.marker is marker)
        if not any(0 <= (day - one.day).days <= valid for one in known):
            yield Serology(patient, marker, positive=False, day=day)


def _one_less(problem: Problem, holds: Iterable[Hold], zone: str, turn: Turn) -> Iterator[Hold]:
    """The holds with one station fewer in the turn."""
    left = 1
    for hold in holds:
        if not left or hold.zone != zone or not hold.stations or not hold.keeps(turn):
            yield hold
            continue
        left = 0
        yield from (replace(hold, span=part) for part in _around(hold.span, turn.day))
        for shift in (hold.shift,) if hold.shift else sorted(problem.shift):
            kept = hold.stations - (shift == turn.shift)
            if kept:
                that_day = Span(turn.day, turn.day)
                yield replace(hold, stations=kept, shift=shift, span=that_day)


def shuts_by_choice(closure: Closure, turn: Turn) -> bool:
    """True if the center itself has closed the turn, or a zone in it; the program's own closures
    have their reason in its words, and what is broken or begun nobody opens."""
    return (
        isinstance(closure.reason, str)
        and closure.station is None
        and turn.day in closure.span
        and closure.shift in (None, turn.shift)
    )


def _opened(problem: Problem, closures: Iterable[Closure], turn: Turn) -> Iterator[Closure]:
    """The closures without the turn; the day's other shifts stay shut."""
    for closure in closures:
        if not shuts_by_choice(closure, turn):
            yield closure
            continue
        yield from (replace(closure, span=part) for part in _around(closure.span, turn.day))
        for shift in sorted(problem.shift) if closure.shift is None else ():
            if shift != turn.shift:
                yield replace(closure, shift=shift, span=Span(turn.day, turn.day))
