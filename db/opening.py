"""Reaching a database: the settings under which both kinds of ours are used, and what is said if
one cannot be reached.

SQLite is set up so that an acknowledged transaction survives a power cut (WAL, synchronous
FULL) and so that a writer queues instead of failing: a transaction that reads first and writes
later cannot wait for another writer in SQLite, so every writing one begins as such (BEGIN
IMMEDIATE). PostgreSQL is reached through psycopg 3.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from db.refusal import DatabaseRefusal
from domain.words import words

WAIT_SECONDS = 10
"""How long a writer queues behind another before it is refused."""
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def open_database(url: str) -> sa.Engine:
    """The database at a URL: `sqlite:///file.db` or `postgresql://user:password@host/name`.

    Does not look at what is stored, so that an empty or old database can be migrated; reading
    and writing do. Raises DatabaseRefusal if it cannot be reached.
    """
    engine = _engine(_normalized(url))
    if is_absent(engine):
        _require_folder(engine)
        return engine
    try:
        with engine.connect():
            return engine
    except DBAPIError as error:
        engine.dispose()
        raise failure(engine, error) from error


def is_absent(engine: sa.Engine) -> bool:
    """True if the SQLite file does not exist yet; connecting would create an empty one."""
    file = engine.url.database or ":memory:"
    within_memory = file == ":memory:" or file.startswith("file:")
    return engine.dialect.name == "sqlite" and not within_memory and not Path(file).exists()


def masked(url: URL) -> str:
    """The URL for a person's eyes: without any password."""
    query = {name: value for name, value in url.query.items() if "pass" not in name}
    return url.set(query=query).render_as_string(hide_password=True)


def failure(engine: sa.Engine, error: DBAPIError) -> DatabaseRefusal:
    """What is to be said of an error of the database."""
    if _is_busy(error.orig):
        return DatabaseRefusal(
            words(
                "Another program has been writing to the database {place} for {seconds} seconds;"
                " nothing was stored, try again.",
                place=masked(engine.url),
                seconds=WAIT_SECONDS,
            )
        )
    reason = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    return DatabaseRefusal(
        words(
            "The database {place} cannot be used: {reason}.",
            place=masked(engine.url),
            reason=reason[0].rstrip("."),
        )
    )


def _engine(url: URL) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        waits = f"-c lock_timeout={WAIT_SECONDS}s"
        limits = {"options": waits, "connect_timeout": WAIT_SECONDS}
        return sa.create_engine(url, connect_args=limits, pool_pre_ping=True)
    engine = sa.create_engine(url, connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Otherwise INSERT OR REPLACE would delete a row without firing the trigger that forbids it.
    connection.execute("PRAGMA recursive_triggers = ON")


def _begin_sqlite(connection: sa.Connection) -> None:
    reads = connection.get_execution_options().get("clearshift_reading", False)
    if connection.info.get("query_only") is not reads:  # each change prepares all statements anew
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reads else 'OFF'}")
        connection.info["query_only"] = reads
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _normalized(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseRefusal(
            words(
                "The database URL cannot be read; expected sqlite:///file.db or"
                " postgresql://user:password@host/name."
            )
        ) from error
    if parsed.drivername not in _DRIVERS:
        raise DatabaseRefusal(
            words(
                "The database {place} is of kind {kind}; expected sqlite or postgresql.",
                place=masked(parsed),
                kind=parsed.drivername,
            )
        )
    return parsed.set(drivername=_DRIVERS[parsed.drivername])


def _require_folder(engine: sa.Engine) -> None:
    folder = Path(engine.url.database or "").resolve().parent
    if not folder.is_dir():
        raise DatabaseRefusal(
            words(
                "The database {place} cannot be made: there is no folder {folder}.",
                place=masked(engine.url),
                folder=str(folder),
            )
        )


def _is_busy(error: BaseException | None) -> bool:
    sqlite = getattr(error, "sqlite_errorcode", None)
    return sqlite == sqlite3.SQLITE_BUSY or getattr(error, "sqlstate", None) == "55P03"
