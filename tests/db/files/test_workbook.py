"""Workbooks as Excel, WPS and people leave them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Protection
from openpyxl.workbook import Workbook

from db.files import read_center
from tests.db.files.centers import (
    SMALL,
    change_part,
    part_of,
    problems_of,
    sentences,
    sheet_of,
)

Edit = Callable[[Workbook], object]


def edited(workbook: Path, edit: Edit) -> Path:
    """The workbook after somebody changed and saved it."""
    book = openpyxl.load_workbook(workbook)
    edit(book)
    book.save(workbook)
    return workbook


def put(title: str, cell: str, value: object) -> Edit:
    """Typing a value into a cell."""

    def edit(book: Workbook) -> None:
        sheet_of(book, title)[cell].value = value

    return edit


# --- what is understood ---------------------------------------------------------------------


def test_a_workbook_saved_by_another_program_is_read(workbook: Path) -> None:
    assert read_center(edited(workbook, lambda _: None)) == SMALL


UNDERSTOOD: list[tuple[str, str, object]] = [
    ("shifts", "D2", "7:00"),
    ("shifts", "D2", timedelta(hours=7)),
    ("absences", "G2", "24:00"),
    ("absences", "G2", timedelta(hours=24)),
    ("placements", "C3", "2026年1月5日"),
    ("placements", "C3", datetime(2026, 1, 5)),
    ("prescriptions", "C2", "240"),
    ("prescriptions", "C2", 240.0),
    ("shifts", "H2", False),
    ("wishes", "A2", " P01 "),
]


@pytest.mark.parametrize(("title", "cell", "value"), UNDERSTOOD)
def test_a_cell_may_hold_a_number_a_date_a_time_or_their_text(
    workbook: Path, title: str, cell: str, value: object
) -> None:
    assert read_center(edited(workbook, put(title, cell, value))) == SMALL


def test_a_code_that_excel_took_for_a_number_is_a_code(workbook: Path) -> None:
    def number(book: Workbook) -> None:
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        for cell in cells:
            if cell.value == "N01":
                cell.value = 7

    assert read_center(edited(workbook, number)).nurses[0].code == "7"


def test_headings_and_sheets_may_mix_both_languages(workbook: Path) -> None:
    def rename(book: Workbook) -> None:
        book["patients"].title = "患者"
        sheet_of(book, "患者")["B1"] = "姓名"
        sheet_of(book, "患者")["F1"] = "路程(分钟)"
        sheet_of(book, "stations")["A1"] = " Code "

    assert read_center(edited(workbook, rename)) == SMALL


def test_sheets_and_columns_may_stand_in_any_order(workbook: Path) -> None:
    def shuffle(book: Workbook) -> None:
        book.move_sheet("patients", offset=-8)
        sheet_of(book, "stations").move_range("A1:A9", cols=6)

    assert read_center(edited(workbook, shuffle)) == SMALL


def test_empty_rows_and_columns_with_formats_are_passed_over(workbook: Path) -> None:
    def frame(book: Workbook) -> None:
        sheet = sheet_of(book, "stations")
        for row in range(1, 60):
            for column in range(1, 12):
                sheet.cell(row, column).protection = Protection(locked=False)

    assert read_center(edited(workbook, frame)) == SMALL


def test_a_wrong_note_of_the_size_of_a_sheet_hides_no_rows(workbook: Path) -> None:
    part = part_of(workbook, "stations")
    change_part(workbook, part, lambda xml: xml.replace('ref="A1:C3"', 'ref="A1:B2"'))
    assert read_center(workbook) == SMALL


def test_the_years_of_an_old_mac_are_understood(workbook: Path) -> None:
    def turn(book: Workbook) -> None:
        book.epoch = datetime(1904, 1, 1)

    assert read_center(edited(workbook, turn)) == SMALL


def test_hidden_and_blank_sheets_of_others_are_passed_over(workbook: Path) -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Sheet1")
        hidden = book.create_sheet("my notes")
        hidden["A1"] = "remember"
        hidden.sheet_state = "hidden"

    assert read_center(edited(workbook, add)) == SMALL


# --- what is refused ------------------------------------------------------------------------

REFUSED: list[tuple[str, str, object, str]] = [
    ("prescriptions", "C2", "=200+40",
     "row 2, column session (minutes): found “=200+40”, expected a value, not a formula"),
    ("prescriptions", "C2", "#N/A",
     "row 2, column session (minutes): found “#N/A”, expected a value, not an error of Excel's"),
    ("stations", "A2", date(2026, 1, 2),
     "row 2, column code: found “2026-01-02”, expected text; the cell holds a date or a time: "
     "give it the format Text and type it again"),
    ("shifts", "D2", datetime(2026, 1, 5, 7),
     "row 2, column start: found “2026-01-05 07:00:00”, "
     "expected a time such as 07:00, before 24:00"),
    ("prescriptions", "C2", time(4),
     "row 2, column session (minutes): found “04:00”, expected a whole number from 30 to 1440"),
    ("prescriptions", "C2", 240.5,
     "row 2, column session (minutes): found “240.5”, expected a whole number from 30 to 1440"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "cell", "value", "sentence"), REFUSED)
def test_a_wrong_cell_is_named_with_sheet_row_and_column(
    workbook: Path, title: str, cell: str, value: object, sentence: str
) -> None:
    edited(workbook, put(title, cell, value))
    assert sentences(workbook) == [f"center.xlsx, sheet {title}, {sentence}"]


def test_a_date_that_lost_its_format_is_no_date(workbook: Path) -> None:
    def bare(book: Workbook) -> None:
        sheet_of(book, "placements")["C3"].number_format = "General"

    (problem,) = problems_of(edited(workbook, bare))
    assert (problem.row, problem.column, problem.value) == (3, "from", "46027")


def test_text_that_only_looks_like_a_formula_is_text(workbook: Path) -> None:
    def edit(book: Workbook) -> None:
        cell = sheet_of(book, "stations")["C2"]
        cell.value = "=2"
        cell.data_type = "s"

    assert read_center(edited(workbook, edit)).stations[0].room == "=2"


def test_merged_cells_are_refused_with_their_range(workbook: Path) -> None:
    edited(workbook, lambda book: sheet_of(book, "patients").merge_cells("B2:C3"))
    assert sentences(workbook) == [
        "center.xlsx, sheet patients, row 2: found “B2:C3”, expected cells that are not merged"
    ]


def test_rows_beside_merged_cells_are_still_checked(workbook: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet_of(book, "wishes").merge_cells("C2:D2")
        sheet_of(book, "wishes")["D4"] = 9

    rows = [problem.row for problem in problems_of(edited(workbook, edit))]
    assert rows == [2, 4]


def test_a_sheet_full_of_merged_cells_is_not_read(workbook: Path) -> None:
    def edit(book: Workbook) -> None:
        for row in range(5, 210):
            sheet_of(book, "ledger").merge_cells(f"A{row}:B{row}")

    problems = problems_of(edited(workbook, edit))
    assert {problem.sheet for problem in problems} == {"ledger"}
    assert len(problems) == 205


def test_a_merged_title_above_the_headings_is_named(workbook: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, "patients")
        sheet.insert_rows(1)
        sheet["A1"] = "Patients of the ward"
        sheet.merge_cells("A1:K1")

    assert [problem.value for problem in problems_of(edited(workbook, edit))] == ["A1:K1"]


def test_a_hidden_table_is_not_read_in_silence(workbook: Path) -> None:
    def hide(book: Workbook) -> None:
        book["patients"].sheet_state = "veryHidden"

    (problem,) = problems_of(edited(workbook, hide))
    assert (problem.sheet, str(problem.expected).split(":")[0]) == ("patients", "a visible sheet")


def test_a_misspelt_sheet_is_named_with_the_nearest_name(workbook: Path) -> None:
    def rename(book: Workbook) -> None:
        book["wishes"].title = "Wish"

    assert sentences(edited(workbook, rename)) == [
        "center.xlsx, sheet Wish: expected a known sheet, perhaps wishes"
    ]


def test_a_visible_sheet_of_something_else_is_told_the_names(workbook: Path) -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("invoice")["A1"] = "total"

    (problem,) = problems_of(edited(workbook, add))
    assert str(problem.expected).startswith("one of the sheets center, zones, shifts")


def test_a_missing_sheet_that_is_needed_is_named(workbook: Path) -> None:
    def delete(book: Workbook) -> None:
        del book["machines"]
        del book["wishes"]

    assert sentences(edited(workbook, delete)) == ["center.xlsx: expected a sheet machines"]


def test_two_sheets_for_one_table_are_refused(workbook: Path) -> None:
    def copy(book: Workbook) -> None:
        book.copy_worksheet(sheet_of(book, "wishes")).title = "意愿"

    assert sentences(edited(workbook, copy)) == [
        "center.xlsx, sheet 意愿: expected one sheet for each table; another sheet holds this one"
    ]


# --- files that are no workbook -------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
NO_WORKBOOK: list[tuple[bytes, str]] = [
    (b"", "a workbook in the format .xlsx"),
    (b"code,zone\n", "a workbook in the format .xlsx"),
    (b"PK\x03\x04 but no zip", "a workbook in the format .xlsx"),
    (OLE, "a workbook in the format .xlsx: open it in Excel and save it as such"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "a workbook without a password"),
]


@pytest.mark.parametrize(("data", "expected"), NO_WORKBOOK)
def test_a_file_that_is_no_workbook_says_what_to_do(
    tmp_path: Path, data: bytes, expected: str
) -> None:
    file = tmp_path / "center.xlsx"
    file.write_bytes(data)
    assert sentences(file) == [f"center.xlsx: expected {expected}"]


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "center.xlsx", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert sentences(tmp_path / "center.xlsx") == [
        "center.xlsx: expected a workbook in the format .xlsx"
    ]


def test_a_zip_with_a_password_is_refused(workbook: Path) -> None:
    data = bytearray(workbook.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    workbook.write_bytes(data)
    assert sentences(workbook) == ["center.xlsx: expected a workbook without a password"]


def test_a_workbook_larger_than_any_center_is_refused_unread(workbook: Path) -> None:
    with workbook.open("ab") as file:
        file.truncate(33 * 2**20)
    assert sentences(workbook) == ["center.xlsx: expected a file of at most 32768 kilobytes"]


def test_a_half_copied_workbook_is_refused(workbook: Path) -> None:
    data = workbook.read_bytes()
    workbook.write_bytes(data[: len(data) // 2])
    assert sentences(workbook) == ["center.xlsx: expected a workbook in the format .xlsx"]


def test_a_part_that_is_no_xml_is_refused(workbook: Path) -> None:
    change_part(workbook, part_of(workbook, "stations"), lambda xml: xml[: len(xml) // 2])
    told = sentences(workbook)
    assert "expected a workbook that can be read: open it in Excel and save it again" in told[0]


@pytest.mark.parametrize("number", ["2", "0", "-5", "", "99999999999"])
def test_rows_that_a_reader_would_lose_are_refused(workbook: Path, number: str) -> None:
    lost = f'<row r="{number}"><c t="inlineStr"><is><t>P09</t></is></c></row></sheetData>'
    change_part(
        workbook,
        part_of(workbook, "ledger"),
        lambda xml: xml.replace("</sheetData>", lost),
    )
    (problem,) = problems_of(workbook)
    assert problem.sheet == "ledger"
    assert str(problem.expected).startswith("a workbook that can be read")


def test_what_unpacks_into_gigabytes_is_refused_unopened(workbook: Path) -> None:
    with zipfile.ZipFile(workbook, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(65 * 2**20))
    assert sentences(workbook) == [
        "center.xlsx: expected a workbook of at most 64 megabytes unpacked"
    ]


def test_a_bomb_of_entities_is_refused(workbook: Path) -> None:
    lines = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12)]
    bomb = f"<!DOCTYPE x [{''.join(lines)}]>"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    change_part(
        workbook,
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(head, head + bomb).replace("<t>P01</t>", "<t>&e11;</t>"),
    )
    assert "workbook" in sentences(workbook)[0]


def test_more_rows_than_anybody_types_are_refused_without_reading_them(workbook: Path) -> None:
    rows = "<row><c><v>1</v></c></row>" * 200_100
    change_part(
        workbook,
        part_of(workbook, "ledger"),
        lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"),
    )
    assert sentences(workbook) == ["center.xlsx, sheet ledger: expected at most 200000 rows"]


def test_a_cell_at_the_far_end_of_the_sheet_is_refused_and_not_waited_for(workbook: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    change_part(
        workbook,
        part_of(workbook, "ledger"),
        lambda xml: xml.replace("</sheetData>", f"{far}</sheetData>"),
    )
    problems = problems_of(workbook)
    assert {(problem.sheet, problem.row) for problem in problems} == {("ledger", 1048576)}
