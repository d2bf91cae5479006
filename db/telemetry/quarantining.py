"""Keeping what could not be stored: whole, with the reason, and in bounds.

Somebody who sends nonsense without end must not fill the disk. Beyond the bounds the oldest
messages of that machine are dropped, and counted; the books count them as put aside for ever.
Locks are taken in one order: the weight of a machine, then its boots.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.telemetry.books import Book
from db.telemetry.codes import milliseconds, moment
from db.telemetry.tables import boot, put_aside, quarantine
from domain.telemetry import Key, Quarantined

AT_ONCE, PIECES = 400, 10
"""Rows that are dropped by one statement, and statements of one transaction: what is still too
much goes with the next message."""

_SIZE = sa.func.length(quarantine.c.payload)
_WEIGH = sa.text(
    "INSERT INTO put_aside (machine, kept, bytes, dropped)"
    " VALUES (:machine, :kept, :bytes, :dropped) ON CONFLICT (machine) DO UPDATE SET"
    " kept = put_aside.kept + excluded.kept, bytes = put_aside.bytes + excluded.bytes,"
    " dropped = put_aside.dropped + excluded.dropped"
)
_Old = sa.Row[Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Messages and bytes of one machine; and bytes of all together, as anybody may call himself
    anything: then the machine that has most loses its oldest."""

    messages: int = 100_000
    bytes: int = 64 * 1024 * 1024
    in_all: int = 512 * 1024 * 1024


BOUNDS = Bounds()
"""Five days of a machine that says something every five seconds."""


def keep_quarantined(connection: sa.Connection, kept: Sequence[tuple[Quarantined, Book]]) -> None:
    """Messages whose number is in the books."""
    rows = [{**_row(one), "boot_no": book.no, "seq": _seq(one)} for one, book in kept]
    if rows:
        connection.execute(sa.insert(quarantine), rows)
        _added(connection, [one for one, _ in kept])


def keep_strays(connection: sa.Connection, strays: Sequence[Quarantined]) -> None:
    """Messages without a number: one that came before is only counted."""
    fresh = []
    for one in strays:
        row = {**_row(one), "boot_no": None, "seq": None}
        known = connection.execute(
            sa.update(quarantine)
            .where(quarantine.c.boot_no.is_(None), quarantine.c.digest == row["digest"])
            .values(times=quarantine.c.times + 1, last_seen=row["last_seen"])
        )
        if not known.rowcount:
            connection.execute(sa.insert(quarantine), row)
            fresh.append(one)
    if fresh:
        _added(connection, fresh)


def release(
    connection: sa.Connection, boot_no: int, key: Key, condition: sa.ColumnElement[bool]
) -> int:
    """Takes a message out, to be stored after all; 0 if it is not there."""
    this = sa.and_(quarantine.c.boot_no == boot_no, quarantine.c.seq == key.seq, condition)
    found = connection.execute(
        sa.select(quarantine.c.no, _SIZE.label("size")).where(this).with_for_update()
    ).first()
    if found is None:
        return 0
    connection.execute(sa.delete(quarantine).where(quarantine.c.no == found.no))
    _weigh(connection, key.machine, -1, -found.size)
    return 1


def renamed(connection: sa.Connection, refused: Iterable[Quarantined]) -> None:
    """Messages that were looked at again and have another reason now."""
    for one in refused:
        if one.key is not None:
            boots = sa.select(boot.c.no).where(boot.c.boot == one.key.boot)
            connection.execute(
                sa.update(quarantine)
                .where(
                    quarantine.c.boot_no.in_(boots),
                    quarantine.c.seq == one.key.seq,
                    quarantine.c.machine == _plain(one.machine),
                )
                .values(reason=_plain(one.reason))
            )


def bound(connection: sa.Connection, machines: Collection[str], bounds: Bounds = BOUNDS) -> None:
    """Drops the oldest messages of these machines beyond the bounds."""
    rows = connection.execute(sa.select(put_aside).order_by(put_aside.c.bytes)).all()
    total = sum(row.bytes for row in rows)
    for row in rows:
        if row.machine in machines:
            total -= _drop_oldest(
                connection, row.machine, row.kept - bounds.messages, row.bytes - bounds.bytes
            )
    if total > bounds.in_all:
        _drop_oldest(connection, rows[-1].machine, 0, total - bounds.in_all)


def drop_old(connection: sa.Connection, before: int) -> int:
    """Drops a few messages that have not come again since a moment in milliseconds; how many."""
    oldest = _FEW.where(quarantine.c.last_seen < before).order_by(quarantine.c.last_seen)
    old = connection.execute(oldest).all()
    _drop(connection, old)
    return len(old)


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message that was put aside, as it came; `times` is how often."""

    topic: str
    payload: bytes
    last_seen: datetime
    times: int


def kept_messages(
    connection: sa.Connection, machine: str, reason: str, most: int
) -> tuple[KeptMessage, ...]:
    """The newest messages of a machine that were put aside for a reason."""
    rows = connection.execute(
        sa.select(quarantine)
        .where(quarantine.c.machine == machine, quarantine.c.reason == reason)
        .order_by(quarantine.c.no.desc())
        .limit(most)
    )
    return tuple(
        KeptMessage(row.topic, row.payload, moment(row.last_seen), row.times) for row in rows
    )


def dropped(connection: sa.Connection) -> dict[str, int]:
    """How many messages of each machine were put aside and are no longer kept."""
    rows = connection.execute(
        sa.select(put_aside.c.machine, put_aside.c.dropped).where(put_aside.c.dropped > 0)
    )
    return {row.machine: row.dropped for row in rows}


def _added(connection: sa.Connection, messages: Iterable[Quarantined]) -> None:
    sizes: dict[str, list[int]] = defaultdict(list)
    for one in messages:
        sizes[_plain(one.machine)].append(len(one.payload))
    for machine, of_machine in sorted(sizes.items()):
        _weigh(connection, machine, len(of_machine), sum(of_machine))
    bound(connection, sizes)


def _weigh(connection: sa.Connection, machine: str, kept: int, size: int, gone: int = 0) -> None:
    row = {"machine": machine, "kept": kept, "bytes": size, "dropped": gone}
    connection.execute(_WEIGH, row)


_FEW = (
    sa.select(quarantine.c.no, quarantine.c.machine, quarantine.c.boot_no, _SIZE.label("size"))
    .limit(AT_ONCE)
    .with_for_update(skip_locked=True)
)


def _drop_oldest(connection: sa.Connection, machine: str, messages: int, size: int) -> int:
    """At least so many messages and bytes of a machine, as far as one transaction goes; returns
    how many bytes."""
    oldest = _FEW.where(quarantine.c.machine == machine).order_by(quarantine.c.no)
    freed = 0
    for _ in range(PIECES):
        if messages <= 0 and size <= 0:
            break
        going = []
        for row in connection.execute(oldest):
            if messages <= 0 and size <= 0:
                break
            going.append(row)
            messages, size, freed = messages - 1, size - row.size, freed + row.size
        _drop(connection, going)
    return freed


def _drop(connection: sa.Connection, rows: Sequence[_Old]) -> None:
    weights: dict[str, list[int]] = defaultdict(list)
    boots: Counter[int] = Counter()
    for _, machine, boot_no, size in rows:
        weights[machine].append(size)
        boots.update(() if boot_no is None else (boot_no,))
    for machine, sizes in sorted(weights.items()):
        _weigh(connection, machine, -len(sizes), -sum(sizes), len(sizes))
    if rows:
        gone = sa.delete(quarantine).where(quarantine.c.no.in_([row[0] for row in rows]))
        connection.execute(gone)
    for boot_no, count in sorted(boots.items()):
        more = sa.update(boot).where(boot.c.no == boot_no)
        connection.execute(more.values(dropped=boot.c.dropped + count))


def _seq(one: Quarantined) -> int | None:
    return None if one.key is None else one.key.seq


def _row(one: Quarantined) -> dict[str, object]:
    at = milliseconds(one.received)
    return {
        "machine": _plain(one.machine),
        "topic": _plain(one.topic),
        "reason": _plain(one.reason),
        "payload": one.payload,
        "digest": one.digest,
        "first_seen": at,
        "last_seen": at,
        "times": 1,
    }


def _plain(text: str) -> str:
    """PostgreSQL takes no NUL and no half of a surrogate pair in a text."""
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()
