"""Opening the telemetry database: like the center's, but never the same one."""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from db.opening import is_absent, masked, open_database
from db.refusal import DatabaseRefusal
from domain.words import words

STRUCTURE = "0002"
"""The migration that this program needs; a test compares it with the files."""
OLDER = ("0001",)
"""Those that `clearshift ingest` brings up to date when it starts."""
VERSION_TABLE = "telemetry_version"
_SETTINGS = ("journal_size_limit = 67108864", "wal_autocheckpoint = 2000")
"""Of SQLite, besides those of every database of ours: a long reader may let the log grow; it
shrinks again afterwards."""


def open_telemetry(url: str) -> sa.Engine:
    """The telemetry database at a URL. Does not look at what is stored. Raises DatabaseRefusal."""
    engine = open_database(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        engine.dispose()  # what was connected to look for the file is without the settings
    return engine


def require_telemetry(engine: sa.Engine) -> None:
    """Raises DatabaseRefusal unless the database has the structure that this program needs."""
    found = structure(engine)
    if found == STRUCTURE:
        return
    place = masked(engine.url)
    if found is None:
        raise DatabaseRefusal(
            words(
                "The telemetry database {place} has no tables yet; clearshift ingest makes them.",
                place=place,
            )
        )
    raise DatabaseRefusal(
        words(
            "The telemetry database {place} has structure {found} and this program needs {needed}.",
            place=place,
            found=found,
            needed=STRUCTURE,
        )
    )


def structure(engine: sa.Engine) -> str | None:
    """The structure that the database has; `None` if it has no tables yet. Raises
    DatabaseRefusal if it is a center's."""
    if is_absent(engine):
        return None
    with engine.connect() as connection:
        there = sa.inspect(connection)
        if there.has_table("alembic_version"):
            raise DatabaseRefusal(
                words(
                    "{place} is a center's database; telemetry needs one of its own.",
                    place=masked(engine.url),
                )
            )
        if not there.has_table(VERSION_TABLE):
            return None
        found: str | None = connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}"))
        return found


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
