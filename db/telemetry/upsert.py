"""Inserting what may be there already, and many rows at once. SQLite and PostgreSQL say it in the
same words; SQLAlchemy has a construct for each, which would load all of a dialect that is not
used, and takes longer to name the values of a row than a database to store it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa


def if_absent(table: sa.Table, *names: str) -> sa.TextClause:
    """An insert of these columns that leaves a row alone that is there already."""
    return sa.text(f"{_insert(table, names)} ON CONFLICT DO NOTHING")


def replacing(table: sa.Table) -> sa.TextClause:
    """An insert of all columns that takes the place of a row with the same primary key."""
    names = [column.name for column in table.columns]
    return sa.text(_insert(table, names) + _over(table))


def replacing_many(table: sa.Table) -> str:
    """The same for `many`."""
    return inserting_many(table, [column.name for column in table.columns]) + _over(table)


def inserting_many(table: sa.Table, names: Sequence[str]) -> str:
    """An insert of these columns for `many`."""
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def many(connection: sa.Connection, text: str, rows: Sequence[tuple[object, ...]]) -> None:
    """A statement with a `?` for each value, once for each row."""
    if rows:
        lite = connection.dialect.name == "sqlite"
        connection.exec_driver_sql(text if lite else text.replace("?", "%s"), list(rows))


def _over(table: sa.Table) -> str:
    keys = [column.name for column in table.primary_key]
    rest = (column.name for column in table.columns if column.name not in keys)
    change = ", ".join(f"{name} = excluded.{name}" for name in rest)
    return f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {change}"


def _insert(table: sa.Table, names: Sequence[str]) -> str:
    values = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})"
