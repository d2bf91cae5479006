"""A worksheet that remembers every cell it is given, for the hidden key.

Row 1 and column A are hidden and hold the keys of columns and rows; what people see starts
at B2. Text is always written as text, so that a name that looks like a formula stays a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from db.sheets.week_key import KeyRow, Kind

Trait = str | int | float | bool
INK = "#1F2A33"
QUIET = "#5C6A75"
LINE = "#C3CAD0"
HEAD = "#E7ECEF"
DUSK = "#CFD6E2"
EDGE = "#7C8994"
_FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}


class Looks:
    """Cell formats by what they look like; Excel wants each made once."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._book = book
        self._base: Mapping[str, Trait] = {
            "font_name": _FONTS.get(language, "Calibri"),
            "font_size": 10,
            "font_color": INK,
            "valign": "vcenter",
            "num_format": "@",
        }
        self._made: dict[tuple[tuple[str, Trait], ...], Format] = {}

    def __call__(self, **look: Trait) -> Format:
        """The format of a look, on top of the book's own font."""
        whole = {**self._base, **look}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]


@dataclass(slots=True)
class Page:
    """One visible worksheet while it is written."""

    sheet: Worksheet
    key: str
    looks: Looks
    _cells: list[tuple[int, int, Kind, str, str]] = field(default_factory=list)
    _rows: dict[int, str] = field(default_factory=dict)
    _columns: dict[int, str] = field(default_factory=dict)

    def name_row(self, row: int, key: str) -> None:
        """Gives a row the key by which reading finds it wherever it has gone."""
        self._rows[row] = key

    def name_column(self, column: int, key: str) -> None:
        """Gives a column its key."""
        self._columns[column] = key

    def text(self, row: int, column: int, text: str, look: Format) -> None:
        """Writes fixed text."""
        _written(self.sheet.write_string(row, column, text, look))
        self._remember(row, column, Kind.TEXT, text)

    def across(self, row: int, first: int, last: int, text: str, look: Format) -> None:
        """Writes fixed text over several columns."""
        if first == last:
            self.text(row, first, text, look)
            return
        self.sheet.merge_range(row, first, row, last, "", look)
        self.text(row, first, text, look)

    def count(self, row: int, column: int, formula: str, value: int, look: Format) -> None:
        """Writes a number that Excel counts again after each edit."""
        self.sheet.write_formula(row, column, formula, look, value)
        self._remember(row, column, Kind.COUNT, str(value))

    def station(self, row: int, column: int, lines: tuple[str, str], look: Format) -> None:
        """Writes a station's code with its room on a second, smaller line."""
        self._two_lines(row, column, lines, look, self.looks(bold=True))
        self._remember(row, column, Kind.TEXT, "\n".join(filter(None, lines)))

    def seat(
        self, row: int, column: int, lines: tuple[str, str], look: Format, patient: str = ""
    ) -> None:
        """Writes who sits in a slot, with marks on a second, smaller line."""
        self._two_lines(row, column, lines, look, self.looks())
        self._remember(row, column, Kind.SEAT, "\n".join(filter(None, lines)), patient)

    def _two_lines(
        self, row: int, column: int, lines: tuple[str, str], look: Format, large: Format
    ) -> None:
        first, second = lines
        if first and second:
            small = self.looks(font_size=8, font_color=QUIET)
            parts = (large, first, small, f"\n{second}")
            _written(self.sheet.write_rich_string(row, column, *parts, look))
        elif first:
            _written(self.sheet.write_string(row, column, first, look))
        else:
            self.sheet.write_blank(row, column, None, look)

    def finish(self) -> tuple[KeyRow, ...]:
        """Writes the hidden keys of rows and columns; returns every cell for the hidden sheet."""
        rows = {row: self._rows.get(row, f"line|{row}") for row, *_ in self._cells}
        columns = {
            column: self._columns.get(column, f"column|{column}") for _, column, *_ in self._cells
        }
        self.sheet.write_string(0, 0, self.key)
        for row, key in rows.items():
            self.sheet.write_string(row, 0, key)
        for column, key in columns.items():
            self.sheet.write_string(0, column, key)
        self.sheet.set_row(0, None, None, {"hidden": True})
        self.sheet.set_column(0, 0, 4, None, {"hidden": True})
        return tuple(
            KeyRow(self.key, rows[row], columns[column], kind, text, patient)
            for row, column, kind, text, patient in self._cells
        )

    def _remember(self, row: int, column: int, kind: Kind, text: str, patient: str = "") -> None:
        self._cells.append((row, column, kind, text, patient))


def _written(code: int) -> None:
    """Excel holds at most 32,767 characters in a cell; a text must not vanish for its length."""
    if code < 0:
        raise ValueError(f"a cell's text is too long for Excel ({code})")


def address(row: int, column: int) -> str:
    """A1-style address of a cell counted from 0."""
    return str(xl_rowcol_to_cell(row, column))
