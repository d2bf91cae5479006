"""What gateways say of their spools: what they gave, what of it they still hold, and thereby
what is lost.

A gateway that is begun anew names the older boots of which its spool holds something. Those of
its boots that it does not name have come to their end: what never arrived of them is lost, and
counted so. A word of its own may be late (a broker keeps the last one): only boots met before
the one that speaks are ended, and a boot that is named again is held again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from db.telemetry.books import Book, Opening, Pair, close_books, open_books
from db.telemetry.codes import milliseconds
from db.telemetry.tables import boot
from domain.telemetry import BootHeld, SpoolReport


def note_spools(
    connection: sa.Connection,
    machines: Mapping[str, int],
    reports: Sequence[SpoolReport],
    now: datetime,
) -> None:
    """Into the books: the last number that each boot gave, from which one on it is still held,
    and which boots are held no more."""
    openings = {
        (report.machine, one.boot): Opening(report.gateway, now)
        for report in reports
        for one in report.held
        if one.given
    }
    books = open_books(connection, machines, openings)
    given = {pair: book.given for pair, book in books.items()}
    for report in reports:
        for one in report.held:
            if book := books.get((report.machine, one.boot)):
                _hold(connection, book, one)
    close_books(connection, [book for pair, book in books.items() if book.given > given[pair]])
    for number in _ended(connection, reports, machines, books):
        connection.execute(_END, {"number": number, "now": milliseconds(now)})


def give_up(connection: sa.Connection, gateway: str, now: datetime) -> int:
    """A gateway will never speak again: all that it held is lost. How many of its boots ended."""
    ended = sa.update(boot).where(boot.c.gateway == gateway, boot.c.gone.is_(None))
    return connection.execute(ended.values(gone=milliseconds(now))).rowcount


def _hold(connection: sa.Connection, book: Book, held: BootHeld) -> None:
    book.given = max(book.given, held.given)
    settled = held.first is None or held.first <= book.tally.settled + 1
    first = 0 if settled or held.first is None else held.first
    if first != book.held_from or book.gone:
        book.held_from, book.gone = first, False
        connection.execute(_HOLD, {"number": book.no, "first": first})


def _ended(
    connection: sa.Connection,
    reports: Iterable[SpoolReport],
    machines: Mapping[str, int],
    books: Mapping[Pair, Book],
) -> Iterator[int]:
    """Numbers of boots that are not held any more, by the last word of each gateway."""
    last = {(machines[one.machine], one.gateway): one for one in reports}
    if not books:
        return
    rows = connection.execute(
        sa.select(boot.c.no, boot.c.machine_no, boot.c.gateway, boot.c.boot).where(
            boot.c.machine_no.in_({number for number, _ in last}), boot.c.gone.is_(None)
        )
    ).all()
    for row in rows:
        report = last.get((row.machine_no, row.gateway))
        speaks = report and books.get((report.machine, report.boot))
        if report and speaks and row.no < speaks.no and row.boot not in _named(report):
            yield row.no


def _named(report: SpoolReport) -> set[str]:
    return {one.boot for one in report.held}


_HOLD = (
    sa.update(boot)
    .where(boot.c.no == sa.bindparam("number"))
    .values(held_from=sa.bindparam("first"), gone=None)
)
_END = sa.update(boot).where(boot.c.no == sa.bindparam("number")).values(gone=sa.bindparam("now"))
