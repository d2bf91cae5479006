"""The computer's clock; everything below the command line is handed the time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.center import Center


def now_at(center: Center) -> datetime:
    """This moment by the center's clock, with its time zone."""
    return datetime.now(ZoneInfo(center.timezone))
