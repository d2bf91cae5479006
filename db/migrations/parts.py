"""Pieces of tables for migrations. Frozen like them: add a piece, never change one.

Nothing here looks at the tables that the program declares today, as a migration must make the
tables of its own day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from alembic import op

Columns = list[sa.Column[object]]
Rules = Mapping[str, str]


def text(name: str, *, empty: bool = False) -> sa.Column[object]:
    """A text of any length; `empty` allows NULL."""
    return sa.Column(name, sa.String(), nullable=empty)


def number(name: str, *, empty: bool = False) -> sa.Column[object]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), nullable=empty)


def choice(name: str, *, empty: bool = False) -> sa.Column[object]:
    """One word of an enumeration; `one_of` says which there are."""
    return sa.Column(name, sa.String(32), nullable=empty)


def flag(name: str) -> sa.Column[object]:
    """Yes or no."""
    return sa.Column(name, sa.Boolean(), nullable=False)


def day(name: str, *, empty: bool = False) -> sa.Column[object]:
    """A date."""
    return sa.Column(name, sa.Date(), nullable=empty)


def clock(name: str, *, empty: bool = False) -> sa.Column[object]:
    """A time of day of the center's own calendar."""
    return sa.Column(name, sa.Time(), nullable=empty)


def moment(name: str, *, empty: bool = False) -> sa.Column[object]:
    """An instant in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty)


def big(name: str, *, empty: bool = False) -> sa.Column[object]:
    """A whole number of 64 bits."""
    return sa.Column(name, sa.BigInteger(), nullable=empty)


def real(name: str, *, empty: bool = False) -> sa.Column[object]:
    """A measured number."""
    return sa.Column(name, sa.Float(), nullable=empty)


def document(name: str, *, empty: bool = True) -> sa.Column[object]:
    """A JSON value, or nothing."""
    return sa.Column[object](name, sa.JSON(none_as_null=True), nullable=empty)


def texts(*names: str) -> Columns:
    """Several texts."""
    return [text(name) for name in names]


def numbers(*names: str) -> Columns:
    """Several whole numbers."""
    return [number(name) for name in names]


def span() -> Columns:
    """First and last day, either of them open."""
    return [day("span_first", empty=True), day("span_last", empty=True)]


def filled(*names: str) -> Rules:
    """Texts that are not empty."""
    return {f"{name}_filled": f"{name} != ''" for name in names}


def at_least(low: int, *names: str) -> Rules:
    """Numbers that are not less."""
    return {f"{name}_range": f"{name} >= {low}" for name in names}


def between(low: int, high: int, *names: str) -> Rules:
    """Numbers that are neither less nor more."""
    return {f"{name}_range": f"{name} BETWEEN {low} AND {high}" for name in names}


def one_of(name: str, words: Iterable[str], rule: str = "") -> Rules:
    """A text that is one of some words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return {rule or name: f"{name} IN ({listed})"}


def some_of(name: str, words: Iterable[str]) -> Rules:
    """A text of nothing but some words and commas; a word that holds another comes first."""
    rest = name
    for word in words:
        rest = f"replace({rest}, '{word}', '')"
    return {f"{name}_choices": f"rtrim({rest}, ',') = ''"}


def create(
    table: str, key: tuple[str, ...], columns: Columns, rules: Rules, refers: Rules | None = None
) -> None:
    """A table under a center. `refers` names the table in which a column's code must exist."""
    op.create_table(
        table,
        text("center"),
        *columns,
        sa.PrimaryKeyConstraint("center", *key, name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["center"], ["centers.code"], name=op.f(f"fk_{table}_center")),
        *(_reference(table, column, other) for column, other in (refers or {}).items()),
        *checks(table, rules),
    )


def coded(table: str, columns: Columns, rules: Rules, refers: Rules | None = None) -> None:
    """A table whose rows have codes."""
    filled = {"code_filled": "code != ''"}
    create(table, ("code",), [text("code"), *columns], {**filled, **rules}, refers)


def numbered(table: str, columns: Columns, rules: Rules, refers: Rules) -> None:
    """A table whose rows have nothing to be named by but a number."""
    create(table, ("number",), [number("number"), *columns], rules, refers)


def refuse_changes_of(table: str) -> None:
    """Rows are only ever added from now on; `refuse_change` is a function of the first day."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} BEGIN"
            f" SELECT RAISE(ABORT, '{table} keeps every row as it was stored'); END"
        )


def checks(table: str, rules: Rules) -> list[sa.CheckConstraint]:
    """The rules as constraints of the table."""
    return [
        sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()
    ]


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["center", column],
        [f"{other}.center", f"{other}.code"],
        name=op.f(f"fk_{table}_center_{column}"),
        ondelete="RESTRICT",
    )
