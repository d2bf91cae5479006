"""Limits with who entered them, as many of a day as were entered; the day a machine is expected
back; maintenance that blocks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.parts import (
    Columns,
    Rules,
    at_least,
    choice,
    create,
    day,
    filled,
    flag,
    moment,
    number,
    numbers,
    one_of,
    real,
    refuse_changes_of,
    text,
    texts,
)

revision = "0004"
down_revision = "0003"

CARE = ("code", "valid_from", "value", "unit", "source", "who", "entered")
WATER = (
    "test", "medium", "valid_from", "every_months", "every_days", "limit", "action", "strict",
    "source", "enabled",
)  # fmt: skip


def upgrade() -> None:
    """Makes the two tables of limits anew with every row they had, and adds two columns."""
    _again("care_limits", CARE, _care_columns(), filled("code", "source"), {})
    rules = {**filled("test", "source"), **at_least(0, "every_months", "every_days")}
    rules |= one_of("medium", ("water", "dialysate"))
    _again("water_limits", WATER, _water_columns(), rules, {"who": ""})
    op.add_column("care_events", day("back", empty=True))
    blocks: sa.Column[object] = sa.Column(
        "blocks", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("maintenance_plans", blocks)


def _care_columns() -> Columns:
    return [
        *(number("number"), text("code"), day("valid_from"), real("value")),
        *(*texts("unit", "source", "who"), moment("entered")),
    ]


def _water_columns() -> Columns:
    return [
        *(number("number"), text("test"), choice("medium"), day("valid_from")),
        *(*numbers("every_months", "every_days"), real("limit", empty=True)),
        *(real("action", empty=True), flag("strict"), text("source"), flag("enabled")),
        *(text("who"), moment("entered", empty=True)),
    ]


def _again(
    table: str, known: tuple[str, ...], columns: Columns, rules: Rules, added: dict[str, str]
) -> None:
    """The table with other columns and a number as its key, with the rows it had. Its triggers
    go with the old one and are made anew."""
    quoted = [f'"{name}"' for name in ("center", *known)]
    connection = op.get_bind()
    found = f"SELECT {', '.join(quoted)} FROM {table} ORDER BY center, valid_from"
    rows = [dict(row) for row in connection.execute(sa.text(found)).mappings()]
    op.drop_table(table)
    create(table, ("number",), columns, rules)
    names = ("center", "number", *known, *added)
    into = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f":{name}" for name in names)
    if rows:
        connection.execute(
            sa.text(f"INSERT INTO {table} ({into}) VALUES ({values})"),
            [{**row, **added, "number": at} for at, row in enumerate(rows, 1)],
        )
    refuse_changes_of(table)
