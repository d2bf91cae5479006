"""A center as a workbook, read: one sheet a table, English or Chinese names."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl.reader.excel import ExcelReader

from db.files.columns import Table
from db.files.headings import nearest
from db.files.kinds import folded
from db.files.natives import Native, Unusable
from db.files.problems import FileProblem
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
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ROWS_OF_RANGE = re.compile(r"[A-Za-z]+([0-9]+)(?::[A-Za-z]+([0-9]+))?")


@dataclass(frozen=True, slots=True)
class _Tab:
    """A sheet's name and how to get at it."""

    title: str
    hidden: bool
    part: SheetPart
    rows: Iterable[Iterable[object]]


def read_workbook(file: Path) -> Found:
    """The sheets of a workbook. A file that is none is one problem."""
    place = Place(file.name)
    everything = frozenset(table.name for table in TABLES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tabs = _tabs(file)
        if isinstance(tabs, Words):
            return Found({}, everything, (place.problem(tabs),))
        parts: list[Found] = []
        for tab in tabs:
            parts.append(_read_tab(Place(file.name, tab.title), tab, together(parts).tables))
    found = together(parts)
    absent = (place.problem(_sheet_named(table)) for table in missing(found, TABLES))
    return together([found, Found({}, frozenset(), tuple(absent))])


def _sheet_named(table: Table) -> Words:
    return words("a sheet {table}", table=table.title)


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
            _Tab(
                sheet.title,
                sheet.sheet_state != "visible",
                scanned(reader.archive, parts[sheet.title]),
                _unsized(sheet),
            )
            for sheet in reader.wb.worksheets
        ]
    except _MALFORMED:
        return _MENDED
