"""What a screen that is never closed asks again and again: made to cost next to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from db.telemetry.codes import SCALE, milliseconds, moment
from db.telemetry.rollups import MINUTE_MS
from db.telemetry.tables import boot, event, machine, rollup

Course = Mapping[int, float]
"""Means of a quantity by minute, counted since 1970; a minute without readings is not there."""


def newest_event(connection: sa.Connection) -> int:
    """The number of the newest event that is stored, 0 if there is none."""
    return int(connection.scalar(sa.select(sa.func.max(event.c.no))) or 0)


def minute_means(
    connection: sa.Connection, quantities: Sequence[str], first: datetime, end: datetime
) -> dict[str, dict[str, Course]]:
    """What minutes from `first` to before `end` were like, by machine and quantity; one
    question for all machines. The last one or two minutes are not computed yet."""
    parts = [rollup.c[f"{name}_{part}"] for name in quantities for part in ("n", "sum")]
    rows = connection.execute(
        sa.select(machine.c.code, rollup.c.minute, *parts)
        .join_from(machine, rollup, rollup.c.machine_no == machine.c.no)
        .where(
            rollup.c.minute >= -(-milliseconds(first) // MINUTE_MS),
            rollup.c.minute < -(-milliseconds(end) // MINUTE_MS),
        )
        .order_by(machine.c.no, rollup.c.minute)
    )
    found: dict[str, dict[str, dict[int, float]]] = defaultdict(dict)
    for code, minute, *values in rows:
        for name, count, total in zip(quantities, values[::2], values[1::2], strict=True):
            if count:
                mean = total / count / SCALE[name]
                found[code].setdefault(name, {})[minute] = mean
    return {code: dict(courses) for code, courses in found.items()}


def boots_began(connection: sa.Connection, code: str) -> dict[str, datetime]:
    """When each life of a gateway was first heard of, as far as a machine's entries tell."""
    rows = connection.execute(
        sa.select(boot.c.boot, boot.c.first_seen)
        .join(machine, machine.c.no == boot.c.machine_no)
        .where(machine.c.code == code)
    )
    return {row.boot: moment(row.first_seen) for row in rows}
