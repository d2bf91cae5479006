"""A table as it was found, before anybody knows what its cells mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from db.files.columns import Table
from db.files.natives import Native
from db.files.problems import FileProblem
from domain.words import Label, Words, words

MAX_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and a sheet of it if it is a workbook."""

    file: str
    sheet: str | None = None

    def problem(self, expected: Words, row: int | None = None, value: str = "") -> FileProblem:
        """Something wrong with the place itself or with a whole row of it."""
        return FileProblem(self.file, self.sheet, row, None, value, expected)

    def problem_at(
        self, expected: Words, row: int | None, column: str | Label, value: str = ""
    ) -> FileProblem:
        """Something wrong with a cell or a column."""
        return FileProblem(self.file, self.sheet, row, column, value, expected)


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `number` counts as Excel does. In a TOML file each cell has a line of its own."""

    number: int
    cells: tuple[Native, ...]
    places: tuple[int, ...] = ()

    def place(self, index: int) -> int:
        """The row, in a TOML file the line, of a cell."""
        return self.places[index] if index < len(self.places) else self.number


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one table; the first that is not blank holds the headings. `partial` says
    that rows are missing because they could not be read."""

    place: Place
    lines: tuple[Line, ...]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder, a workbook or a part of one holds: sheets by table name, tables that are
    there but could not be read, and why."""

    sheets: Mapping[str, Sheet]
    unreadable: frozenset[str] = frozenset()
    problems: tuple[FileProblem, ...] = ()

    @property
    def tables(self) -> frozenset[str]:
        """Every table that is there, readable or not."""
        return self.unreadable | set(self.sheets)


def together(parts: Iterable[Found]) -> Found:
    """The parts as one; a table that is there twice is taken once."""
    sheets: dict[str, Sheet] = {}
    unreadable: set[str] = set()
    problems: list[FileProblem] = []
    for part in parts:
        sheets = {**part.sheets, **sheets}
        unreadable |= part.unreadable
        problems += part.problems
    return Found(sheets, frozenset(unreadable), tuple(problems))


def missing(found: Found, tables: Iterable[Table]) -> Iterator[Table]:
    """The tables that a center must have and that are not there."""
    return (table for table in tables if table.required and table.name not in found.tables)


TOO_MANY_ROWS = words("at most {most} rows", most=MAX_ROWS)
