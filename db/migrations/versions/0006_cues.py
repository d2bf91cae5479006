"""Who of a plan begins when within the turn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.parts import at_least, checks, day, filled, numbers, refuse_changes_of, text

revision = "0006"
down_revision = "0005"

TABLE = "plan_cues"
VERSION = ["center", "first_day", "number"]


def upgrade() -> None:
    """Creates the one table; its rows are only ever added."""
    op.create_table(
        TABLE,
        *(text("center"), day("first_day"), *numbers("number"), day("day")),
        *(text("shift"), text("patient"), *numbers("delay", "nurse")),
        sa.PrimaryKeyConstraint(*VERSION, "day", "shift", "patient", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            VERSION,
            [f"plan_versions.{column}" for column in VERSION],
            name=op.f(f"fk_{TABLE}_{'_'.join(VERSION)}"),
            ondelete="RESTRICT",
        ),
        *checks(TABLE, {**at_least(0, "delay"), **at_least(1, "nurse"), **filled("patient")}),
    )
    refuse_changes_of(TABLE)
