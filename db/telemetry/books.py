"""The books of every boot: which numbers are settled, and as what.

A transaction opens the books it needs, and nobody else has them open until it ends: SQLite has
one writer at a time, in PostgreSQL the rows of the machines are locked in the order of their
numbers. So two ingests on one database settle every number exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.telemetry.codes import milliseconds
from db.telemetry.lost import reach
from db.telemetry.tables import boot, machine
from db.telemetry.tally import Tally
from db.telemetry.upsert import found, if_absent, many
from domain.telemetry import Watermark

Pair = tuple[str, str]


@dataclass(slots=True)
class Book:
    """One machine and boot, for the length of a transaction. `given` is the last number that
    its gateway says to have given, `held_from` the first one that it may still hold, `gone` if
    it holds none; `offset` in milliseconds, the gateway's clock to ours. `held_from` and `gone`
    are not written back with the rest: `spools` does."""

    no: int
    machine_no: int
    key: Pair
    tally: Tally
    quarantined: int
    conflicts: int
    given: int
    offset: int | None
    seen: int
    held_from: int
    gone: bool

    def met(self, at: int) -> None:
        """Something of this boot came at a moment in milliseconds."""
        self.seen = max(self.seen, at)

    def took(self, sent: int, delay: int) -> None:
        """Something was sent at a moment of the gateway's clock, and so long on its way by ours."""
        self.met(sent + delay)
        if self.offset is None or delay < self.offset:
            self.offset = delay

    @property
    def watermark(self) -> Watermark:
        """Up to where nothing is to come; 0 if the first number is."""
        return Watermark(*self.key, reach(self.tally, self.held_from))


@dataclass(frozen=True, slots=True)
class Opening:
    """What a book is begun with, if it is a new one."""

    gateway: str
    received: datetime


def open_books(
    connection: sa.Connection, machines: Mapping[str, int], first: Mapping[Pair, Opening]
) -> dict[Pair, Book]:
    """The books by machine and boot, locked; those of new boots are begun, in the order in
    which they were met."""
    if not first:
        return {}
    _lock(connection, {machines[code] for code, _ in first})
    books = _load(connection, machines, first)
    if missing := [pair for pair in first if pair not in books]:
        begun = [_begun(machines[pair[0]], pair[1], first[pair]) for pair in missing]
        connection.execute(_BEGIN, begun)
        books = _load(connection, machines, first)
    return books


def close_books(connection: sa.Connection, books: Iterable[Book]) -> None:
    """Writes them back."""
    many(connection, _SAVE, [_saved(book) for book in books])


def _lock(connection: sa.Connection, numbers: set[int]) -> None:
    if connection.dialect.name == "postgresql":
        rows = sa.select(machine.c.no).where(machine.c.no.in_(sorted(numbers)))
        connection.execute(rows.order_by(machine.c.no).with_for_update()).all()


_WANTED = (
    "SELECT no, machine_no, boot, settled, islands, quarantined, conflicts, given, offset_ms,"
    " last_seen, held_from, gone FROM boot WHERE machine_no IN ({}) AND boot IN ({})"
)
"""In the order in which a `Book` has them."""


def _load(
    connection: sa.Connection, machines: Mapping[str, int], wanted: Mapping[Pair, Opening]
) -> dict[Pair, Book]:
    numbers = {machines[code]: code for code, _ in wanted}
    boots = {identity for _, identity in wanted}
    rows = found(connection, _WANTED, sorted(numbers), sorted(boots))
    books = (_book(numbers, row) for row in rows)
    return {book.key: book for book in books if book.key in wanted}


def _book(codes: Mapping[int, str], row: tuple[Any, ...]) -> Book:
    no, machine_no, identity, settled, islands, quarantined, conflicts, given, *clocks = row
    offset, seen, held_from, gone = clocks
    key, tally = (codes[machine_no], identity), Tally.read(settled, islands)
    counts = (quarantined, conflicts, given)
    return Book(no, machine_no, key, tally, *counts, offset, seen, held_from, gone is not None)


def _begun(machine_no: int, identity: str, opening: Opening) -> dict[str, object]:
    at = milliseconds(opening.received)
    return {
        "machine_no": machine_no,
        "boot": identity,
        "gateway": opening.gateway,
        "first_seen": at,
        "last_seen": at,
        "settled": 0,
        "islands": "",
        "quarantined": 0,
        "conflicts": 0,
        "given": 0,
        "offset_ms": None,
    }


_LATER = ("no", "held_from", "gone", "dropped")
_BEGIN = if_absent(boot, *(one.name for one in boot.columns if one.name not in _LATER))
_SAVE = (
    "UPDATE boot SET settled = ?, islands = ?, quarantined = ?, conflicts = ?, given = ?,"
    " offset_ms = ?, last_seen = ? WHERE no = ?"
)


def _saved(book: Book) -> tuple[object, ...]:
    """In the order of `_SAVE`."""
    tally = book.tally
    return (
        tally.settled,
        tally.text,
        book.quarantined,
        book.conflicts,
        max(book.given, tally.highest),
        book.offset,
        book.seen,
        book.no,
    )
