"""What Alembic runs to run migrations; the connection and its transaction are the caller's."""

from __future__ import annotations

from alembic import context

from db.telemetry.connection import VERSION_TABLE
from db.telemetry.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
