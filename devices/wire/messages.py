"""Entries as JSON and back. The schema is checked while it is read: an unknown quantity, a
value that no sensor can show, a number that is not one, are refused with the place.

Unknown fields are let through and dropped, so that an older ingest understands a newer
gateway; another major version is refused.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Annotated

import msgspec

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
from domain.telemetry import (
    Entry,
    Event,
    EventKind,
    Generation,
    Key,
    Mode,
    Origin,
    Phase,
    Sample,
    Validity,
)

TELEMETRY, EVENT = "hd.telemetry/1", "hd.event/1"
LARGEST = 16_384
"""Bytes of a payload that are read at all."""

Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Boot = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
Seq = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Text = Annotated[str, msgspec.Meta(max_length=400)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Source(msgspec.Struct):
    proto: Name
    gen: Generation


class _Message(msgspec.Struct, tag_field="schema", omit_defaults=True, kw_only=True):
    machine: Name
    gw: Name
    boot: Boot
    seq: Seq
    ts: Moment
    ts_dev: Moment | None = None
    src: _Source


class _Telemetry(_Message, tag=TELEMETRY):
    mode: Mode | None = None
    phase: Phase | None = None
    bypass: bool | None = None
    v: dict[str, float] = {}
    q: dict[str, Validity] = {}


class AlarmForm(msgspec.Struct, omit_defaults=True):
    """An alarm edge as it stands in a payload."""

    code: str
    phase: EdgePhase
    priority: Priority
    from_machine: bool
    state: MachineState = MachineState.ACTIVE
    inactivation: Inactivation = Inactivation.ENABLED
    direction: Direction | None = None
    inferred: bool = False
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: Text = ""


class _Event(_Message, tag=EVENT):
    kind: EventKind
    alarm: AlarmForm | None = None
    v: dict[str, float] = {}
    text: Text = ""


_BOUNDS = {name: (quantity.low, quantity.high) for name, quantity in QUANTITY.items()}
"""What `believable` asks, at a quarter of its price: this is done for every value that comes."""
_DECODER = msgspec.json.Decoder(_Telemetry | _Event)
_ENCODER = msgspec.json.Encoder(order="sorted")


class Unreadable(Exception):
    """A payload that is no entry of ours; says why and where in it."""


def encode(entry: Entry) -> bytes:
    """The payload of an entry. Equal entries give equal bytes."""
    origin = entry.origin
    common = {
        "machine": entry.key.machine,
        "gw": origin.gateway,
        "boot": entry.key.boot,
        "seq": entry.key.seq,
        "ts": origin.ts,
        "ts_dev": origin.ts_device,
        "src": _Source(origin.protocol, origin.generation),
    }
    return _ENCODER.encode(
        _telemetry(entry, common) if isinstance(entry, Sample) else _event(entry, common)
    )


def _telemetry(sample: Sample, common: dict[str, object]) -> _Telemetry:
    return _Telemetry(
        **common,  # type: ignore[arg-type]
        mode=sample.mode,
        phase=sample.phase,
        bypass=sample.bypass,
        v=dict(sample.values),
        q=dict(sample.quality),
    )


def _event(event: Event, common: dict[str, object]) -> _Event:
    return _Event(
        **common,  # type: ignore[arg-type]
        kind=event.kind,
        alarm=None if event.alarm is None else alarm_form(event.alarm),
        v=dict(event.values),
        text=event.text,
    )


def alarm_form(edge: AlarmEdge) -> AlarmForm:
    """An edge to be sent."""
    return AlarmForm(
        edge.code,
        edge.phase,
        edge.priority,
        edge.priority_from_machine,
        edge.state,
        edge.inactivation,
        edge.direction,
        edge.inferred,
        edge.value,
        edge.low,
        edge.high,
        edge.text,
    )


def decode(payload: bytes) -> Entry:
    """The entry of a payload. Raises Unreadable with the first fault and its place."""
    if len(payload) > LARGEST:
        raise Unreadable(f"{len(payload)} bytes, at most {LARGEST} are read")
    try:
        message = _DECODER.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    _refuse_strangers(message.v)
    key = Key(message.machine, message.boot, message.seq)
    origin = Origin(
        message.gw,
        message.src.proto,
        message.src.gen,
        _utc(message.ts),
        _utc_or_none(message.ts_dev),
    )
    if isinstance(message, _Telemetry):
        if unknown := message.q.keys() - QUANTITY.keys():
            raise Unreadable(f"$.q: unknown quantity {min(unknown)}")
        return Sample(
            key, origin, message.mode, message.phase, message.bypass, message.v, message.q
        )
    if (message.alarm is None) == (message.kind is EventKind.ALARM):
        raise Unreadable("$.alarm: there for alarms and for nothing else")
    return Event(
        key,
        origin,
        message.kind,
        None if message.alarm is None else edge_of(message.alarm),
        message.v,
        message.text,
    )


def _refuse_strangers(values: dict[str, float]) -> None:
    for name, value in values.items():
        bounds = _BOUNDS.get(name)
        if bounds is None:
            raise Unreadable(f"$.v: unknown quantity {name}")
        if not bounds[0] <= value <= bounds[1]:
            raise Unreadable(f"$.v.{name}: {value} is outside {bounds[0]} to {bounds[1]}")


def edge_of(alarm: AlarmForm) -> AlarmEdge:
    """The edge that was sent. Raises Unreadable for an alarm outside of the catalog."""
    if alarm.code not in ALARM_KIND:
        raise Unreadable(f"$.alarm.code: unknown alarm {alarm.code}")
    return AlarmEdge(
        alarm.code,
        alarm.phase,
        alarm.priority,
        alarm.from_machine,
        alarm.state,
        alarm.inactivation,
        alarm.direction,
        alarm.inferred,
        alarm.value,
        alarm.low,
        alarm.high,
        alarm.text,
    )


def digest(payload: bytes) -> str:
    """What tells a repeated message from a conflict: 32 hex digits over the content."""
    return blake2b(payload, digest_size=16).hexdigest()


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _utc_or_none(moment: datetime | None) -> datetime | None:
    return None if moment is None else _utc(moment)
