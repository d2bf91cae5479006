"""Bringing the telemetry database to its structure: a history apart from the center's.

As there, a migration is one file in `versions` and never changes once released, and an upgrade
happens whole or not at all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from db.telemetry.connection import VERSION_TABLE, structure
from db.telemetry.tables import metadata

_LOCK = 740_240
"""Any number, but the same in every program, and not that of the center's migrations."""


def upgrade(engine: sa.Engine) -> None:
    """Creates the tables, or changes them to what this program needs. Raises DatabaseRefusal if
    the database is a center's."""
    structure(engine)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        command.upgrade(configured(connection), "head")


def configured(connection: sa.Connection) -> Config:
    """What Alembic needs to know to work within a transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def check(engine: sa.Engine) -> tuple[str, ...]:
    """Every difference between the database and the tables that the program declares."""
    options = {"version_table": VERSION_TABLE, "include_name": _is_no_partition}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        found: list[Any] = compare_metadata(context, metadata)
    return tuple(str(difference) for difference in found)


def _is_no_partition(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not (name or "").startswith("sample_")
