"""What is known of a center's machines at one moment, from the telemetry and from the center's
database together; for screens, which show it, and never for storing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.care.alarm_rows import load_book
from db.care.alarms import alarms_since, open_alarms, taken_position
from db.care.follow import by_wire
from db.connection import reading as reading_center
from db.load import load_register
from db.opening import is_absent, open_database
from db.telemetry.clocks import clock_offsets
from db.telemetry.connection import open_telemetry
from db.telemetry.read import Stored, events_after, latest_samples, links, pulses
from db.telemetry.read import reading as reading_telemetry
from db.telemetry.registered import center_of
from domain.alarm_book import AlarmBook, taken
from domain.alarm_life import AlarmLife, link_back, link_lost
from domain.register import Register
from domain.telemetry import Event, LinkState, Sample

RECENT = timedelta(minutes=30)
"""Alarms that began within this are there also if they are closed: for common causes."""
MOST_EVENTS = 5_000
"""Events taken in memory, where nobody has taken them into the center's database."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The two databases, opened. `center` is missing where there is no center's database: then
    only machines that have spoken are known."""

    telemetry: sa.Engine
    database: sa.Engine
    center: str | None


@dataclass(frozen=True, slots=True)
class Newest:
    """A machine's newest sample, and when that was by our clock: what was spooled is as old as
    it is, however late it came."""

    sample: Sample
    at: datetime


@dataclass(frozen=True, slots=True)
class Present:
    """Everything at one moment. `beat` is when an ingest was last known to live; `behind`:
    there are more events than were looked at, so that alarms are not complete."""

    register: Register | None
    newest: tuple[Newest, ...]
    links: tuple[LinkState, ...]
    alarms: tuple[AlarmLife, ...]
    beat: datetime | None
    behind: bool


def open_sources(telemetry: str, database: str, name: str) -> Sources:
    """The databases at two URLs; `name` is what topics call the center. Raises
    DatabaseRefusal."""
    center = open_database(database)
    found = None if is_absent(center) else center_of(center, name)
    return Sources(open_telemetry(telemetry), center, found)


def present(here: Sources, now: datetime, known: Register | None = None) -> Present:
    """What is known now; with a register that is `known` it is not read again. Raises
    DatabaseRefusal if a database cannot be read."""
    with _center(here) as session:
        register, position = known, 0
        if session is not None and here.center is not None:
            register = known or load_register(session, here.center)
            position = taken_position(session, here.center)
        with reading_telemetry(here.telemetry) as connection:
            samples, wires = latest_samples(connection), links(connection)
            offsets, beats = clock_offsets(connection), pulses(connection)
            stored = events_after(connection, position, MOST_EVENTS)
        events = [one.event for one in stored]
        lives = _lives(session, here.center, events, now)
    return Present(
        register,
        tuple(_newest(one, offsets) for one in samples),
        wires,
        _heard(lives, wires, now),
        max(beats.values(), default=None),
        len(stored) == MOST_EVENTS,
    )


@contextmanager
def _center(here: Sources) -> Iterator[Session | None]:
    if here.center is None:
        yield None
        return
    with reading_center(here.database) as session:
        yield session


def _newest(stored: Stored, offsets: dict[tuple[str, str], timedelta]) -> Newest:
    key = stored.sample.key
    offset = offsets.get((key.machine, key.boot), timedelta())
    return Newest(stored.sample, min(stored.sample.origin.ts + offset, stored.received))


def _lives(
    session: Session | None, center: str | None, events: Sequence[Event], now: datetime
) -> tuple[AlarmLife, ...]:
    """Alarms as stored, and what has been said since."""
    book, stored = AlarmBook(), tuple[AlarmLife, ...]()
    if session is not None and center is not None:
        keys = {(one.key.machine, one.key.boot, one.key.seq) for one in events}
        book = load_book(session, center, {one.key.machine for one in events}, keys)
        stored = (*alarms_since(session, center, now - RECENT), *open_alarms(session, center))
    current = {(life.machine, life.number): life for life in stored}
    for life in taken(book, events).lives.values():
        current[life.machine, life.number] = life
    return tuple(current.values())


def _heard(
    lives: Sequence[AlarmLife], wires: Sequence[LinkState], now: datetime
) -> tuple[AlarmLife, ...]:
    """Unknown where the gateway is dead, which it cannot say itself."""
    dead, alive = by_wire(wires)
    return tuple(
        link_back(life, now) if life.machine in alive and life.open
        else link_lost(life, now) if life.machine in dead and life.open
        else life
        for life in lives
    )  # fmt: skip
