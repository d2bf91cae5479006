"""Bringing a database to the structure that the program needs.

Alembic does it, without a configuration file. A migration is one file in `versions` and never
changes once released. An upgrade is one transaction: it happens whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from db.connection import require_known, revision
from db.opening import is_absent
from db.tables import metadata

_LOCK = 740_239
"""Any number, but the same in every program: upgrades of one PostgreSQL queue on it."""


def upgrade(engine: sa.Engine) -> None:
    """Creates the tables, or changes them to what this program needs.

    Raises DatabaseRefusal if a newer program has changed them already.
    """
    with _alone(engine) as connection:
        require_known(engine, revision(connection))
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def current(engine: sa.Engine) -> str | None:
    """The structure that the database has; `None` if it has no tables yet."""
    if is_absent(engine):
        return None
    with engine.connect() as connection:
        return revision(connection)


def check(engine: sa.Engine) -> tuple[str, ...]:
    """Every difference between the database and the tables that the program declares."""
    with engine.connect() as connection:
        found: list[Any] = compare_metadata(MigrationContext.configure(connection), metadata)
    return tuple(str(difference) for difference in found)


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction in which nobody else migrates."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _references_at_the_end(connection), connection.begin():
                yield connection
                _refuse_dangling(connection)
        else:
            with connection.begin():
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                yield connection


@contextmanager
def _references_at_the_end(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a table by copying it and dropping the old one, which would break what
    refers to it half way. The switch works only outside a transaction, hence past SQLAlchemy."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()


def _refuse_dangling(connection: sa.Connection) -> None:
    """Raises RuntimeError, which undoes the migration, if a row refers to nothing."""
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        raise RuntimeError(f"the migration leaves references to nothing: {dangling[:5]}")
