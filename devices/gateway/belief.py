"""From what a frame says to what we say of a machine: samples, and events at the changes.

Where we can ask again, a change must be read twice before it is an event, since a frame that
passes a check of eight bits can still be wrong. Levels become edges here. An alarm is never
closed because the line is lost: it is then unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from devices.gateway.numbering import UNNUMBERED
from devices.gateway.plausible import Judged, Plausible
from devices.protocols.protocol import AlarmLevel, BloodPressure, Report
from domain.alarm import ALARM_KIND, AlarmEdge, EdgePhase, MachineState
from domain.quantity import QUANTITY
from domain.telemetry import (
    Entry,
    Event,
    EventKind,
    Generation,
    Key,
    LinkStatus,
    Origin,
    Phase,
    Sample,
)

_SYSTOLIC, _DIASTOLIC = "nibp_sys_mmhg", "nibp_dia_mmhg"


@dataclass(frozen=True, slots=True)
class Speaker:
    """On whose behalf we speak: what all entries of a line have in common."""

    machine: str
    gateway: str
    boot: str
    protocol: str
    generation: Generation

    @property
    def key(self) -> Key:
        """Of an entry that has no number yet."""
        return Key(self.machine, self.boot, UNNUMBERED)

    def origin(self, at: datetime, device: datetime | None = None) -> Origin:
        """Who says it and when."""
        return Origin(self.gateway, self.protocol, self.generation, at, device)


@dataclass(frozen=True, slots=True)
class Memory:
    """What must outlive the process, lest a restart invents a second blood pressure or leaves
    an alarm open for ever: the cuff's last time, the phase, and the alarms that were there."""

    taken: str = ""
    phase: Phase | None = None
    active: tuple[AlarmEdge, ...] = ()


@dataclass(frozen=True, slots=True)
class Believed:
    """What came of a report. `again`: a reading at once would settle what is in doubt."""

    entries: tuple[Entry, ...]
    again: bool


class Belief:
    """One machine's state as far as it is believed. `asks`: we poll it, and so can confirm."""

    def __init__(self, speaker: Speaker, *, asks: bool, memory: Memory | None = None) -> None:
        memory = memory or Memory()
        self._speaker = speaker
        self._asks = asks
        self._plausible = Plausible()
        self._taken, self._phase = memory.taken, memory.phase
        self._active = {edge.code: _unknown(edge) for edge in memory.active}
        self._new_phase: tuple[Phase | None] | None = None
        self._new_cuff: BloodPressure | None = None
        self._turned: frozenset[str] = frozenset()

    @property
    def memory(self) -> Memory:
        """To be kept with the entries that changed it."""
        return Memory(self._taken, self._phase, self.active)

    @property
    def active(self) -> tuple[AlarmEdge, ...]:
        """The alarms that are there, or were when the line was lost."""
        return tuple(self._active.values())

    @property
    def known(self) -> bool:
        """False while an alarm is only remembered."""
        return all(edge.state is not MachineState.UNKNOWN for edge in self._active.values())

    def take(self, report: Report, now: float, at: datetime) -> Believed:
        """Entries without numbers. `now` never jumps; `at` is the clock at the last byte."""
        judged = self._plausible.judge(report.values, report.quality, now)
        origin = self._speaker.origin(at, report.device_time)
        events = [
            *self._phases(report, origin),
            *self._cuffs(report, origin),
            *self._levels(report, judged, origin),
            *self._edges(report, origin),
            *self._operations(report, judged, origin),
        ]
        sample = [_sample(self._speaker.key, origin, report, judged)] if report.complete else []
        waits = bool(judged.doubtful or self._turned or self._new_cuff or self._new_phase)
        return Believed((*sample, *events), again=self._asks and waits)

    def status(self, status: LinkStatus, at: datetime) -> tuple[Entry, ...]:
        """The line has changed. Once it is no longer good, alarms are unknown, not over."""
        origin = self._speaker.origin(at)
        change = self._event(origin, EventKind.LINK, text=status.value)
        if status is LinkStatus.ONLINE:
            return (change,)
        self._plausible.forget()
        self._new_phase, self._new_cuff, self._turned = None, None, frozenset()
        known = [edge for edge in self._active.values() if edge.state is not MachineState.UNKNOWN]
        lost = [self._say(origin, _unknown(edge)) for edge in known]
        return (change, *lost)

    def _phases(self, report: Report, origin: Origin) -> Iterator[Event]:
        """A phase that can no longer be told is told as an empty one: some protocols say
        only whether a treatment runs."""
        phase, before = report.phase, self._new_phase
        self._new_phase = None
        if phase is self._phase or (phase is None and not report.complete):
            return
        if self._asks and before != (phase,):
            self._new_phase = (phase,)
            return
        self._phase = phase
        yield self._event(origin, EventKind.PHASE, text="" if phase is None else phase.value)

    def _cuffs(self, report: Report, origin: Origin) -> Iterator[Event]:
        cuff, before = report.blood_pressure, self._new_cuff
        self._new_cuff = None
        if cuff is None or not cuff.taken or cuff.taken == self._taken:
            return
        if not _plausible_cuff(cuff.values):
            return
        if self._asks and cuff != before:
            self._new_cuff = cuff
            return
        self._taken = cuff.taken
        yield self._event(origin, EventKind.BLOOD_PRESSURE, values=dict(cuff.values))

    def _levels(self, report: Report, judged: Judged, origin: Origin) -> Iterator[Event]:
        if report.levels is None:
            return
        there = {level.code: level for level in report.levels}
        turned = there.keys() ^ self._active.keys()
        sure = turned & self._turned if self._asks else turned
        self._turned = frozenset(turned - sure)
        for code in sorted(there.keys() & self._active.keys()):
            if self._active[code].state is MachineState.UNKNOWN:
                yield self._say(origin, _edge(there[code], EdgePhase.CONTINUE, judged.values))
        for code in sorted(sure):
            if code in there:
                yield self._say(origin, _edge(there[code], EdgePhase.START, judged.values))
            else:
                yield self._say(origin, _ended(self._active[code]))

    def _edges(self, report: Report, origin: Origin) -> Iterator[Event]:
        for edge in report.edges:
            before = self._active.get(edge.code)
            if edge.phase is EdgePhase.END or not _same(before, edge):
                yield self._say(origin, edge)

    def _operations(self, report: Report, judged: Judged, origin: Origin) -> Iterator[Event]:
        if report.operation:
            yield self._event(
                origin, EventKind.OPERATION, values=judged.values, text=report.operation
            )

    def _say(self, origin: Origin, edge: AlarmEdge) -> Event:
        if edge.phase is EdgePhase.END:
            self._active.pop(edge.code, None)
        else:
            self._active[edge.code] = edge
        return self._event(origin, EventKind.ALARM, edge)

    def _event(
        self,
        origin: Origin,
        kind: EventKind,
        alarm: AlarmEdge | None = None,
        values: Mapping[str, float] | None = None,
        text: str = "",
    ) -> Event:
        return Event(self._speaker.key, origin, kind, alarm, values or {}, text)


def _sample(key: Key, origin: Origin, report: Report, judged: Judged) -> Sample:
    return Sample(
        key, origin, report.mode, report.phase, report.bypass, judged.values, judged.quality
    )


def _edge(level: AlarmLevel, phase: EdgePhase, values: Mapping[str, float]) -> AlarmEdge:
    """An edge where the protocol has levels: the priority is our table's."""
    kind = ALARM_KIND[level.code]
    return AlarmEdge(
        level.code,
        phase,
        kind.priority,
        priority_from_machine=False,
        direction=level.direction,
        inferred=level.inferred,
        value=values.get(kind.quantity),
    )


def _ended(edge: AlarmEdge) -> AlarmEdge:
    return replace(edge, phase=EdgePhase.END, state=MachineState.INACTIVE, value=None)


def _unknown(edge: AlarmEdge) -> AlarmEdge:
    return replace(edge, phase=EdgePhase.CONTINUE, state=MachineState.UNKNOWN, value=None)


def _same(before: AlarmEdge | None, edge: AlarmEdge) -> bool:
    """True if a repeated alarm brings nothing but another value: it is told again and again,
    and once more where our acknowledgement was lost."""
    if before is None:
        return False
    return (before.state, before.inactivation, before.priority) == (
        edge.state,
        edge.inactivation,
        edge.priority,
    )


def _plausible_cuff(values: Mapping[str, float]) -> bool:
    if not values or not all(QUANTITY[name].believable(value) for name, value in values.items()):
        return False
    both = _SYSTOLIC in values and _DIASTOLIC in values
    return not both or values[_SYSTOLIC] > values[_DIASTOLIC]
