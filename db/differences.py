"""What storing a center changed, in the words of its files: which row, which cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from db.files.columns import Column
from db.files.kinds import Language
from db.files.tables import table
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


def cell_changes(change: RowChange, language: Language) -> tuple[CellChange, ...]:
    """The cells in which an old and a new row differ, as a center's files write them."""
    if change.before is None or change.after is None:
        return ()
    pairs = (
        (column.heading, _cell(column, change.before, language), _cell(column, change.after, language))
        for column in table(change.table).columns
    )
    return tuple(CellChange(*pair) for pair in pairs if pair[1] != pair[2])


def change_words(change: RowChange, language: Language) -> Words:
    """The change in one line: the whole row if it came or went, else the cells that differ."""
    row = change.after if change.after is not None else change.before
    if row is None:
        raise ValueError(f"a change of nothing: {change}")
    cells = cell_changes(change, language)
    if cells:
        changed = {cell.heading for cell in cells}
        about = tuple(_filled(change.table, row, language, changed))
        return words("{row}: {cells}", row=about[:3], cells=tuple(map(_said, cells)))
    about = tuple(_filled(change.table, row, language, set()))
    return words("+ {row}", row=about) if change.before is None else words("– {row}", row=about)


def _said(cell: CellChange) -> Words:
    return words(
        "{heading} {before} → {after}",
        heading=cell.heading,
        before=cell.before or _NOTHING,
        after=cell.after or _NOTHING,
    )


def _filled(name: str, row: Row, language: Language, but: set[Label]) -> Iterator[str]:
    columns = (column for column in table(name).columns if column.heading not in but)
    return (text for column in columns if (text := _cell(column, row, language)))


def _cell(column: Column, row: Row, language: Language) -> str:
    fields = [column.field] if column.by is None else [column.field, column.by]
    values = {field: attrgetter(field)(row) for field in fields}
    kind, value = column.kind_in(values), values[column.field]
    if kind is None or value is None or value in ("", frozenset()):
        return ""
    return kind.show(value, language)
