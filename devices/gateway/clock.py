"""The gateway's two clocks, handed to everything that needs one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` are seconds that never jump, for every wait; `at` is the time of day in UTC, for
    what is written down."""

    now: Callable[[], float] = time.monotonic
    at: Callable[[], datetime] = _utc
