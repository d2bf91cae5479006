"""What storing a center changed, in the words of its files: which row, which cells."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from db.files.columns import Column, Table
from db.files.kinds import Language
from db.files.tables import TABLES
from db.rows import Row
from db.save import RowChange
from domain.words import Label, Words, words

_NOTHING = words("empty")


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of a row: its heading, what it said and what it says."""

    heading: Label
    before: str
    after: str


def table_of(change: RowChange) -> Table:
    """The table of a center's files that the row belongs to."""
    row = type(_row(change))
    return next(table for table in TABLES if table.row is row)


def cell_changes(change: RowChange, language: Language) -> tuple[CellChange, ...]:
    """The cells in which an old and a new row differ, as a center's files write them."""
    if change.before is None or change.after is None:
        return ()
    pairs = (
        (
            column.heading,
            _cell(column, change.before, language),
            _cell(column, change.after, language),
        )
        for column in table_of(change).columns
    )
    return tuple(CellChange(*pair) for pair in pairs if pair[1] != pair[2])


def change_words(change: RowChange, language: Language) -> Words:
    """The change in one line: the whole row if it came or went, else the cells that differ."""
    cells = cell_changes(change, language)
    changed = {cell.heading for cell in cells}
    row = _row(change)
    columns = (column for column in table_of(change).columns if column.heading not in changed)
    filled = tuple(text for column in columns if (text := _cell(column, row, language)))
    match change.kind:
        case "added":
            return words("new: {row}", row=filled)
        case "removed":
            return words("gone: {row}", row=filled)
        case "changed":
            return words("{row}: {cells}", row=filled[:3], cells=tuple(map(_said, cells)))


def _row(change: RowChange) -> Row:
    row = change.after if change.after is not None else change.before
    if row is None:
        raise ValueError(f"a change of nothing: {change}")
    return row


def _said(cell: CellChange) -> Words:
    return words(
        "{heading} {before} → {after}",
        heading=cell.heading,
        before=cell.before or _NOTHING,
        after=cell.after or _NOTHING,
    )


def _cell(column: Column, row: Row, language: Language) -> str:
    fields = [column.field] if column.by is None else [column.field, column.by]
    values = {field: attrgetter(field)(row) for field in fields}
    kind, value = column.kind_in(values), values[column.field]
    if kind is None or value is None or value in ("", frozenset()):
        return ""
    return kind.show(value, language)
