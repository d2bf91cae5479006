"""From what a frame says to what we say of a machine: samples, and events at the changes.

A frame that passes a check of eight bits can still be wrong. Where we can ask again, a change
must be read twice before it is an event; where the machine speaks unasked, what it says again
and again by itself must be said twice, and what it says but once is believed at once if it is
in every way like the frames before, else when it is said again, or is not taken back in time.
Levels become edges here. An alarm is never closed because the line is lost: it is then unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from devices.gateway.numbering import UNNUMBERED
from devices.gateway.plausible import Judged, Plausible, Shapes
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

HELD = 15.0
"""Seconds after which a doubtful message that would not be said again is believed all the same:
better an alarm that never was than one that is never told."""

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
    """What came of a report. `again`: a reading at once would settle what is in doubt; `held`:
    so would it if the machine said this once more."""

    entries: tuple[Entry, ...]
    again: bool
    held: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    """A message that is not believed yet."""

    report: Report
    judged: Judged
    origin: Origin
    since: float


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a line's frames are witnesses. `weak`: nothing but a sum of eight bits speaks for
    them; `asks`: we can have another one at once."""

    weak: bool
    asks: bool


class Belief:
    """One machine's state as far as it is believed."""

    def __init__(self, speaker: Speaker, trust: Trust, memory: Memory | None = None) -> None:
        memory = memory or Memory()
        self._speaker = speaker
        self._asks, self._twice = trust.asks, trust.asks or trust.weak
        self._plausible, self._shapes = Plausible(weak=trust.weak), Shapes()
        self._held: _Held | None = None
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
        odd = bool(report.shape) and self._shapes.odd(report.shape)
        judged = self._plausible.judge(report.values, report.quality, now, odd=odd)
        origin = self._speaker.origin(at, report.device_time)
        late = self._late(report, now)
        if odd and not self._asks and not report.complete:
            self._held = _Held(report, judged, origin, now)
            return Believed(tuple(late), again=False, held=True)
        events = [*late, *self._events(report, judged, origin)]
        sample = [self._sample(report, judged, origin)] if report.complete else []
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

    def _late(self, report: Report, now: float) -> list[Event]:
        """What was held and is believed now, since nobody took it back in time. Another message
        of its kind did: that one is the machine's word."""
        held = self._held
        if held is None:
            return []
        again = _kind(held.report) == _kind(report)
        if not again and now - held.since < HELD:
            return []
        self._held = None
        return [] if again else list(self._events(held.report, held.judged, held.origin))

    def _events(self, report: Report, judged: Judged, origin: Origin) -> Iterator[Event]:
        yield from self._phases(report, origin)
        yield from self._cuffs(report, origin)
        yield from self._levels(report, judged, origin)
        yield from self._edges(report, origin)
        yield from self._operations(report, judged, origin)

    def _sample(self, report: Report, judged: Judged, origin: Origin) -> Sample:
        """Of a phase that is in doubt nothing is said."""
        key, sure = self._speaker.key, self._new_phase is None
        mode, phase = (report.mode, report.phase) if sure else (None, None)
        return Sample(key, origin, mode, phase, report.bypass, judged.values, judged.quality)

    def _phases(self, report: Report, origin: Origin) -> Iterator[Event]:
        """A phase that can no longer be told is told as an empty one: some protocols say
        only whether a treatment runs."""
        phase, before = report.phase, self._new_phase
        if phase is None and not report.complete:
            return
        self._new_phase = None
        if phase is self._phase:
            return
        if self._twice and before != (phase,):
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
        for code in sorted(report.cleared & self._active.keys()):
            yield self._say(origin, _ended(self._active[code]))

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


def _kind(report: Report) -> str:
    return report.shape.partition(":")[0]


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
