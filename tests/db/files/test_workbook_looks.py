"""A written workbook helps the person who fills it in."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest

from db.files import write_center
from db.files.tables import TABLES
from tests.db.files.centers import SMALL, sheet_of


@pytest.mark.parametrize(("language", "readme"), [("en", "read me"), ("zh", "说明")])
def test_the_first_sheet_explains_every_other_in_the_language(
    tmp_path: Path, language: str, readme: str
) -> None:
    write_center(SMALL, tmp_path / "center.xlsx", "zh" if language == "zh" else "en")
    book = openpyxl.load_workbook(tmp_path / "center.xlsx")
    said = {cell.value for row in sheet_of(book, readme).iter_rows() for cell in row}
    titles = [getattr(table.title, language) for table in TABLES]
    assert book.sheetnames == [readme, *titles]
    wanted = {getattr(one.meaning, language) for table in TABLES for one in table.columns}
    assert set(titles) | wanted <= said


def test_headings_stay_in_view_and_cells_offer_what_they_take(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    sheet = sheet_of(book, "patterns")
    offers = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].font.bold
    assert offers["B2:B2001"] == '"Mon,Tue,Wed,Thu,Fri,Sat,Sun"'
    assert offers["C2:C2001"] == "OFFSET(shifts!$A$2,0,0,MAX(1,COUNTA(shifts!$A:$A)-1),1)"


def test_dates_and_numbers_are_cells_that_excel_can_sort(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    assert sheet_of(book, "sessions")["A2"].value == datetime(2025, 12, 29)
    assert sheet_of(book, "shifts")["D2"].value == time(7)
    assert sheet_of(book, "prescriptions")["C2"].value == 240


def test_text_that_a_spreadsheet_takes_for_a_formula_stays_text_when_edited(
    workbook: Path,
) -> None:
    phone = sheet_of(openpyxl.load_workbook(workbook), "patients")["J3"]
    assert (phone.value, phone.data_type, phone.quotePrefix) == ("+86 1", "s", 1)
