"""A workbook that came back, as plain texts; nothing here knows what they mean."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from domain.words import Words, words

_LARGEST = 32 * 1024 * 1024
# What openpyxl is known to raise on files that are damaged or no workbooks at all.
_DAMAGE = (
    BadZipFile,
    InvalidFileException,
    zlib.error,
    ParseError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)


class NoWorkbook(ValueError):
    """The file cannot be read as a workbook."""

    def __init__(self, reason: Words) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CellText:
    """What a cell says: its text, whether a formula or struck through, and its comment."""

    text: str
    formula: bool = False
    struck: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SheetText:
    """A worksheet's cells that say anything, by row and column counted from 1. `merged` are
    cells that vanished under a neighbor."""

    title: str
    cells: Mapping[tuple[int, int], CellText]
    merged: frozenset[tuple[int, int]]


def book_cells(path: Path) -> tuple[SheetText, ...]:
    """Every worksheet of the file. Raises NoWorkbook, never half a book."""
    try:
        with ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise NoWorkbook(words("the workbook is far larger than the one that was written"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that openpyxl does not keep, nor do we
            book = load_workbook(path, rich_text=True)
        return tuple(_sheet(sheet) for sheet in book.worksheets)
    except NoWorkbook:
        raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NoWorkbook(words("the file cannot be opened: {reason}", reason=reason)) from error
    except _DAMAGE as error:
        raise NoWorkbook(words("the file is no Excel workbook, or damaged")) from error


def _sheet(sheet: Worksheet) -> SheetText:
    cells: dict[tuple[int, int], CellText] = {}
    merged: set[tuple[int, int]] = set()
    for place, cell in sorted(_stored(sheet), key=lambda item: item[0]):
        if isinstance(cell, MergedCell):
            merged.add(place)
        elif (said := _cell(cell)) is not None:
            cells[place] = said
    return SheetText(sheet.title, cells, frozenset(merged))


def _stored(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], Cell | MergedCell]]:
    """Only the cells in the file: walking rows would fill a sheet whose last row was formatted."""
    yield from sheet._cells.items()


def _cell(cell: Cell) -> CellText | None:
    comment = " ".join((cell.comment.text or "").split()) if cell.comment else ""
    formula = cell.data_type == "f"
    text = "=…" if formula and not isinstance(cell.value, str) else _plain(cell.value)
    if not text.strip() and not comment:
        return None
    return CellText(text, formula, _struck(cell), comment)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _struck(cell: Cell) -> bool:
    if cell.font.strike:
        return True
    runs = cell.value if isinstance(cell.value, CellRichText) else ()
    return any(isinstance(run, TextBlock) and bool(run.font.strike) for run in runs)
