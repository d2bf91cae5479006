"""Short ways to let machines and people speak in a test's database."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from db.care.alarms import open_alarms, take
from db.connection import reading, writing
from domain.alarm_life import AlarmLife
from domain.telemetry import Event

CENTER = "HC"


def hear(engine: sa.Engine, events: Iterable[Event], position: int | None = None) -> int:
    """Takes events in a transaction of their own; returns how many alarms changed."""
    with writing(engine) as session:
        return len(take(session, CENTER, tuple(events), position))


def alarms(engine: sa.Engine) -> tuple[AlarmLife, ...]:
    """The open alarms."""
    with reading(engine) as session:
        return open_alarms(session, CENTER)
