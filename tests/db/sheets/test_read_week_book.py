"""An edited workbook as a whole: its sheets, its version, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from db.sheets.read_week import read_week
from domain.plan import Change, ChangeKind, Plan
from tests.db.sheets.edited_book import SEATS_WRITTEN, Typed, put, read, refused, written
from tests.db.sheets.world import MONDAY, REGISTER, edition, renamed, seat


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The week as it was written."""
    return written(tmp_path, edition())


def seats(change: Change) -> tuple[ChangeKind, str]:
    return change.kind, change.patient


def test_a_deleted_sheet_is_refused(book: Path) -> None:
    workbook = load_workbook(book, rich_text=True)
    del workbook["Zone two"]
    workbook.save(book)
    text = "the sheet zone|B is gone or its hidden keys are"
    assert refused(read(book)) == [("", "", text)]


def test_a_copied_sheet_is_refused(book: Path) -> None:
    workbook = load_workbook(book, rich_text=True)
    workbook.copy_worksheet(workbook["Zone two"])
    workbook.save(book)
    text = "the sheet is in the workbook twice"
    assert refused(read(book)) == [("Zone two", "", text), ("Zone two Copy", "", text)]


def test_a_renamed_sheet_is_understood(book: Path) -> None:
    workbook = load_workbook(book, rich_text=True)
    workbook["General"].title = "普通"
    workbook.save(book)
    assert read(book).plan == edition().plan


def test_a_foreign_sheet_is_remarked(book: Path) -> None:
    workbook = load_workbook(book, rich_text=True)
    workbook.create_sheet("Notes")["A1"] = "call 李强"
    workbook.save(book)
    result = read(book)
    assert result.plan == edition().plan
    assert [(one.sheet, str(one.words)) for one in result.remarks] == [
        ("Notes", "the sheet is none of the plan's and is not read")
    ]


def test_a_changed_hidden_sheet_is_refused(book: Path) -> None:
    workbook = load_workbook(book, rich_text=True)
    page = workbook["_key"]
    cell = next(row[5] for row in page.iter_rows() if len(row) > 5 and row[5].value == "P2")
    cell.value = "P1"
    workbook.save(book)
    text = "the workbook's hidden sheet is missing or was changed"
    assert refused(read(book)) == [("", "", text)]


def test_any_other_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    Workbook().save(path)
    text = "the workbook's hidden sheet is missing or was changed"
    assert refused(read(path)) == [("", "", text)]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("station,patient")
    assert refused(read(path)) == [("", "", "the file is no Excel workbook, or damaged")]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    text = "the file cannot be opened: No such file or directory"
    assert refused(read(tmp_path / "none.xlsx")) == [("", "", text)]


def test_a_sheet_of_another_version_is_refused_but_still_compared(book: Path) -> None:
    source = edition(seats=(seat(0, "am", "A1", "P1"),))
    put(book, "C7", None)
    result = read(book, source)
    assert refused(result)[0][2].startswith("the workbook was made from version 3")
    assert [seats(change) for change in result.changes] == [(ChangeKind.REMOVED, "P2")]


def test_a_sheet_of_another_center_is_refused(book: Path) -> None:
    center = replace(REGISTER.center, code="XM")
    result = read(book, edition(replace(REGISTER, center=center)))
    assert refused(result) == [("", "", "the workbook is of center HC, not XM")]


def test_without_the_original_the_hidden_sheet_counts(book: Path) -> None:
    put(book, "C7", None)
    result = read_week(book, edition().problem)
    assert result.plan is not None
    assert seat(0, "am", "A2", "P2") not in result.plan.assignments
    assert len(result.plan.assignments) == len(edition().plan.assignments) - 1


def test_the_other_week_of_a_longer_plan_stays(tmp_path: Path) -> None:
    later = seat(8, "am", "A1", "P1")
    source = edition(seats=(seat(0, "am", "A1", "P1"), later), weeks=2)
    path = written(tmp_path, source)
    put(path, "C6", "P2")
    result = read(path, source)
    assert result.plan == Plan.of(MONDAY, 2, (seat(0, "am", "A1", "P2"), later))


def test_a_name_that_was_given_to_a_second_patient_since_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, edition(renamed(P6="陈静")))
    put(path, "C8", "李强")
    result = read(path, edition(renamed(P6="李强")))
    assert [one[1] for one in refused(result)] == ["C8"]


CELLS = st.tuples(st.integers(1, 20), st.integers(1, 22))
TYPED = st.sampled_from(
    ["李强", "王芳", "P1", "P4 x", "=1+1", "Held", "×", "nobody", 7, 1.5, True, " ", "▲", None]
)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sheet=st.sampled_from(["General", "Zone two", "Overview"]),
    edits=st.dictionaries(CELLS, TYPED, min_size=1, max_size=3),
)
def test_no_edit_of_any_cell_is_lost(
    tmp_path: Path, sheet: str, edits: dict[tuple[int, int], Typed]
) -> None:
    """Whatever is put where, the result names the cell, or its row, column or sheet."""
    path = written(tmp_path, edition())
    workbook = load_workbook(path, rich_text=True)
    page = workbook[sheet]
    assert isinstance(page, Worksheet)
    edited = set()
    for place, value in edits.items():
        cell = page.cell(*place)
        if isinstance(cell, Cell) and _says_otherwise(cell, value):
            cell.value = value
            edited.add(cell.coordinate)
    workbook.save(path)
    result = read(path)
    told = {one.cell for one in result.edits}
    told |= {one.cell for one in (*result.refusals, *result.remarks)}
    assert edited <= told or "" in told
    if result.plan is not None:
        assert len(result.edits) + result.unchanged == SEATS_WRITTEN


def _says_otherwise(cell: Cell, value: Typed) -> bool:
    """False for the same text, for the same patient by name or code, for a formula in place of
    a count, which is counted again anyway, and for a sign that only moved to a free seat."""
    was, now = " ".join(str(cell.value or "").split()), " ".join(str(value or "").split())
    counted = cell.data_type == "f" and now.startswith("=")
    sign = {was, now} <= {"Held", "×", ""}
    return not counted and not sign and was != now and (not now or now not in was.split())
