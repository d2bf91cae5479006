"""Inserting what may be there already, many rows at once, and finding some by their keys. SQLite
and PostgreSQL say it in the same words; SQLAlchemy has constructs for it, which would load all of
a dialect that is not used, and take longer to name the values of a row than a database to store
it, or to put a query together than a database to answer it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

NULL = float("nan")
"""Stands for a NULL in a row of many columns. SQLite stores one for it, and its driver takes long
to find out that a `None` is nothing to be adapted."""


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


def many(connection: sa.Connection, text: str, rows: Iterable[tuple[object, ...]]) -> None:
    """A statement with a `?` for each value, once for each row. A value may be `NULL`."""
    with _plain(connection, text) as cursor:
        if connection.dialect.name == "sqlite":
            cursor.executemany(text, rows)
        else:
            cursor.executemany(text.replace("?", "%s"), [_with_none(row) for row in rows])


def found(connection: sa.Connection, text: str, *lists: Sequence[object]) -> list[tuple[Any, ...]]:
    """What a query finds that has a `{}` for the values of each list."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    asked = text.format(*(", ".join([mark] * len(values)) for values in lists))
    with _plain(connection, asked) as cursor:
        cursor.execute(asked, tuple(chain(*lists)))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@contextmanager
def _plain(connection: sa.Connection, text: str) -> Iterator[Any]:
    """A cursor of the driver, in the connection's transaction; its errors become SQLAlchemy's."""
    driver = connection.dialect.loaded_dbapi
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except driver.Error as error:
        raise DBAPIError.instance(
            text, None, error, driver.Error, dialect=connection.dialect
        ) from error
    finally:
        cursor.close()


def _with_none(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(None if value is NULL else value for value in row)


def _over(table: sa.Table) -> str:
    keys = [column.name for column in table.primary_key]
    rest = (column.name for column in table.columns if column.name not in keys)
    change = ", ".join(f"{name} = excluded.{name}" for name in rest)
    return f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {change}"


def _insert(table: sa.Table, names: Sequence[str]) -> str:
    values = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})"
