"""The months of samples in PostgreSQL: made ahead, dropped whole when they are too old.

A sample whose clock is so wrong that its month is not there lies in the rest, and moves into
the month if that is made later. Locks are waited for briefly: who reads is not held up, nor is
the writer; the next time will do.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import sqlalchemy as sa

from db.telemetry.codes import milliseconds

_WAIT = "SET LOCAL lock_timeout = '50ms'"
_ALONE = "LOCK TABLE sample IN SHARE ROW EXCLUSIVE MODE"
"""Writers wait, readers do not: another ingest's sample of the month would else go to the rest
after its move, and be refused there, or keep the month from being attached."""
_NAME = re.compile(r"sample_y(\d{4})m(\d{2})")
_MONTHS = 12


def make_month(connection: sa.Connection, now: datetime, ahead: int) -> bool:
    """The partition of the month that is `ahead` of this one. False if it was there."""
    first = _month(now.year, now.month + ahead)
    name = f"sample_y{first.year:04}m{first.month:02}"
    if name in _there(connection):
        return False
    start, end = milliseconds(first), milliseconds(_month(first.year, first.month + 1))
    for step in (
        _WAIT,
        _ALONE,
        f"CREATE TABLE {name} (LIKE sample INCLUDING ALL)",
        f"WITH moved AS (DELETE FROM sample_rest WHERE ts >= {start} AND ts < {end} RETURNING *)"
        f" INSERT INTO {name} SELECT * FROM moved",
        f"ALTER TABLE sample ATTACH PARTITION {name} FOR VALUES FROM ({start}) TO ({end})",
    ):
        connection.exec_driver_sql(step)
    return True


def drop_month(connection: sa.Connection, before: int) -> bool:
    """Drops the oldest month that ended before a moment in milliseconds. False if there is none."""
    for name in sorted(_there(connection)):
        if found := _NAME.fullmatch(name):
            end = _month(int(found[1]), int(found[2]) + 1)
            if milliseconds(end) <= before:
                connection.exec_driver_sql(_WAIT)
                connection.exec_driver_sql(f"DROP TABLE {name}")
                return True
    return False


def _month(year: int, month: int) -> datetime:
    """Its beginning; a month past the twelfth is one of the next year."""
    return datetime(year + (month - 1) // _MONTHS, (month - 1) % _MONTHS + 1, 1, tzinfo=UTC)


def _there(connection: sa.Connection) -> set[str]:
    rows = connection.exec_driver_sql(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'sample'::regclass"
    )
    return {row[0] for row in rows}
