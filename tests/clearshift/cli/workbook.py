"""What a person does to a weekly workbook: types names into cells."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


def put(book: Path, cell: str, text: str, sheet: str = "General zone") -> None:
    """Types a text into a cell and saves."""
    workbook = load_workbook(book, rich_text=True)
    page = workbook[sheet]
    assert isinstance(page, Worksheet)
    page[cell] = text
    workbook.save(book)


def name_in(book: Path, cell: str, sheet: str = "General zone") -> str:
    """The name that stands in a cell, without the signs below it."""
    page = load_workbook(book)[sheet]
    assert isinstance(page, Worksheet)
    return str(page[cell].value).splitlines()[0]
