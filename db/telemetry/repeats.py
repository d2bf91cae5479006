"""Numbers that were settled before: the same content again is nothing, other content is a
conflict, of which every side is kept."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from db.telemetry.books import Book
from db.telemetry.codes import milliseconds
from db.telemetry.tables import conflict, event, quarantine, sample

_PLACES = (sample, event, quarantine)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something that came under a number that is settled."""

    book: Book
    seq: int
    digest: bytes
    payload: bytes
    received: datetime


def compare(connection: sa.Connection, repeats: Sequence[Repeat]) -> int:
    """Keeps what is in conflict with what is there, and counts it. A number of which nothing is
    there any more was stored and has since been dropped for its age."""
    by_book: dict[int, list[Repeat]] = defaultdict(list)
    for repeat in repeats:
        by_book[repeat.book.no].append(repeat)
    return sum(_compare(connection, of_book) for of_book in by_book.values())


def _compare(connection: sa.Connection, repeats: Sequence[Repeat]) -> int:
    boot_no = repeats[0].book.no
    open_ones, found = list(repeats), 0
    for place in _PLACES:
        if not open_ones:
            break
        there = _digests(connection, place, boot_no, open_ones)
        for repeat in open_ones:
            if repeat.seq in there and there[repeat.seq] != repeat.digest:
                found += _keep_side(connection, place, repeat)
        open_ones = [repeat for repeat in open_ones if repeat.seq not in there]
    return found


def _digests(
    connection: sa.Connection, place: sa.Table, boot_no: int, repeats: Iterable[Repeat]
) -> dict[int, bytes]:
    rows = connection.execute(
        sa.select(place.c.seq, place.c.digest).where(
            place.c.boot_no == boot_no, place.c.seq.in_({repeat.seq for repeat in repeats})
        )
    )
    return {row.seq: row.digest for row in rows}


def _keep_side(connection: sa.Connection, place: sa.Table, repeat: Repeat) -> int:
    """1 if this side is one more; 0 if it was kept before."""
    sides = connection.scalars(
        sa.select(conflict.c.digest).where(
            conflict.c.boot_no == repeat.book.no, conflict.c.seq == repeat.seq
        )
    ).all()
    if repeat.digest in sides:
        return 0
    if not sides:
        _keep_first_side(connection, place, repeat)
        repeat.book.conflicts += 1
        repeat.book.quarantined -= place is quarantine
    _insert(connection, repeat, repeat.digest, "", repeat.payload)
    return 1


def _keep_first_side(connection: sa.Connection, place: sa.Table, repeat: Repeat) -> None:
    """What is there stays where it is; beside the other side it stands as it was stored."""
    row = connection.execute(
        sa.select(place).where(place.c.boot_no == repeat.book.no, place.c.seq == repeat.seq)
    ).one()
    content = row.payload if place is quarantine else _as_json(row)
    _insert(connection, repeat, row.digest, place.name, content)


def _as_json(row: sa.Row[tuple[object, ...]]) -> bytes:
    columns = {
        name: value.hex() if isinstance(value, bytes) else value
        for name, value in row._mapping.items()
        if value is not None
    }
    return json.dumps(columns, separators=(",", ":")).encode()


def _insert(
    connection: sa.Connection, repeat: Repeat, digest: bytes, was: str, content: bytes
) -> None:
    connection.execute(
        sa.insert(conflict),
        {
            "boot_no": repeat.book.no,
            "seq": repeat.seq,
            "digest": digest,
            "was": was,
            "payload": content,
            "received": milliseconds(repeat.received),
        },
    )
