"""Entries as JSON and back. The schema is checked while it is read: an unknown quantity, a
value that no sensor can show, a number that is not one, are refused with the place.

Unknown fields are let through and dropped, so that an older ingest understands a newer
gateway; another major version is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import astuple
from xxhash import xxh3_128_digest

from domain.alarm import (
    ALARM_KIND,
    AlarmEdge,
    Direction,
    EdgePhase,
    Inactivation,
    MachineState,
    Priority,
)
from domain.quantity import BY_NAME, QUANTITY, Readings
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


_Values: type[msgspec.Struct] = msgspec.defstruct(
    "_Values",
    [
        (name, Annotated[float, msgspec.Meta(ge=QUANTITY[name].low, le=QUANTITY[name].high)], None)
        for name in BY_NAME
    ],
    forbid_unknown_fields=True,
    omit_defaults=True,
)
"""What `believable` asks, while reading: this is done for every value that comes. One that was not
said is `None`, which cannot be said."""


class _Source(msgspec.Struct):
    proto: str
    gen: Generation


class _Message(msgspec.Struct, tag_field="schema", omit_defaults=True, kw_only=True):
    machine: str
    gw: str
    boot: str
    seq: Seq
    ts: Moment
    ts_dev: Moment | None = None
    src: _Source


class _Telemetry(_Message, tag=TELEMETRY):
    mode: Mode | None = None
    phase: Phase | None = None
    bypass: bool | None = None
    v: _Values | UnsetType = UNSET  # type: ignore[valid-type]  # made when this is loaded
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
    v: _Values | UnsetType = UNSET  # type: ignore[valid-type]  # made when this is loaded
    text: Text = ""


class _Loose(msgspec.Struct):
    v: dict[str, float]


class _Protocol(msgspec.Struct):
    proto: Name


class _Names(msgspec.Struct):
    machine: Name
    gw: Name
    boot: Boot
    src: _Protocol


_DECODER = msgspec.json.Decoder(_Telemetry | _Event)
_LOOSE = msgspec.json.Decoder(_Loose)
_NOTHING = Readings((None,) * len(BY_NAME))
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
        v=_said(sample.values),
        q=dict(sample.quality),
    )


def _event(event: Event, common: dict[str, object]) -> _Event:
    return _Event(
        **common,  # type: ignore[arg-type]
        kind=event.kind,
        alarm=None if event.alarm is None else alarm_form(event.alarm),
        v=_said(event.values),
        text=event.text,
    )


def _said(values: Mapping[str, float]) -> msgspec.Struct | UnsetType:
    return _Values(**values) if values else UNSET


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
        raise Unreadable(_value_fault(payload, str(error)) or str(error)) from None
    machine, gateway, boot, protocol = _names(
        message.machine, message.gw, message.boot, message.src.proto
    )
    values = _NOTHING if message.v is UNSET else Readings(astuple(message.v))
    key = Key(machine, boot, message.seq)
    device = message.ts_dev and _utc(message.ts_dev)
    origin = Origin(gateway, protocol, message.src.gen, _utc(message.ts), device)
    if isinstance(message, _Telemetry):
        if message.q and (unknown := message.q.keys() - QUANTITY.keys()):
            raise Unreadable(f"$.q: unknown quantity {min(unknown)}")
        return Sample(key, origin, message.mode, message.phase, message.bypass, values, message.q)
    if (message.alarm is None) == (message.kind is EventKind.ALARM):
        raise Unreadable("$.alarm: there for alarms and for nothing else")
    return Event(
        key,
        origin,
        message.kind,
        None if message.alarm is None else edge_of(message.alarm),
        values,
        message.text,
    )


@lru_cache(maxsize=4096)
def _names(machine: str, gateway: str, boot: str, protocol: str) -> tuple[str, str, str, str]:
    """The same, if they are good. Those that were found good are remembered: there are few of them,
    to look at one costs as much as reading a message, and the same texts are found again sooner."""
    said = {"machine": machine, "gw": gateway, "boot": boot, "src": {"proto": protocol}}
    try:
        msgspec.convert(said, _Names)
    except msgspec.ValidationError as error:
        raise Unreadable(str(error)) from None
    return machine, gateway, boot, protocol


def _value_fault(payload: bytes, reason: str) -> str:
    """Which value is why nothing was taken; empty if it is not that."""
    if "`$.v" not in reason:
        return ""
    try:
        values = _LOOSE.decode(payload).v
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    for name, value in values.items():
        quantity = QUANTITY.get(name)
        if quantity is None:
            return f"$.v: unknown quantity {name}"
        if not quantity.believable(value):
            return f"$.v.{name}: {value} is outside {quantity.low} to {quantity.high}"
    return ""


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


def digest(payload: bytes) -> bytes:
    """What tells a repeated message from a conflict: 16 bytes over the content (XXH3). It guards
    against mistakes, not against a gateway that lies: such a one could send anything."""
    return xxh3_128_digest(payload)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
