"""Half an hour of each machine's pressures as small lines: means of minutes, gaps as gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.wall.tiles import VALUES
from db.telemetry.glance import Course

LASTING = timedelta(minutes=30)
POINTS = 30
LINES = ("art", "ven", "tmp")
QUANTITIES = tuple(VALUES[line] for line in LINES)


@dataclass(frozen=True, slots=True)
class Sparks:
    """`end` is the minute after the last one, counted since 1970; `lines` are of each machine
    its three courses, one number for each of the last thirty minutes."""

    end: int
    lines: Mapping[str, tuple[tuple[int | None, ...], ...]]


def sparks(means: Mapping[str, Mapping[str, Course]], now: datetime) -> Sparks:
    """The minutes before `now`; a minute without readings is none."""
    end = int(now.timestamp() // 60)
    return Sparks(
        end,
        {
            machine: tuple(_line(courses.get(name, {}), end) for name in QUANTITIES)
            for machine, courses in means.items()
        },
    )


def _line(course: Course, end: int) -> tuple[int | None, ...]:
    found = (course.get(minute) for minute in range(end - POINTS, end))
    return tuple(None if mean is None else round(mean) for mean in found)
