"""A center as a workbook, read: one sheet a table, English or Chinese names."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from db.files.columns import Table
from db.files.headings import nearest
from db.files.kinds import folded
from db.files.natives import Native, Unusable
from db.files.records import MAX_PROBLEMS
from db.files.sheets import MAX_ROWS, TOO_MANY_ROWS, Found, Line, Place, Sheet, missing, together
from db.files.tables import README, TABLES
from db.files.workbook_parts import BROKEN, MAX_BYTES, SheetPart, reason_not_to_open, scanned
from domain.words import Words, words

_MAX_CELLS = 20_000_000
_MALFORMED = (
    *BROKEN,
    ParseError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What openpyxl raises on parts that no spreadsheet program wrote; it has no error of its own."""

_MENDED = words("a workbook that can be read: open it in Excel and save it again")
_FORMULA = words("a value, not a formula")
_ERROR = words("a value, not an error of Excel's")
_UNMERGED = words("cells that are not merged")
_VISIBLE = words("a visible sheet: what nobody sees is not read; unhide or delete it")
_ONCE = words("one sheet for each table; another sheet holds this one")
_NARROW = words("a sheet without cells far to the right")
_VALUE = words("a text, a number, a date or a time")
_FEW_RANGES = 200
_LAST_ROW = 1_048_576
_NAMES = {
    folded(name): table for table in TABLES for name in (table.name, table.title.en, table.title.zh)
}
_ROWS_OF_RANGE = re.compile(r"[A-Za-z]+([0-9]+)(?::[A-Za-z]+([0-9]+))?")


def read_workbook(file: Path) -> Found:
    """The sheets of a workbook. A file that is none is one problem."""
    place = Place(file.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tabs = _tabs(file)
        if isinstance(tabs, Words):
            everything = frozenset(table.name for table in TABLES)
            return Found({}, everything, (place.problem(tabs),))
        parts: list[Found] = []
        for tab in tabs:
            there = together(parts).tables
            parts.append(_read_tab(Place(file.name, tab.sheet.title), tab, there))
    found = together(parts)
    absent = (
        place.problem(words("a sheet {table}", table=table.title))
        for table in missing(found, TABLES)
    )
    return together([found, Found({}, frozenset(), tuple(absent))])


@dataclass(frozen=True, slots=True)
class _Tab:
    sheet: ReadOnlyWorksheet
    part: SheetPart


def _tabs(file: Path) -> list[_Tab] | Words:
    """The sheets, or what was expected instead of the file."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return words("a file of at most {most} kilobytes", most=MAX_BYTES // 1024)
        data = file.read_bytes()
    except OSError:
        return words("a file that can be read")
    reason = reason_not_to_open(data)
    if reason is not None:
        return reason
    try:
        reader = ExcelReader(io.BytesIO(data), read_only=True, keep_links=False)
        reader.read()
        parts = {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}
        return [
            _Tab(sheet, scanned(reader.archive, parts[sheet.title]))
            for sheet in reader.wb.worksheets
        ]
    except _MALFORMED:
        return _MENDED


def _read_tab(place: Place, tab: _Tab, there: frozenset[str]) -> Found:
    name = folded(tab.sheet.title)
    table = _NAMES.get(name)
    hidden = tab.sheet.sheet_state != "visible"
    if table is None:
        ignored = hidden or name in (README.en, README.zh) or tab.part.is_blank
        return Found({}, frozenset(), () if ignored else (place.problem(_unknown(name)),))
    names = frozenset({table.name})
    if table.name in there:
        return Found({}, frozenset(), (place.problem(_ONCE),))
    if hidden:
        return Found({}, names, (place.problem(_VISIBLE),))
    if tab.part.rows > MAX_ROWS + 1:
        return Found({}, names, (place.problem(TOO_MANY_ROWS),))
    lines = _lines(tab.sheet) if tab.part.in_order else _MENDED
    if isinstance(lines, Words):
        return Found({}, names, (place.problem(lines),))
    return _without_merged(table, Sheet(place, lines), tab.part.merged)


def _unknown(name: str) -> Words:
    found = nearest(name, {known: table.title for known, table in _NAMES.items()})
    if found is not None:
        return words("a known sheet, perhaps {nearest}", nearest=found)
    titles = tuple(table.title for table in TABLES)
    return words("one of the sheets {titles}; hide a sheet of your own", titles=titles)


def _without_merged(table: Table, sheet: Sheet, merged: tuple[str, ...]) -> Found:
    """Leaves out the rows that merged cells touch: what stands in them is anybody's guess."""
    if not merged:
        return Found({table.name: sheet})
    ranges = [_rows_of(area) for area in merged]
    problems = tuple(
        sheet.place.problem(_UNMERGED, first, area)
        for area, (first, _) in zip(merged, ranges, strict=True)
    )[:MAX_PROBLEMS]
    kept = tuple(
        line
        for line in sheet.lines
        if not any(first <= line.number <= last for first, last in ranges[:_FEW_RANGES])
    )
    headings_gone = not kept or kept[0] is not sheet.lines[0] or len(ranges) > _FEW_RANGES
    if headings_gone:
        return Found({}, frozenset({table.name}), problems)
    return Found({table.name: Sheet(sheet.place, kept, partial=True)}, frozenset(), problems)


def _rows_of(area: str) -> tuple[int, int]:
    found = _ROWS_OF_RANGE.fullmatch(area)
    first = int(found[1]) if found else 1
    return first, int(found[2] or first) if found else MAX_ROWS


# --- cells ----------------------------------------------------------------------------------


def _lines(sheet: ReadOnlyWorksheet) -> tuple[Line, ...] | Words:
    """The rows in which something stands, or what was expected instead."""
    sheet.reset_dimensions()
    lines: list[Line] = []
    seen = 0
    try:
        for number, row in enumerate(sheet.rows, start=1):
            seen += len(row)
            cells = tuple(_native(cell.value, cell.data_type) for cell in row)
            if any(cell is not None for cell in cells):
                lines.append(Line(number, _trimmed(cells)))
            if seen > _MAX_CELLS:
                return _NARROW
            if number > _LAST_ROW or len(lines) > MAX_ROWS + 1:
                return TOO_MANY_ROWS
    except _MALFORMED:
        return _MENDED
    return tuple(lines)


def _trimmed(cells: tuple[Native, ...]) -> tuple[Native, ...]:
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def _native(value: object, data_type: str) -> Native:
    if data_type == "f":
        return Unusable(value if isinstance(value, str) else "=", _FORMULA)
    if data_type == "e":
        return Unusable(str(value), _ERROR)
    if value is None or isinstance(value, str | int | float | date | time | timedelta):
        return value
    return Unusable(type(value).__name__, _VALUE)
