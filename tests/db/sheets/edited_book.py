"""Writing, editing and reading the small center's weekly workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.sheets.edited import EditedPlan
from db.sheets.edition import Edition
from db.sheets.read_week import read_week
from db.sheets.week_book import week_book
from tests.db.sheets.world import ENGLISH, MONDAY, edition

SEATS_WRITTEN = 4 * 15
Typed = str | float | bool | None


def written(folder: Path, source: Edition) -> Path:
    """The week as it was written."""
    path = folder / "week.xlsx"
    path.write_bytes(week_book(source, MONDAY, ENGLISH))
    return path


def read(path: Path, source: Edition | None = None) -> EditedPlan:
    """The week as it is understood, against the plan it was written from."""
    source = source or edition()
    return read_week(path, source.problem, source.plan)


def edit(path: Path, change: Callable[[Worksheet], None], sheet: str = "General") -> None:
    """Opens the workbook, changes one sheet and saves it."""
    workbook = load_workbook(path, rich_text=True)
    page = workbook[sheet]
    assert isinstance(page, Worksheet)
    change(page)
    workbook.save(path)


def put(path: Path, cell: str, value: Typed, sheet: str = "General") -> None:
    """Types a value into a cell."""

    def change(page: Worksheet) -> None:
        page[cell] = value

    edit(path, change, sheet)


def refused(result: EditedPlan) -> list[tuple[str, str, str]]:
    """Sheet, cell and words of every refusal."""
    assert result.plan is None
    return [(one.sheet, one.cell, str(one.words)) for one in result.refusals]
