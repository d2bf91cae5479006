"""One transaction of ingest: what is new is stored, what comes again is compared, the books and
the present move on. Whatever order messages come in, and however often, the result is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from db.telemetry.books import Book, Opening, Pair, close_books, open_books
from db.telemetry.codes import milliseconds
from db.telemetry.keeping import keep_entries
from db.telemetry.numbering import Numbering, OriginName, origin_name
from db.telemetry.quarantining import keep_quarantined, keep_strays
from db.telemetry.repeats import Repeat, compare
from db.telemetry.rows import Placed, place_of
from domain.telemetry import Arrival, Event, Quarantined, Sample, Settled


@dataclass(slots=True)
class _Sorted:
    """A batch, told apart: new samples and events, new quarantined messages, what came again,
    and what has no place in any books."""

    samples: list[Placed[Sample]] = field(default_factory=list)
    events: list[Placed[Event]] = field(default_factory=list)
    kept: list[tuple[Quarantined, Book]] = field(default_factory=list)
    again: list[Repeat] = field(default_factory=list)
    strays: list[Quarantined] = field(default_factory=list)


def settle(
    connection: sa.Connection,
    numbering: Numbering,
    arrivals: Sequence[Arrival],
    quarantined: Sequence[Quarantined],
) -> tuple[Settled, Mapping[str, int], Mapping[OriginName, int]]:
    """What became of the batch, and the numbers that hold once the caller has committed."""
    boots = _by_boot(arrivals)
    openings = _openings(boots, quarantined)
    machines = numbering.machines_of(connection, {machine for machine, _ in openings})
    origins = numbering.origins_of(
        connection, {origin_name(arrival.entry.origin) for arrival in arrivals}
    )
    books = open_books(connection, machines, openings)
    batch = _Sorted()
    for pair, some in boots.items():
        _sort_arrivals(batch, some, books[pair], origins)
    for one in quarantined:
        _sort_quarantined(batch, one, books)
    conflicts = _write(connection, batch)
    close_books(connection, books.values())
    settled = Settled(
        stored=len(batch.samples) + len(batch.events),
        repeated=len(batch.again) - conflicts,
        conflicts=conflicts,
        quarantined=len(batch.kept) + len(batch.strays),
        watermarks=tuple(b.watermark for _, b in sorted(books.items()) if b.watermark.seq),
    )
    return settled, machines, origins


def _by_boot(arrivals: Iterable[Arrival]) -> dict[Pair, list[Arrival]]:
    """Each boot's together, in their order: so their rows lie together, too."""
    found: defaultdict[Pair, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        found[arrival.entry.key[:2]].append(arrival)
    return found


def _openings(
    boots: Mapping[Pair, Sequence[Arrival]], quarantined: Iterable[Quarantined]
) -> dict[Pair, Opening]:
    first = {
        pair: Opening(some[0].entry.origin.gateway, some[0].received)
        for pair, some in boots.items()
    }
    for one in quarantined:
        if one.key is not None:
            pair = (one.key.machine, one.key.boot)
            first.setdefault(pair, Opening(one.gateway, one.received))
    return first


def _sort_arrivals(
    batch: _Sorted, arrivals: Iterable[Arrival], book: Book, origins: Mapping[OriginName, int]
) -> None:
    """Those of one boot."""
    tally = book.tally
    for arrival in arrivals:
        entry, received, digest, payload = arrival
        seq = entry.key.seq
        place = place_of(arrival, book.no, book.machine_no)
        book.took(place[2], place[4])
        if not tally.takes(seq):
            batch.strays.append(_too_far(arrival))
        elif not tally.add(seq):
            batch.again.append(Repeat(book, seq, digest, payload, received))
        elif isinstance(entry, Sample):
            batch.samples.append((place, entry, origins[origin_name(entry.origin)], digest))
        else:
            batch.events.append((place, entry, origins[origin_name(entry.origin)], digest))


def _sort_quarantined(batch: _Sorted, one: Quarantined, books: Mapping[Pair, Book]) -> None:
    if one.key is None:
        batch.strays.append(one)
        return
    book = books[one.key.machine, one.key.boot]
    book.met(milliseconds(one.received))
    if not book.tally.takes(one.key.seq):
        batch.strays.append(replace(one, key=None))
    elif not book.tally.add(one.key.seq):
        batch.again.append(Repeat(book, one.key.seq, one.digest, one.payload, one.received))
    else:
        book.quarantined += 1
        batch.kept.append((one, book))


def _too_far(arrival: Arrival) -> Quarantined:
    key = arrival.entry.key
    reason = f"number {key.seq} of boot {key.boot} has too many gaps before it"
    return Quarantined(
        "", arrival.payload, reason, arrival.received, key.machine, digest=arrival.digest
    )


def _write(connection: sa.Connection, batch: _Sorted) -> int:
    """Everything but the books; the number of conflicts found."""
    keep_entries(connection, batch.samples, batch.events)
    keep_quarantined(connection, batch.kept)
    keep_strays(connection, batch.strays)
    return compare(connection, batch.again)
