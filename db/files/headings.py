"""Which column of a sheet is which: by its English or Chinese heading, in any order and mix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from db.files.columns import Column, Table
from db.files.kinds import folded
from db.files.natives import text_of
from db.files.problems import FileProblem
from db.files.sheets import Line, Sheet
from domain.words import Label, Words, words

_NO_HEADINGS = words("a first row with the headings")
_MISSING = words("this column, which the file does not have")


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the fields' columns are, and what stands above every column.

    `above` may be shorter than a row. `body` are the rows below the headings that are not
    blank. `keyed` is true of TOML, where columns go by their keys.
    """

    index: Mapping[str, int]
    above: tuple[str, ...]
    body: tuple[Line, ...]
    keyed: bool = False

    def name(self, column: Column) -> str | Label:
        """The heading as it was found, else as it should be."""
        found = self.index.get(column.field)
        return _proper(column, self.keyed) if found is None else self.above[found]


def read_headings(table: Table, sheet: Sheet) -> tuple[Headings, list[FileProblem]]:
    """The headings of a sheet, and those that are missing, unknown or there twice."""
    lines = [line for line in sheet.lines if not is_blank(line)]
    if not lines:
        problem = sheet.place.problem(_NO_HEADINGS, 1)
        return Headings({}, (), ()), [] if sheet.partial else [problem]
    first = lines[0]
    above = tuple(text_of(cell).strip() for cell in first.cells)
    known, keyed = _known(table), bool(first.places)
    index: dict[str, int] = {}
    problems = []
    for position, heading in enumerate(above):
        field = known.get(folded(heading))
        if field is not None and field not in index:
            index[field] = position
        elif heading:
            wrong = (
                _unknown(table, heading, keyed) if field is None else _twice(above[index[field]])
            )
            place = first.place(position)
            problems.append(sheet.place.problem_at(wrong, place, heading, heading))
    headings = Headings(index, above, tuple(lines[1:]), keyed)
    problems += _missing(table, sheet, headings, first)
    return headings, problems


def is_blank(line: Line) -> bool:
    """True if nothing but spaces stands in the row."""
    return not any(text_of(cell).strip() for cell in line.cells)


def count_known(table: Table, names: list[str]) -> int:
    """How many of the names are headings of the table."""
    known = _known(table)
    return sum(folded(name) in known for name in names)


def nearest(name: str, candidates: Mapping[str, str | Label]) -> str | Label | None:
    """The candidate that looks most like a name, if any does."""
    close = get_close_matches(folded(name), list(candidates), n=1)
    return candidates[close[0]] if close else None


def _known(table: Table) -> dict[str, str]:
    return {
        folded(name): column.field
        for column in table.columns
        for name in (column.heading.en, column.heading.zh, column.key)
    }


def _missing(table: Table, sheet: Sheet, headings: Headings, first: Line) -> Iterator[FileProblem]:
    for column in table.columns:
        if column.required and column.field not in headings.index:
            name = headings.name(column)
            yield sheet.place.problem_at(_MISSING, first.number, name)


def _proper(column: Column, keyed: bool) -> str | Label:
    return column.key if keyed else column.heading


def _unknown(table: Table, heading: str, keyed: bool) -> Words:
    labels = {
        folded(name): _proper(column, keyed)
        for column in table.columns
        for name in (column.heading.en, column.heading.zh, column.key)
    }
    found = nearest(heading, labels)
    if found is not None:
        return words("a known heading, perhaps {nearest}", nearest=found)
    known = tuple(_proper(column, keyed) for column in table.columns)
    return words("one of the headings {headings}", headings=known)


def _twice(heading: str) -> Words:
    return words("each heading once; {heading} is there already", heading=heading)
