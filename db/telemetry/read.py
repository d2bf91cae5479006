"""What screens ask of the telemetry: the present, a course, events, links, and the books.

Everything is found by a key or an index; nothing here reads all samples of a machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.telemetry.codes import SCALE, milliseconds, moment
from db.telemetry.connection import require_telemetry
from db.telemetry.rollups import MINUTE_MS
from db.telemetry.rows import event_of, sample_of
from db.telemetry.tables import (
    boot,
    event,
    gateway,
    latest,
    link,
    machine,
    origin,
    pulse,
    rollup,
    sample,
)
from domain.telemetry import Event, LinkCounters, LinkState, LinkStatus, Sample


@dataclass(frozen=True, slots=True)
class Stored:
    """A sample, and when ingest had it: its age is counted from there if the gateway's clock
    is not to be trusted."""

    sample: Sample
    received: datetime


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event, when ingest had it, and its number: events of a machine are stored in the order
    of their numbers, so that a reader can go on after the last one it has."""

    number: int
    event: Event
    received: datetime


@dataclass(frozen=True, slots=True)
class Point:
    """A quantity over a stretch that begins at `at`: `count` readings, 1 if it is a sample."""

    at: datetime
    low: float
    mean: float
    high: float
    count: int


@contextmanager
def reading(database: sa.Engine) -> Iterator[sa.Connection]:
    """One moment of the database, which cannot be written to. Raises DatabaseRefusal if it has
    another structure than the program."""
    require_telemetry(database)
    still = database.execution_options(clearshift_reading=True)
    if database.dialect.name == "postgresql":
        still = still.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with still.connect() as connection:
        yield connection


def latest_samples(connection: sa.Connection) -> tuple[Stored, ...]:
    """The present of every machine that ever spoke, in the order of their codes."""
    same = (
        (sample.c.boot_no == latest.c.boot_no)
        & (sample.c.seq == latest.c.seq)
        & (sample.c.ts == latest.c.ts)
    )
    rows = connection.execute(
        _with_names(sample).join_from(sample, latest, same).order_by(machine.c.code)
    )
    return tuple(_stored(row._mapping) for row in rows)


def samples(
    connection: sa.Connection, code: str, first: datetime, end: datetime
) -> tuple[Stored, ...]:
    """A machine's samples from `first` to before `end`, in the order of their moments."""
    rows = connection.execute(
        _with_names(sample)
        .where(*_within(connection, sample, code, first, end))
        .order_by(sample.c.ts, sample.c.boot_no, sample.c.seq)
    )
    return tuple(_stored(row._mapping) for row in rows)


def trend(
    connection: sa.Connection, code: str, quantity: str, first: datetime, end: datetime
) -> tuple[Point, ...]:
    """Every reading of a quantity from `first` to before `end`. Gaps are gaps."""
    column = sample.c[quantity]
    rows = connection.execute(
        sa.select(sample.c.ts, column.label("value"))
        .where(*_within(connection, sample, code, first, end), column.is_not(None))
        .order_by(sample.c.ts, sample.c.seq)
    )
    scale = SCALE[quantity]
    return tuple(
        Point(moment(row.ts), row.value / scale, row.value / scale, row.value / scale, 1)
        for row in rows
    )


def minute_trend(
    connection: sa.Connection, code: str, quantity: str, first: datetime, end: datetime
) -> tuple[Point, ...]:
    """The same by minutes: cheap over a whole treatment, and kept for years. The last one or
    two minutes are not computed yet."""
    parts = {part: rollup.c[f"{quantity}_{part}"] for part in ("n", "min", "max", "sum")}
    rows = connection.execute(
        sa.select(rollup.c.minute, *(column.label(part) for part, column in parts.items()))
        .where(
            rollup.c.machine_no == _number(code),
            rollup.c.minute >= -(-milliseconds(first) // MINUTE_MS),
            rollup.c.minute < -(-milliseconds(end) // MINUTE_MS),
            parts["n"] > 0,
        )
        .order_by(rollup.c.minute)
    )
    return tuple(_minute(row._mapping, SCALE[quantity]) for row in rows)


def events(
    connection: sa.Connection, code: str, first: datetime, end: datetime
) -> tuple[StoredEvent, ...]:
    """A machine's events from `first` to before `end`, in the order of their moments."""
    rows = connection.execute(
        _with_names(event)
        .where(*_within(connection, event, code, first, end))
        .order_by(event.c.ts, event.c.no)
    )
    return tuple(_stored_event(row._mapping) for row in rows)


def events_after(
    connection: sa.Connection, number: int, most: int = 500
) -> tuple[StoredEvent, ...]:
    """Events of all machines with a larger number than one that is known, the oldest first."""
    rows = connection.execute(
        _with_names(event).where(event.c.no > number).order_by(event.c.no).limit(most)
    )
    return tuple(_stored_event(row._mapping) for row in rows)


def links(connection: sa.Connection) -> tuple[LinkState, ...]:
    """Every link, once for each gateway that claims the machine. The links of a gateway that is
    dead in the boot they belong to are offline, whatever was said of them last."""
    rows = connection.execute(
        sa.select(link, machine.c.code, gateway.c.online, gateway.c.boot.label("life"))
        .join(machine, machine.c.no == link.c.machine_no)
        .outerjoin(gateway, gateway.c.name == link.c.gateway)
        .order_by(machine.c.code, link.c.noted.desc())
    )
    return tuple(_link(row._mapping) for row in rows)


def pulses(connection: sa.Connection) -> dict[str, datetime]:
    """When each ingest was last known to live and be able to write."""
    return {row.ingest: moment(row.at) for row in connection.execute(sa.select(pulse))}


def _number(code: str) -> sa.ScalarSelect[Any]:
    return sa.select(machine.c.no).where(machine.c.code == code).scalar_subquery()


def _within(
    connection: sa.Connection, table: sa.Table, code: str, first: datetime, end: datetime
) -> tuple[sa.ColumnElement[bool], ...]:
    number = connection.scalar(sa.select(machine.c.no).where(machine.c.code == code))
    return (
        table.c.machine_no == (-1 if number is None else number),
        table.c.ts >= milliseconds(first),
        table.c.ts < milliseconds(end),
    )


def _with_names(table: sa.Table) -> sa.Select[Any]:
    names = (
        machine.c.code.label("machine"),
        boot.c.boot.label("boot"),
        origin.c.gateway,
        origin.c.protocol,
        origin.c.generation,
    )
    return (
        sa.select(table, *names)
        .join_from(table, machine, machine.c.no == table.c.machine_no)
        .join(boot, boot.c.no == table.c.boot_no)
        .join(origin, origin.c.no == table.c.origin_no)
    )


def _stored(row: sa.RowMapping) -> Stored:
    return Stored(sample_of(row), moment(row["ts"] + row["delay_ms"]))


def _stored_event(row: sa.RowMapping) -> StoredEvent:
    return StoredEvent(row["no"], event_of(row), moment(row["ts"] + row["delay_ms"]))


def _minute(row: sa.RowMapping, scale: int) -> Point:
    mean = row["sum"] / row["n"] / scale
    at = moment(row["minute"] * MINUTE_MS)
    return Point(at, row["min"] / scale, mean, row["max"] / scale, row["n"])


def _link(row: sa.RowMapping) -> LinkState:
    dead = row["online"] == 0 and row["life"] == row["boot"]
    last = row["last_good"]
    return LinkState(
        row["code"],
        row["gateway"],
        row["boot"],
        LinkStatus.OFFLINE if dead else LinkStatus(row["status"]),
        moment(row["since"]),
        None if last is None else moment(last),
        LinkCounters(**json.loads(row["counters"])),
    )
