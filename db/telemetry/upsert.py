"""Inserting what may be there already. SQLite and PostgreSQL say it in the same words; SQLAlchemy
has a construct for each, which would load all of a dialect that is not used."""

from __future__ import annotations

import sqlalchemy as sa


def if_absent(table: sa.Table, *names: str) -> sa.TextClause:
    """An insert of these columns that leaves a row alone that is there already."""
    return sa.text(f"{_insert(table, names)} ON CONFLICT DO NOTHING")


def replacing(table: sa.Table) -> sa.TextClause:
    """An insert of all columns that takes the place of a row with the same primary key."""
    keys = [column.name for column in table.primary_key]
    names = [column.name for column in table.columns]
    rest = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    return sa.text(f"{_insert(table, names)} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {rest}")


def bulk(connection: sa.Connection, table: str, columns: tuple[str, ...]) -> str:
    """The text of an insert that is handed many rows at once as tuples, past SQLAlchemy."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"


def _insert(table: sa.Table, names: tuple[str, ...] | list[str]) -> str:
    values = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})"
