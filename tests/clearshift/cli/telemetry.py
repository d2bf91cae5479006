"""A telemetry database for tests of commands: machines that spoke some seconds ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from db.telemetry.store import TelemetryStore
from domain.alarm import AlarmEdge, Direction, EdgePhase, Priority
from domain.telemetry import (
    Arrival,
    Entry,
    Event,
    EventKind,
    Generation,
    Key,
    LinkState,
    LinkStatus,
    Mode,
    Origin,
    Phase,
    Sample,
)

BOOT = "a" * 32
VALUES = {
    "venous_pressure_mmhg": 128.0, "uf_volume_ml": 1030.0, "uf_target_ml": 3000.0,
    "dialysate_cond_ms_cm": 14.02, "dialysate_temp_c": 36.5, "time_remaining_min": 145.0,
}  # fmt: skip


def _origin(seconds_ago: float) -> Origin:
    now = datetime.now(UTC)
    return Origin("gw", "jsdt3", Generation.TEST, now - timedelta(seconds=seconds_ago))


def sample(machine: str, seq: int, seconds_ago: float) -> Sample:
    key = Key(machine, BOOT, seq)
    return Sample(key, _origin(seconds_ago), Mode.TREATMENT, Phase.TREATMENT, False, VALUES)


def alarm(machine: str, seq: int, seconds_ago: float, code: str = "venous_pressure") -> Event:
    edge = AlarmEdge(code, EdgePhase.START, Priority.HIGH, False, direction=Direction.HIGH)
    return Event(Key(machine, BOOT, seq), _origin(seconds_ago), EventKind.ALARM, edge)


def phase(machine: str, seq: int, seconds_ago: float, value: Phase) -> Event:
    origin = _origin(seconds_ago)
    return Event(Key(machine, BOOT, seq), origin, EventKind.PHASE, text=value.value)


def spoke(
    entries: Sequence[Entry],
    status: LinkStatus = LinkStatus.ONLINE,
    beat: float | None = 0.0,
    url: str = "sqlite:///telemetry.db",
) -> None:
    """Stores what machines said, as ingest would have the moment it was said."""
    engine, now = open_telemetry(url), datetime.now(UTC)
    upgrade(engine)
    machines = frozenset(entry.key.machine for entry in entries)
    store = TelemetryStore(engine, lambda: machines)
    store.settle([_arrival(entry) for entry in entries], [])
    links = [LinkState(one, "gw", BOOT, status, now, now) for one in sorted(machines)]
    store.note(now, links, [])
    if beat is not None:
        store.beat("main", now - timedelta(seconds=beat))
    engine.dispose()


def _arrival(entry: Entry) -> Arrival:
    payload = repr(entry).encode()
    return Arrival(entry, entry.origin.ts, blake2b(payload, digest_size=16).digest(), payload)
