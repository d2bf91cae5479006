"""From a register to the cells of its files, in a language, each cell proven to come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from db.files.assembly import assemble
from db.files.columns import Column, Table
from db.files.kinds import Language, label_text
from db.files.problems import CenterRefused, FileProblem
from db.files.sheets import Found, Line, Place, Sheet
from db.files.tables import TABLES
from domain.register import Register
from domain.words import words

_UNWRITABLE = words("a value that reads back as it is written")


@dataclass(frozen=True, slots=True)
class Written:
    """One table as text: headings and rows."""

    table: Table
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def written(register: Register, language: Language) -> tuple[Written, ...]:
    """Every table as text.

    Raises CenterRefused for a register that would not come back the same: better no file
    than one that a later import refuses or reads differently.
    """
    ordered = register.in_order()
    problems: list[FileProblem] = []
    tables = tuple(_written(table, ordered, language, problems) for table in TABLES)
    if problems:
        raise CenterRefused(problems)
    assemble(Found({one.table.name: _sheet(one) for one in tables}))
    return tables


def _written(
    table: Table, register: Register, language: Language, problems: list[FileProblem]
) -> Written:
    found = getattr(register, table.name)
    rows = found if isinstance(found, tuple) else (found,)
    headings = tuple(label_text(column.heading, language) for column in table.columns)
    texts = []
    for number, row in enumerate(rows, start=2):
        values = {column.field: attrgetter(column.field)(row) for column in table.columns}
        texts.append(tuple(_cell(column, values, language) for column in table.columns))
        for column, text in zip(table.columns, texts[-1], strict=True):
            if not _comes_back(column, values, text):
                value = str(values[column.field])
                place = Place(table.name)
                problems.append(place.problem_at(_UNWRITABLE, number, column.heading, value))
    return Written(table, headings, tuple(texts))


def _cell(column: Column, values: Mapping[str, Any], language: Language) -> str:
    value, kind = values[column.field], column.kind_in(values)
    if kind is None or value is None or value in ("", frozenset()):
        return ""
    try:
        return kind.show(value, language)
    except (KeyError, ValueError):
        return ""


def _comes_back(column: Column, values: Mapping[str, Any], text: str) -> bool:
    kind, value = column.kind_in(values), values[column.field]
    if not text or kind is None:
        return bool(column.empty == value)
    try:
        return bool(kind.parse(text) == value)
    except ValueError:
        return False


def _sheet(one: Written) -> Sheet:
    lines = [Line(number, row) for number, row in enumerate((one.headings, *one.rows), start=1)]
    return Sheet(Place(one.table.name), tuple(lines))
