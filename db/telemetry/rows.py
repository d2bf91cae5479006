"""Samples and events as rows, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from operator import add
from typing import Any, TypeVar

import sqlalchemy as sa

from db.telemetry.codes import (
    MODE_OF_CODE,
    MODES,
    PHASE_OF_CODE,
    PHASES,
    milliseconds,
    moment,
    packed_quality,
    packed_values,
    quality_of,
    values_of,
)
from db.telemetry.upsert import NULL
from domain.alarm import (
    AlarmEdge,
    Direction,
    EdgePhase,
    Inactivation,
    MachineState,
    Priority,
)
from domain.quantity import BY_NAME
from domain.telemetry import (
    Arrival,
    Event,
    EventKind,
    Generation,
    Key,
    Origin,
    Sample,
)

Row = sa.RowMapping

Place = tuple[int, int, int, int, int]
"""Number of the boot, number in it, the gateway's clock, number of the machine, and how long it
took from the gateway's clock to ours; times in milliseconds."""
PLACE_COLUMNS = ("boot_no", "seq", "ts", "machine_no", "delay_ms")
SAMPLE_COLUMNS = (
    *PLACE_COLUMNS,
    "ts_device",
    "origin_no",
    "mode",
    "phase",
    "bypass",
    "quality",
    "digest",
    *BY_NAME,
)


_T = TypeVar("_T")
Placed = tuple[Place, _T, int, bytes]
"""A new entry with its place, the number of its origin, and its digest."""

_received = lru_cache(maxsize=16)(milliseconds)
"""What came at once came at one moment."""


def place_of(arrival: Arrival, boot_no: int, machine_no: int) -> Place:
    """Where an arrival stands, and how long it took."""
    entry, received, _, _ = arrival
    ts = milliseconds(entry.origin.ts)
    return (boot_no, entry.key.seq, ts, machine_no, _received(received) - ts)


def sample_rows(kept: Sequence[Placed[Sample]]) -> Iterator[tuple[object, ...]]:
    """In the order of `SAMPLE_COLUMNS`, for `many`."""
    values = packed_values((sample.values for _, sample, _, _ in kept), NULL)
    return map(add, map(_head, kept), values)


def _head(one: Placed[Sample]) -> tuple[object, ...]:
    """All columns but the values."""
    place, sample, origin_no, digest = one
    _, (_, _, _, _, device), mode, phase, bypass, _, quality = sample
    return (
        *place,
        NULL if device is None else milliseconds(device),
        origin_no,
        NULL if mode is None else MODES[mode],
        NULL if phase is None else PHASES[phase],
        NULL if bypass is None else int(bypass),
        packed_quality(quality) if quality else NULL,
        bytearray(digest),  # as fast as NULL, for the same reason
    )


def event_row(one: Placed[Event]) -> dict[str, object]:
    """The columns of an event, but for its number."""
    place, event, origin_no, digest = one
    device = event.origin.ts_device
    content = {"values": dict(event.values)} | (
        {} if event.alarm is None else {"alarm": asdict(event.alarm)}
    )
    return {
        **dict(zip(PLACE_COLUMNS, place, strict=True)),
        "ts_device": None if device is None else milliseconds(device),
        "origin_no": origin_no,
        "kind": event.kind.value,
        "alarm": None if event.alarm is None else event.alarm.code,
        "said": event.text,
        "content": json.dumps(content, separators=(",", ":")),
        "digest": digest,
    }


def sample_of(row: Row) -> Sample:
    """A row that also has `machine`, `boot`, `gateway`, `protocol` and `generation`."""
    return Sample(
        key_of(row),
        _origin(row),
        None if row["mode"] is None else MODE_OF_CODE[row["mode"]],
        None if row["phase"] is None else PHASE_OF_CODE[row["phase"]],
        None if row["bypass"] is None else bool(row["bypass"]),
        values_of([row[name] for name in BY_NAME]),
        quality_of(row["quality"]),
    )


def event_of(row: Row) -> Event:
    """As `sample_of`."""
    content = json.loads(row["content"])
    edge = content.get("alarm")
    return Event(
        key_of(row),
        _origin(row),
        EventKind(row["kind"]),
        None if edge is None else _edge(edge),
        content["values"],
        row["said"],
    )


def key_of(row: Row) -> Key:
    """The key of a row with `machine` and `boot`."""
    return Key(row["machine"], row["boot"], row["seq"])


def _origin(row: Row) -> Origin:
    device = row["ts_device"]
    return Origin(
        row["gateway"],
        row["protocol"],
        Generation(row["generation"]),
        moment(row["ts"]),
        None if device is None else moment(device),
    )


def _edge(stored: Mapping[str, Any]) -> AlarmEdge:
    direction = stored["direction"]
    return AlarmEdge(
        **{
            **stored,
            "phase": EdgePhase(stored["phase"]),
            "priority": Priority(stored["priority"]),
            "state": MachineState(stored["state"]),
            "inactivation": Inactivation(stored["inactivation"]),
            "direction": None if direction is None else Direction(direction),
        }
    )
