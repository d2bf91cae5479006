"""The smallest world of telemetry: two machines, one gateway, a minute in March."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from domain.alarm import AlarmEdge, EdgePhase, Priority
from domain.telemetry import (
    Arrival,
    Entry,
    Event,
    EventKind,
    Generation,
    Key,
    Mode,
    Origin,
    Phase,
    Quarantined,
    Sample,
    Validity,
)

MACHINES = frozenset({"HD-1", "HD-2"})
BOOT, LATER_BOOT = "a" * 32, "b" * 32
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
VALUES = {"venous_pressure_mmhg": 128.0, "dialysate_cond_ms_cm": 14.02}


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def origin(seconds: float, gateway: str = "gw") -> Origin:
    return Origin(gateway, "jsdt3", Generation.TEST, at(seconds))


def sample(
    seq: int, machine: str = "HD-1", boot: str = BOOT, seconds: float | None = None, **values: float
) -> Sample:
    """A sample that was taken `seq` seconds after the start, if not said otherwise."""
    moment = origin(seq if seconds is None else seconds)
    return Sample(
        Key(machine, boot, seq),
        moment,
        Mode.TREATMENT,
        Phase.TREATMENT,
        bypass=False,
        values=values or VALUES,
        quality={"arterial_pressure_mmhg": Validity.NOT_AVAILABLE},
    )


def alarm(seq: int, machine: str = "HD-1", boot: str = BOOT) -> Event:
    edge = AlarmEdge(
        "venous_pressure", EdgePhase.START, Priority.HIGH, True, value=310.0, text="P_ven"
    )
    return Event(Key(machine, boot, seq), origin(seq), EventKind.ALARM, edge)


def arrive(entry: Entry, content: str = "", late: float = 1.0) -> Arrival:
    """As ingest would have it; other `content` is another payload under the same key."""
    payload = f"{entry.key} {content}".encode()
    return Arrival(entry, entry.origin.ts + timedelta(seconds=late), digest(payload), payload)


def aside(seq: int | None, machine: str = "HD-9", content: str = "?") -> Quarantined:
    """A message put aside, with a number or without."""
    payload = f"{machine} {seq} {content}".encode("utf-8", "surrogatepass")
    key = None if seq is None else Key(machine, BOOT, seq)
    return Quarantined("topic", payload, "because", at(1), machine, key, "gw", digest(payload))


def digest(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=16).digest()
