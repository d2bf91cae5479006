"""Keeping what could not be stored: whole, with the reason, and in bounds."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.telemetry.books import Book
from db.telemetry.codes import milliseconds
from db.telemetry.tables import quarantine
from domain.telemetry import Quarantined


def keep_quarantined(connection: sa.Connection, kept: Sequence[tuple[Quarantined, Book]]) -> None:
    """Messages whose number is in the books."""
    rows = [{**_row(one), "boot_no": book.no, "seq": _seq(one)} for one, book in kept]
    if rows:
        connection.execute(sa.insert(quarantine), rows)


def keep_strays(connection: sa.Connection, strays: Sequence[Quarantined]) -> None:
    """Messages without a number: one that came before is only counted."""
    for one in strays:
        row = {**_row(one), "boot_no": None, "seq": None}
        known = connection.execute(
            sa.update(quarantine)
            .where(quarantine.c.boot_no.is_(None), quarantine.c.digest == row["digest"])
            .values(times=quarantine.c.times + 1, last_seen=row["last_seen"])
        )
        if not known.rowcount:
            connection.execute(sa.insert(quarantine), row)


def _seq(one: Quarantined) -> int | None:
    return None if one.key is None else one.key.seq


def _row(one: Quarantined) -> dict[str, object]:
    at = milliseconds(one.received)
    return {
        "machine": _plain(one.machine),
        "topic": _plain(one.topic),
        "reason": _plain(one.reason),
        "payload": one.payload,
        "digest": bytes.fromhex(one.digest),
        "first_seen": at,
        "last_seen": at,
        "times": 1,
    }


def _plain(text: str) -> str:
    """PostgreSQL takes no NUL and no half of a surrogate pair in a text."""
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()
