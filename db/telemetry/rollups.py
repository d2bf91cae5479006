"""Minute values: how many, least, most and sum of each quantity.

A minute is never added to but computed again from its samples, so that late and repeated data
come out right. Which ones must be is marked in the transaction that stores their samples.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from db.telemetry.codes import NAMES
from db.telemetry.rows import Place
from db.telemetry.tables import dirty, rollup, sample
from db.telemetry.upsert import inserting_many, many

MINUTE_MS = 60_000
SETTLES_MS = 65_000
"""A minute is computed this long after it was first marked: by then it is over."""
AT_ONCE = 20


def mark_dirty(connection: sa.Connection, places: Iterable[Place]) -> None:
    """New samples have been stored in these places."""
    minutes: dict[tuple[int, int], int] = {}
    for _, _, ts, machine_no, delay in places:
        minutes[machine_no, ts // MINUTE_MS] = ts + delay
    many(connection, _MARK, [(*at, marked) for at, marked in sorted(minutes.items())])


def roll_up(connection: sa.Connection, now: int, horizon: int) -> int:
    """Computes a few marked minutes; how many. What lies before `horizon`, where samples have
    been dropped, keeps the value it has."""
    due = connection.execute(
        sa.select(dirty.c.machine_no, dirty.c.minute)
        .where(dirty.c.marked <= now - SETTLES_MS)
        .order_by(dirty.c.machine_no, dirty.c.minute)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for machine_no, minute in due:
        at = {"machine": machine_no, "at": minute}
        connection.execute(_UNMARK, at)
        if minute * MINUTE_MS < horizon and connection.execute(_THERE, at).first():
            continue
        connection.execute(_FORGET, at)
        connection.execute(
            _COMPUTE, {**at, "first": minute * MINUTE_MS, "end": (minute + 1) * MINUTE_MS}
        )
    return len(due)


def _aggregates() -> list[sa.ColumnElement[int]]:
    found: list[sa.ColumnElement[int]] = []
    for name in NAMES:
        column = sample.c[name]
        found += [
            sa.func.count(column),
            sa.func.min(column),
            sa.func.max(column),
            sa.cast(sa.func.sum(column), sa.BigInteger()),
        ]
    return found


# Not "do nothing": in PostgreSQL the row must be held, or whoever is computing this minute without
# the new sample could take the mark away.
_MARK = (
    inserting_many(dirty, ("machine_no", "minute", "marked"))
    + " ON CONFLICT (machine_no, minute) DO UPDATE SET marked = dirty.marked"
)
_MACHINE, _AT = sa.bindparam("machine", type_=sa.Integer()), sa.bindparam("at", type_=sa.Integer())
_UNMARK = sa.delete(dirty).where(dirty.c.machine_no == _MACHINE, dirty.c.minute == _AT)
_THERE = sa.select(rollup.c.n).where(rollup.c.machine_no == _MACHINE, rollup.c.minute == _AT)
_FORGET = sa.delete(rollup).where(rollup.c.machine_no == _MACHINE, rollup.c.minute == _AT)
_COMPUTE = sa.insert(rollup).from_select(
    [column.name for column in rollup.columns],
    sa.select(_MACHINE, _AT, sa.func.count(), *_aggregates())
    .where(
        sample.c.machine_no == _MACHINE,
        sample.c.ts >= sa.bindparam("first", type_=sa.BigInteger()),
        sample.c.ts < sa.bindparam("end", type_=sa.BigInteger()),
    )
    .group_by(sample.c.machine_no),
)
"""A minute without samples leaves no row."""
