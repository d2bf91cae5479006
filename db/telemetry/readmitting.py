"""Storing after all what was put aside because the center did not have the machine: under its
own key, so that the books only change columns, and with the moment at which it first came.

A key that is in conflict stays where it is: nobody knows which of its sides is true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from db.telemetry.books import Book, Opening, Pair, close_books, open_books
from db.telemetry.codes import moment
from db.telemetry.keeping import keep_entries
from db.telemetry.numbering import Numbering, OriginName, origin_name
from db.telemetry.quarantining import release, renamed
from db.telemetry.rows import Placed, place_of
from db.telemetry.tables import boot, conflict, quarantine
from domain.telemetry import UNREGISTERED, Arrival, Event, Key, Quarantined, Sample

Numbers = tuple[int, Mapping[str, int], Mapping[OriginName, int]]


def waiting(connection: sa.Connection, machine: str, most: int) -> tuple[Quarantined, ...]:
    """The oldest of them; their gateways are not told."""
    rows = connection.execute(
        sa.select(quarantine, boot.c.boot.label("boot"))
        .join(boot, boot.c.no == quarantine.c.boot_no)
        .where(
            quarantine.c.machine == machine,
            quarantine.c.reason == UNREGISTERED,
            ~_torn(quarantine.c.boot_no, quarantine.c.seq),
        )
        .order_by(quarantine.c.no)
        .limit(most)
    )
    return tuple(_read(row) for row in rows)


def readmit(
    connection: sa.Connection,
    numbering: Numbering,
    arrivals: Sequence[Arrival],
    refused: Sequence[Quarantined],
) -> Numbers:
    """How many were stored, and the numbers that hold once the caller has committed. Whoever
    was faster, or what has been dropped since, is left out."""
    keys = [one.entry.key for one in arrivals] + [one.key for one in refused if one.key]
    machines = numbering.machines_of(connection, {key.machine for key in keys})
    origins = numbering.origins_of(connection, {origin_name(one.entry.origin) for one in arrivals})
    first = {(one.entry.key.machine, one.entry.key.boot): _opening(one) for one in arrivals}
    books = open_books(connection, machines, first)
    there = [one for one in arrivals if _release(connection, books, one.entry.key)]
    _store(connection, there, books, origins)
    close_books(connection, books.values())
    renamed(connection, refused)
    return len(there), machines, origins


def _release(connection: sa.Connection, books: Mapping[Pair, Book], key: Key) -> bool:
    """Takes it out of quarantine; false if it is not there, or in conflict."""
    book = books[key.machine, key.boot]
    taken = release(connection, book.no, key, ~_torn(sa.literal(book.no), sa.literal(key.seq)))
    book.quarantined -= taken
    return taken > 0


def _store(
    connection: sa.Connection,
    arrivals: Iterable[Arrival],
    books: Mapping[Pair, Book],
    origins: Mapping[OriginName, int],
) -> None:
    samples: list[Placed[Sample]] = []
    events: list[Placed[Event]] = []
    for one in arrivals:
        entry = one.entry
        book = books[entry.key.machine, entry.key.boot]
        place, origin_no = place_of(one, book.no, book.machine_no), origins[_name(one)]
        book.took(place[2], place[4])
        match entry:
            case Sample():
                samples.append((place, entry, origin_no, one.digest))
            case Event():
                events.append((place, entry, origin_no, one.digest))
    keep_entries(connection, samples, events)


def _torn(boot_no: sa.ColumnElement[int], seq: sa.ColumnElement[int]) -> sa.Exists:
    """Whether a key is in conflict."""
    return sa.exists().where(conflict.c.boot_no == boot_no, conflict.c.seq == seq)


def _opening(arrival: Arrival) -> Opening:
    return Opening(arrival.entry.origin.gateway, arrival.received)


def _name(arrival: Arrival) -> OriginName:
    return origin_name(arrival.entry.origin)


def _read(row: sa.Row[tuple[object, ...]]) -> Quarantined:
    return Quarantined(
        row.topic,
        row.payload,
        row.reason,
        moment(row.first_seen),
        row.machine,
        Key(row.machine, row.boot, row.seq),
        digest=row.digest,
    )
