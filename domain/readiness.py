"""May a machine have its next patient? Dirty after every treatment, ready after a disinfection
that was long enough and seen to its end; whatever is in doubt is not ready.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.care import (
    CHEMICAL,
    HEAT,
    IDLE,
    UNTOLD,
    CareEvent,
    CareKind,
    CareLimit,
    Method,
    care_limit,
    in_time,
)
from domain.telemetry import Phase
from domain.words import Words, words


class ReadyState(StrEnum):
    """Where a machine stands between two patients."""

    UNKNOWN = "unknown"
    IN_USE = "in use"
    DIRTY = "dirty"
    DISINFECTING = "disinfecting"
    READY = "ready"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Readiness:
    """The state, since when and why. `until`, for a ready machine, is when it has stood idle
    for too long; `disinfected` is the end of the last disinfection that counts."""

    machine: str
    state: ReadyState
    since: datetime | None = None
    reason: Words | None = None
    disinfected: datetime | None = None
    until: datetime | None = None

    @property
    def ready(self) -> bool:
        """True if the planner may give the machine to a patient."""
        return self.state is ReadyState.READY


@dataclass(frozen=True, slots=True)
class _Course:
    """What is known on the way through the events. `held` is a person's block, `leaked` a
    blood leak that no person has dealt with yet, `residue` a residue test that is waited for.

    Of a disinfection: when it `began`, since when it is `watched` (missing while the wire is
    lost), how long it was watched before, and when the wire was lost after long enough."""

    now: Readiness
    held: Words | None = None
    leaked: bool = False
    residue: bool = False
    began: datetime | None = None
    watched: datetime | None = None
    before: timedelta = timedelta()
    enough: datetime | None = None


_MINUTE = timedelta(minutes=1)
_PATIENT = frozenset({Phase.CONNECTING, Phase.TREATMENT, Phase.REINFUSION})
_BLOOD_LEAK = words("blood leak: a person must say how the machine was disinfected")


def readiness(
    machine: str, events: Iterable[CareEvent], at: datetime, limits: Iterable[CareLimit] = ()
) -> Readiness:
    """The machine's state at a moment, from its own events up to then, in any order. `limits`
    are the center's rows; those of `STANDARD_CARE_LIMITS` stand in."""
    rows = tuple(limits)
    course = _Course(Readiness(machine, ReadyState.UNKNOWN))
    for event in in_time(one for one in events if one.machine == machine and one.at <= at):
        course = _next(course, event, rows)
    now = _idle(course.now, at, rows)
    if course.held is not None:
        return replace(now, state=ReadyState.BLOCKED, reason=course.held, until=None)
    return now


def _next(course: _Course, event: CareEvent, rows: tuple[CareLimit, ...]) -> _Course:
    match event.kind:
        case CareKind.PHASE if event.phase is not None:
            return _phase(course, event, event.phase, rows)
        case CareKind.LINK_LOST:
            return _out_of_sight(course, event.at, rows)
        case CareKind.LINK_BACK:
            return _in_sight(course, event.at)
        case CareKind.BLOOD_LEAK:
            dirty = course.now.state is not ReadyState.IN_USE
            leaked = replace(course, leaked=True)
            return _to(leaked, ReadyState.DIRTY, event, _BLOOD_LEAK) if dirty else leaked
        case CareKind.DISINFECTED:
            return _by_hand(course, event, rows)
        case CareKind.RESIDUE_CLEAR if course.residue:
            return _done(replace(course, residue=False), event.at)
        case CareKind.BLOCKED:
            return replace(course, held=_block_words(event))
        case CareKind.RELEASED:
            return replace(course, held=None)
    return course


def _block_words(event: CareEvent) -> Words:
    if event.back is None:
        return words("blocked by {who}: {why}", who=event.who, why=event.text)
    return words(
        "blocked by {who}, back on {day}: {why}", who=event.who, day=event.back, why=event.text
    )


def _phase(course: _Course, event: CareEvent, phase: Phase, rows: tuple[CareLimit, ...]) -> _Course:
    if phase is Phase.DISINFECTION:
        return _begun(course, event)
    if course.began is not None:
        course = _ended(course, event.at, rows)
    if phase in _PATIENT:
        return _to(course, ReadyState.IN_USE, event, None)
    if course.now.state is ReadyState.IN_USE:
        return _to(course, ReadyState.DIRTY, event, words("a treatment has ended"))
    if phase is Phase.SERVICE:
        return _to(course, ReadyState.DIRTY, event, words("was in service"))
    return course


def _begun(course: _Course, event: CareEvent) -> _Course:
    if course.began is not None:
        return replace(course, watched=course.watched or event.at)
    fresh = replace(course, began=event.at, watched=event.at, before=timedelta(), enough=None)
    return _to(fresh, ReadyState.DISINFECTING, event, None)


def _out_of_sight(course: _Course, at: datetime, rows: tuple[CareLimit, ...]) -> _Course:
    """A disinfection that was watched for long enough counts: machines switch themselves off
    at its end. While the machine is silent nothing else is known of it."""
    if course.began is None or course.watched is None:
        return course
    hidden = replace(course, before=course.before + (at - course.watched), watched=None)
    if hidden.before / _MINUTE < care_limit(rows, UNTOLD, at.date()).value or hidden.leaked:
        return hidden
    return _done(replace(hidden, enough=hidden.enough or at), hidden.enough or at)


def _in_sight(course: _Course, at: datetime) -> _Course:
    """As long as the machine tells no other phase it is at it still."""
    if course.began is None or course.watched is not None:
        return course
    again = replace(course.now, state=ReadyState.DISINFECTING, since=course.began, reason=None)
    return replace(course, now=again, watched=at)


def _ended(course: _Course, at: datetime, rows: tuple[CareLimit, ...]) -> _Course:
    """A disinfection that the wire tells of has stopped; what nobody watched does not count."""
    began, over = course.began or at, replace(course, began=None, watched=None)
    seen = course.before + (at - course.watched if course.watched else timedelta())
    least = care_limit(rows, UNTOLD, at.date()).value
    if seen / _MINUTE < least:
        whole = seen == at - began
        unseen = words("nobody saw the disinfection end: the wire was lost")
        return _block(over, at, _too_short(seen / _MINUTE, least) if whole else unseen)
    if course.leaked:
        return _block(over, at, _BLOOD_LEAK)
    return _done(over, course.enough or at)


def _by_hand(course: _Course, event: CareEvent, rows: tuple[CareLimit, ...]) -> _Course:
    """A person's word on a disinfection covers whatever was in doubt before it."""
    if course.now.state is ReadyState.IN_USE:
        return course
    chemical = event.method is Method.CHEMICAL
    least = care_limit(rows, CHEMICAL if chemical else HEAT, event.at.date()).value
    minutes = event.minutes or 0.0
    if minutes < least:
        return _block(course, event.at, _too_short(minutes, least))
    clean = replace(course, leaked=False, began=None, watched=None, residue=chemical)
    if chemical:
        return _block(clean, event.at, words("the test for residues of disinfectant is missing"))
    return _done(clean, event.at)


def _too_short(minutes: float, least: float) -> Words:
    return words(
        "disinfection stopped after {minutes} min; at least {least} are needed",
        minutes=int(minutes),
        least=int(least),
    )


def _to(course: _Course, state: ReadyState, event: CareEvent, reason: Words | None) -> _Course:
    """Another state; what a residue test was waited for has been overtaken."""
    if course.now.state is state:
        return course
    now = replace(course.now, state=state, since=event.at, reason=reason)
    return replace(course, now=now, residue=False)


def _block(course: _Course, at: datetime, reason: Words) -> _Course:
    now = replace(course.now, state=ReadyState.BLOCKED, since=at, reason=reason)
    return replace(course, now=now)


def _done(course: _Course, at: datetime) -> _Course:
    now = replace(course.now, state=ReadyState.READY, since=at, reason=None, disinfected=at)
    return replace(course, now=now)


def _idle(now: Readiness, at: datetime, rows: tuple[CareLimit, ...]) -> Readiness:
    if now.state is not ReadyState.READY or now.disinfected is None:
        return now
    hours = care_limit(rows, IDLE, at.date()).value
    until = now.disinfected + timedelta(hours=hours)
    if at <= until:
        return replace(now, until=until)
    reason = words("stood idle for more than {hours} h", hours=int(hours))
    return replace(now, state=ReadyState.DIRTY, since=until, reason=reason)
