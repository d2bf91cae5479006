"""Moments of a wall as tests say them: two machines, one alarm, seconds after a quarter past
nine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from clearshift.i18n import speaker
from dashboard.wall.floor import FloorPlan
from dashboard.watching import Seen
from db.sheets.edition import Voice
from domain.alarm import Direction, Priority
from domain.alarm_life import AlarmLife, raised
from domain.board import STALE_PERIODS, Watched, board
from domain.fleet import onsets, patterns
from domain.telemetry import (
    Generation,
    Key,
    LinkState,
    LinkStatus,
    Origin,
    Phase,
    Sample,
    Validity,
)
from domain.words import Label
from tests.domain.alarms import BOOT_A, edge, told

NOW = datetime(2026, 3, 2, 1, 15, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
EN, ZH = Voice("en", speaker("en", 2026)), Voice("zh", speaker("zh", 2026))
FLOOR = FloorPlan((Label("East", "东区"),), {"A01": (0, 0), "A02": (0, 1)})
PACE = 1.0
VALUES = {
    "time_remaining_min": 82.2,
    "arterial_pressure_mmhg": -150.0,
    "venous_pressure_mmhg": 128.0,
    "tmp_mmhg": 88.0,
    "dialysate_cond_ms_cm": 14.02,
    "dialysate_temp_c": 36.5,
    "uf_volume_ml": 1240.0,
    "uf_target_ml": 2500.0,
}


def heard(
    machine: str = "HD-1",
    seconds: float = 1.0,
    *alarms: AlarmLife,
    station: str = "A01",
    phase: Phase | None = Phase.TREATMENT,
    status: LinkStatus = LinkStatus.ONLINE,
    values: dict[str, float] | None = None,
    quality: dict[str, Validity] | None = None,
    generation: Generation = Generation.REAL,
) -> Watched:
    """A machine that was heard so long ago."""
    at = NOW - timedelta(seconds=seconds)
    origin = Origin("gw", "jsdt3", generation, at)
    said = VALUES if values is None else values
    sample = Sample(Key(machine, BOOT_A, 1), origin, None, phase, False, said, quality or {})
    link = LinkState(machine, "gw", BOOT_A, status, NOW, at)
    return Watched(machine, PACE, sample, at, (link,), alarms, station)


def alarm(
    machine: str = "HD-1", minutes: float = 2.5, number: int = 1, code: str = "venous_pressure"
) -> AlarmLife:
    """A high alarm that began so long ago and that nobody has seen."""
    life = raised(machine, number, edge(code=code), told(1), Generation.REAL)
    return replace(life, began=NOW - timedelta(minutes=minutes), direction=Direction.LOW)


def less(life: AlarmLife, priority: Priority) -> AlarmLife:
    """The same with another priority."""
    return replace(life, priority=priority)


def seen(*rows: Watched, silence: float | None = 0.5, behind: bool = False) -> Seen:
    """The board of these machines."""
    lives = [life for row in rows for life in row.alarms]
    return Seen(
        NOW,
        SHANGHAI,
        board(rows, NOW),
        patterns(onsets(lives)),
        None if silence is None else timedelta(seconds=silence),
        behind,
        {row.machine: STALE_PERIODS * timedelta(seconds=row.pace) for row in rows},
    )
