"""PCD-04: one alarm as begin, continuation or end.

The guide contradicts itself on limits (`< -200` is an upper limit in its chapter on segments
and a lower one in its chapter on alarms), so the arrow is never asked: which limit it is
follows from what the alarm says was passed, or from the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from devices.protocols.hl7 import mdc
from devices.protocols.hl7.er7 import Separators, Unfit, parts
from devices.protocols.hl7.er7 import field as said
from devices.protocols.hl7.status import Observation, reading, unit_of
from devices.protocols.hl7.units import converted, number
from domain.alarm import (
    ALARM_KIND,
    AlarmEdge,
    Direction,
    EdgePhase,
    Inactivation,
    MachineState,
    Priority,
)
from domain.quantity import QUANTITY

_PRIORITIES = {
    "PH": Priority.HIGH,
    "PM": Priority.MEDIUM,
    "PL": Priority.LOW,
    "PI": Priority.INFORMATION,
    "PU": Priority.UNKNOWN,
}
"""`PN`, not indicated, is as good as none."""

_PASSED = {"H": Direction.HIGH, "HH": Direction.HIGH, "L": Direction.LOW, "LL": Direction.LOW}
_KINDS = {mdc.EVENT_ALARM: None, mdc.EVENT_HIGH: Direction.HIGH, mdc.EVENT_LOW: Direction.LOW}
_KIND_NAMES = {
    "EVT_ALARM": mdc.EVENT_ALARM,
    "EVT_HI": mdc.EVENT_HIGH,
    "EVT_LO": mdc.EVENT_LOW,
    "EVT_LOW": mdc.EVENT_LOW,  # so printed in the guide's table of alarms
}
_RUNNING = frozenset({MachineState.ACTIVE, MachineState.LATCHED})
_SIGNED = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_RANGE = re.compile(rf"\s*({_SIGNED})\s*[-\u2013]\s*({_SIGNED})\s*")
_SINGLE = re.compile(rf"\s*[<>]?\s*=?\s*({_SIGNED})\s*")
_OWN = frozenset(mdc.PRIVATE_KINDS.values())
MOST_RAISED = 64
FORGOTTEN = timedelta(minutes=2)
"""An alarm unmentioned for so long is over, whatever became of its end: the guide wants one
mentioned every 10 to 30 s."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an alarm is about: our kind, the machine's code or name for it, that name in words
    where our kind is wider, and the priority to take where the machine names none."""

    kind: str
    identity: str
    name: str
    priority: Priority


@dataclass(frozen=True, slots=True)
class Told:
    """An edge, and what the machine itself tells it from its other alarms by."""

    identity: str
    edge: AlarmEdge


def edges(found: Iterable[Observation], separators: Separators) -> tuple[Told, ...]:
    """The alarms of a PCD-04 message, of which the guide allows one. Raises Unfit."""
    groups: list[list[Observation]] = []
    for one in found:
        if _kind(one) is not None:
            groups.append([one])
        elif groups:
            groups[-1].append(one)
    if not groups:
        raise Unfit(101, "OBX^1^3", "an alarm message without an alarm")
    return tuple(_edge(group, separators) for group in groups)


def _kind(one: Observation) -> int | None:
    if one.term.code in _KINDS:
        return one.term.code
    return None if one.term.code else _KIND_NAMES.get(one.term.refid)


def _edge(group: list[Observation], separators: Separators) -> Told:
    head = group[0]
    about = _about(head, group, separators)
    marks = [mark.strip().upper() for mark in said(head.row, 8).split(separators.repetition)]
    passed = _KINDS[_kind(head) or mdc.EVENT_ALARM]
    passed = passed or next((_PASSED[mark] for mark in marks if mark in _PASSED), None)
    told = next((_PRIORITIES[mark] for mark in marks if mark in _PRIORITIES), None)
    state, inactivation = _states(group, separators)
    value, low, high, guess = _numbers(group, about, passed, separators)
    edge = AlarmEdge(
        code=about.kind,
        phase=_phase(group, state, separators),
        priority=told or about.priority,
        priority_from_machine=told is not None,
        state=state,
        inactivation=inactivation,
        direction=passed or guess,
        inferred=passed is None and guess is not None,
        value=value,
        low=low,
        high=high,
        text=about.name,
    )
    return Told(f"{about.identity} {passed or ''}", edge)


def _about(head: Observation, group: list[Observation], separators: Separators) -> Subject:
    """From the head's value; where that is empty, from the number that the message reports."""
    names = parts(head.value, separators)
    term = mdc.term(names[0], names[1] if len(names) > 1 else "")
    if not (term.code or term.refid):
        numeric = (one.term for one in group[1:] if said(one.row, 2).strip() == "NM")
        term = next(numeric, term)
    return subject(term)


def subject(term: mdc.Term) -> Subject:
    """Our kind of an alarm. One that we have no kind for is still an alarm: `machine`, with
    the guide's name for it."""
    known = 0 if term.standing is mdc.Standing.STRANGE else term.code
    event = mdc.EVENTS.get(known, mdc.EventTerm(""))
    kind = event.kind or mdc.SOURCES.get(known) or mdc.PRIVATE_KINDS.get(term.refid)
    kind = kind or _by_quantity(term) or "machine"
    code = str(term.code) if term.code else ""
    clear = bool(term.code) and ALARM_KIND[kind].mdc == term.code
    name = "" if clear or kind in _OWN else term.refid or code
    return Subject(kind, code or term.refid, name, event.priority or ALARM_KIND[kind].priority)


def _by_quantity(term: mdc.Term) -> str:
    same = (kind.code for kind in ALARM_KIND.values() if kind.quantity == term.quantity)
    return next(same, "") if term.quantity else ""


def _said(group: list[Observation], code: int, refid: str, separators: Separators) -> str:
    for one in group:
        if one.term.code == code or (not one.term.code and one.term.refid == refid):
            return parts(one.value, separators)[0].lower()
    return ""


def _states(group: list[Observation], separators: Separators) -> tuple[MachineState, Inactivation]:
    state = _said(group, mdc.ALARM_STATE, "ATTR_ALARM_STATE", separators)
    quiet = _said(group, mdc.INACTIVATION, "ATTR_ALARM_INACTIVATION_STATE", separators)
    return (
        MachineState(state) if state in set(MachineState) else MachineState.UNKNOWN,
        Inactivation(quiet) if quiet in set(Inactivation) else Inactivation.ENABLED,
    )


def _phase(group: list[Observation], state: MachineState, separators: Separators) -> EdgePhase:
    """As said, in whatever case; without a word of it, by the alarm's state."""
    text = _said(group, mdc.EVENT_PHASE, "ATTR_EVENT_PHASE", separators)
    if text in set(EdgePhase):
        return EdgePhase(text)
    if text or state is MachineState.UNKNOWN:
        raise Unfit(103, "OBX^3^5", "an alarm in no phase that there is")
    return EdgePhase.CONTINUE if state in _RUNNING else EdgePhase.END


def _numbers(
    group: list[Observation], about: Subject, passed: Direction | None, separators: Separators
) -> tuple[float | None, float | None, float | None, Direction | None]:
    """Value, low and high limit in the unit of what our kind watches, and the direction that
    they speak for. Nothing where the number is of another quantity."""
    watched = ALARM_KIND[about.kind].quantity
    ours = (one for one in group[1:] if one.term.quantity == watched and not one.term.setting)
    one = next(ours, None) if watched else None
    if one is None:
        return None, None, None, None
    value, _ = reading(one, separators)
    unit = unit_of(one.row, separators)
    found = [
        None if limit is None else converted(limit, unit, QUANTITY[watched])
        for limit in map(number, _limits(said(one.row, 7)))
    ]
    return value, *_sided(found, value, passed)


def _limits(text: str) -> tuple[str, ...]:
    if both := _RANGE.fullmatch(text):
        return both.group(1), both.group(2)
    single = _SINGLE.fullmatch(text)
    return (single.group(1),) if single else ()


def _sided(
    limits: list[float | None], value: float | None, passed: Direction | None
) -> tuple[float | None, float | None, Direction | None]:
    match limits:
        case [float() as low, float() as high] if low <= high:
            outside = None
            if value is not None and not low <= value <= high:
                outside = Direction.LOW if value < low else Direction.HIGH
            return low, high, outside
        case [float() as only]:
            side = passed
            if side is None and value is not None and value != only:
                side = Direction.LOW if value < only else Direction.HIGH
            is_low, is_high = side is Direction.LOW, side is Direction.HIGH
            return only if is_low else None, only if is_high else None, side
        case _:
            return None, None, None


class Raised:
    """Alarms that the machine has raised and not ended. Several of the guide's alarms are one
    kind of ours: that ends when the last of them does."""

    def __init__(self) -> None:
        self._last: dict[str, dict[str, datetime | None]] = {}

    def settled(self, told: Told, at: datetime | None) -> AlarmEdge:
        """The edge as it is for our kind; `at` is the machine's own time of it."""
        edge = told.edge
        last = self._last.setdefault(edge.code, {})
        if edge.phase is not EdgePhase.END:
            if told.identity in last or len(last) < MOST_RAISED:
                last[told.identity] = at
            return edge
        last.pop(told.identity, None)
        if not any(seen and at and at - seen < FORGOTTEN for seen in last.values()):
            return edge
        return replace(edge, phase=EdgePhase.CONTINUE, state=MachineState.ACTIVE)
