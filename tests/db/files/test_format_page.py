"""The page that explains the format says what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.files.describe import with_tables
from db.files.tables import TABLES

PAGE = Path(__file__).parents[3] / "docs" / "files.md"


def test_the_tables_of_the_page_are_current() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_tables(page), "run: python -m db.files.describe docs/files.md"


def test_every_heading_is_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    headings = [column.heading for table in TABLES for column in table.columns]
    assert [one for one in headings if f"| {one.en} | {one.zh} |" not in page] == []


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="must stand in the page"):
        with_tables("# A page")
