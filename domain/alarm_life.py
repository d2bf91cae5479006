"""One alarm from its begin to its end: the machine's life of it and ours, side by side.

The machine's side is what was last said of it, and unknown while the wire is lost. Our side is
who has seen it, what was noted, who has it in hand. Neither closes the other: an alarm is over
only when the machine says so *and* somebody has seen it. Nothing here reaches the machine.
Every change is a record with who, when and what, and no record is ever taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.alarm import (
    ALARM_KIND,
    AlarmEdge,
    Direction,
    EdgePhase,
    Inactivation,
    MachineState,
    Priority,
)
from domain.telemetry import Event, Generation
from domain.words import Words


class Act(StrEnum):
    """What a record tells: first what the machine or its wire did, then what people did."""

    RAISED = "raised"
    AGAIN = "again"
    CHANGED = "changed"
    ENDED = "ended"
    LATE = "late"
    LINK_LOST = "link lost"
    LINK_BACK = "link back"
    ESCALATED = "escalated"
    SEEN = "seen"
    NOTED = "noted"
    HANDED_OVER = "handed over"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Told:
    """Which message of which gateway's life said it, and when by the gateway's clock."""

    at: datetime
    boot: str
    seq: int

    @staticmethod
    def by(event: Event) -> Told:
        """The identity of an event of one machine."""
        return Told(event.origin.ts, event.key.boot, event.key.seq)


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """One change: when, what, by whom (empty for the machine, its wire or the clock), in which
    words, and what the machine's side was after it. `told` is there for what came by wire."""

    at: datetime
    act: Act
    who: str
    text: str
    state: MachineState
    inactivation: Inactivation
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class AlarmLife:
    """An alarm of a machine. `number` counts the machine's alarms, `times` how often the
    condition has begun; `began` is the latest begin. While the wire is lost `state` is unknown
    and `last_said` keeps the last word on it, which may itself be "unknown"."""

    machine: str
    number: int
    code: str
    generation: Generation
    first: datetime
    began: datetime
    times: int
    priority: Priority
    state: MachineState
    last_said: MachineState
    inactivation: Inactivation
    heard: Told
    priority_from_machine: bool = False
    direction: Direction | None = None
    inferred: bool = False
    value: float | None = None
    low: float | None = None
    high: float | None = None
    seen_by: str = ""
    seen_at: datetime | None = None
    holder: str = ""
    escalated_at: datetime | None = None
    closed_at: datetime | None = None
    records: tuple[AlarmRecord, ...] = ()

    @property
    def fresh(self) -> bool:
        """True if nobody has seen it since it last began or rose in priority."""
        return self.seen_at is None

    @property
    def ended(self) -> bool:
        """True if the machine has said that it is over."""
        return self.state is MachineState.INACTIVE

    @property
    def open(self) -> bool:
        """True until it is over on both sides."""
        return self.closed_at is None

    @property
    def title(self) -> Words:
        """What it is about."""
        return ALARM_KIND[self.code].title


_RANK = {
    Priority.INFORMATION: 0,
    Priority.LOW: 1,
    Priority.MEDIUM: 2,
    Priority.HIGH: 3,
    Priority.UNKNOWN: 3,
}
"""What cannot be ranked counts as high: that way round nobody overlooks it."""


def rank(priority: Priority) -> int:
    """The higher, the more pressing."""
    return _RANK[priority]


# --- the machine's side -----------------------------------------------------------------------


def raised(
    machine: str, number: int, edge: AlarmEdge, told: Told, generation: Generation
) -> AlarmLife:
    """The alarm of which this is the first word."""
    state = _said(edge)
    bare = AlarmLife(
        machine, number, edge.code, generation, told.at, told.at, 1, edge.priority, state, state,
        edge.inactivation, told,
    )  # fmt: skip
    return recorded(_filled(bare, edge), told.at, Act.RAISED, text=edge.text, told=told)


def heard(life: AlarmLife, edge: AlarmEdge, told: Told) -> AlarmLife:
    """The alarm after the machine's newest word on it. A begin after an end, or a higher
    priority, makes it fresh again: what somebody saw was another occurrence.

    A "continues" or "has ended" without news moves `heard` and leaves no record."""
    state, before = _said(edge), life.last_said
    again = edge.phase is EdgePhase.START and before in (
        MachineState.INACTIVE,
        MachineState.LATCHED,
    )
    again = again or (before is MachineState.INACTIVE and state is not MachineState.INACTIVE)
    after = _filled(replace(life, heard=told, state=state, last_said=state), edge)
    if again:
        after = replace(after, began=told.at, times=life.times + 1)
    if again or rank(after.priority) > rank(life.priority):
        after = replace(after, seen_by="", seen_at=None, escalated_at=None)
    act = _news(life, after, edge, again=again)
    return after if act is None else settled(recorded(after, told.at, act, "", edge.text, told))


def late(life: AlarmLife, edge: AlarmEdge, told: Told) -> AlarmLife:
    """A word that newer ones have overtaken: kept, and without effect."""
    return recorded(life, told.at, Act.LATE, text=edge.phase.value, told=told)


def link_lost(life: AlarmLife, at: datetime, told: Told | None = None) -> AlarmLife:
    """Nobody can say any more whether it is still there. Never an end. `told` is missing where
    the gateway itself fell silent and could not say so."""
    if life.state is MachineState.UNKNOWN or life.ended:
        return life
    unknown = replace(life, state=MachineState.UNKNOWN)
    return recorded(unknown, at, Act.LINK_LOST, told=told)


def link_back(life: AlarmLife, at: datetime, told: Told | None = None) -> AlarmLife:
    """The machine can be heard again: its last word holds until it says another. An alarm that
    somebody closed meanwhile is opened again, fresh: it may never have ended."""
    if life.state is life.last_said:
        return life
    known = replace(life, state=life.last_said)
    if not known.open:
        known = replace(known, closed_at=None, seen_by="", seen_at=None, escalated_at=None)
    return recorded(known, at, Act.LINK_BACK, told=told)


def _said(edge: AlarmEdge) -> MachineState:
    """The state that an edge tells. Its phase has the last word on whether the condition is
    there: "continues, inactive" is a contradiction and never taken for an end."""
    if edge.state is MachineState.LATCHED:
        return MachineState.LATCHED
    if edge.phase is EdgePhase.END:
        return MachineState.INACTIVE
    return MachineState.ACTIVE if edge.state is MachineState.INACTIVE else edge.state


def _filled(life: AlarmLife, edge: AlarmEdge) -> AlarmLife:
    return replace(
        life,
        priority=edge.priority,
        priority_from_machine=edge.priority_from_machine,
        inactivation=edge.inactivation,
        direction=edge.direction or life.direction,
        inferred=edge.inferred if edge.direction else life.inferred,
        value=life.value if edge.value is None else edge.value,
        low=life.low if edge.low is None else edge.low,
        high=life.high if edge.high is None else edge.high,
    )


def _news(before: AlarmLife, after: AlarmLife, edge: AlarmEdge, *, again: bool) -> Act | None:
    if again:
        return Act.AGAIN
    if after.ended and not before.ended:
        return Act.ENDED
    if edge.phase is EdgePhase.START:
        return Act.CHANGED
    same = (
        before.state is after.state
        and before.inactivation is after.inactivation
        and before.priority is after.priority
        and before.direction is after.direction
    )
    return None if same else Act.CHANGED


def settled(life: AlarmLife) -> AlarmLife:
    """The alarm, closed if both sides are through with it: the later of the two closes it."""
    if not life.open or not life.ended or life.fresh:
        return life
    return replace(life, closed_at=life.records[-1].at)


def recorded(
    life: AlarmLife,
    at: datetime,
    act: Act,
    who: str = "",
    text: str = "",
    told: Told | None = None,
) -> AlarmLife:
    """The alarm with one record more, of how it stands now."""
    record = AlarmRecord(at, act, who, text, life.state, life.inactivation, told)
    return replace(life, records=(*life.records, record))
