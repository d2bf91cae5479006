"""Forgetting what was kept long enough, in pieces of a few milliseconds.

A sample goes when both clocks say that it is old: a gateway whose clock stands in another year
does not make us forget what came today. Minute values, events and conflicts stay.
"""

from __future__ import annotations

import sqlalchemy as sa

from db.telemetry.tables import machine, sample

AT_ONCE = 400


def machine_numbers(connection: sa.Connection) -> list[int]:
    """Of every machine that ever spoke."""
    return list(connection.scalars(sa.select(machine.c.no).order_by(machine.c.no)))


def drop_samples(connection: sa.Connection, table: sa.Table, number: int, before: int) -> int:
    """Drops a few of one machine's samples from before a moment in milliseconds; how many."""
    old = connection.execute(
        sa.select(table.c.boot_no, table.c.seq, table.c.ts)
        .where(
            table.c.machine_no == number,
            table.c.ts < before,
            table.c.ts + table.c.delay_ms < before,
        )
        .order_by(table.c.ts)
        .limit(AT_ONCE)
    ).all()
    if old:
        gone = sa.delete(table).where(
            table.c.boot_no == sa.bindparam("b"),
            table.c.seq == sa.bindparam("s"),
            table.c.ts == sa.bindparam("t"),
        )
        connection.execute(gone, [{"b": b, "s": s, "t": t} for b, s, t in old])
    return len(old)


REST = sa.Table("sample_rest", sa.MetaData(), *(column._copy() for column in sample.columns))
"""In PostgreSQL, the samples of no month; the months are dropped whole."""
