"""The ward's own sheet: written, edited as nurses do, and read back with every problem named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clearshift.i18n import speaker
from db.nurse_rosters import of_roster
from db.sheets.book_cells import NoWorkbook
from db.sheets.edition import Voice
from db.sheets.read_roster import EditedRoster, read_roster, roster_key
from db.sheets.roster_book import RosterEdition, roster_book
from domain.nurse_roster import AwayDay, Duty, NurseRoster
from domain.nurse_terms import Contract, NurseBalance, NurseBurden, NurseDayKind
from domain.ward import Ward
from scheduler.ward.check import check_roster
from tests.scheduler.ward.worlds import MONDAY, day, need, nurse, ward

THERE: Ward = ward(
    [nurse("N1", "AB", "lead"), nurse("N2", "B")],
    [need(0, "AM", 1), need(1, "AM", 2), need(7, "AM", 1, "B")],
    weeks=2,
    contracts=(Contract("N2", frozenset({"AM"})),),
    nurse_ledger=(NurseBalance("N1", NurseBurden.REST, 1680),),
)
ROSTER = NurseRoster.of(
    MONDAY, 2,
    [
        Duty(day(0), "N1", "早", "A", lead=True),
        Duty(day(1), "N1", "夜", "B", until=time(20)),
        Duty(day(7), "N2", "早", "B"),
    ],
    [AwayDay(day(2), "N1", NurseDayKind.LEAVE)],
)  # fmt: skip


def book(folder: Path, language: str = "zh", there: Ward = THERE) -> Path:
    """The roster as a workbook."""
    edition = RosterEdition(
        there, ROSTER, check_roster(there, ROSTER).gaps, 3, "Li", datetime(2026, 3, 1, 9),
        of_roster(ROSTER),
    )  # fmt: skip
    path = folder / "roster.xlsx"
    path.write_bytes(roster_book(edition, Voice(language, speaker(language, 2026))))
    return path


def edited(path: Path, change: Callable[[Worksheet], None], week: int = 0) -> EditedRoster:
    """What is read after somebody has changed a week's worksheet."""
    workbook = load_workbook(path)
    change(workbook.worksheets[week])
    workbook.save(path)
    return read_roster(path, THERE, ROSTER)


def refusals(found: EditedRoster) -> list[tuple[str, str]]:
    """Cell and words of each."""
    assert found.roster is None
    return [(one.cell, str(one.words)) for one in found.refusals]


def row(path: Path, number: int, week: int = 0) -> list[object]:
    """What stands in a row of a week's sheet, the hidden column first."""
    return [cell.value for cell in load_workbook(path).worksheets[week][number]]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_written_reads_back_as_the_same_roster(tmp_path: Path, language: str) -> None:
    assert read_roster(book(tmp_path, language), THERE, ROSTER) == EditedRoster(ROSTER)


def test_a_row_is_a_nurse_with_marks_and_rest_owed_at_the_end(tmp_path: Path) -> None:
    path = book(tmp_path)
    assert row(path, 6) == [
        "N1", 1, "护士N1", row(path, 6)[3], "A/B",
        "主早", "夜B(20:00)", "△", "休1", "休2", "休3", "休4", 3.5 + 2 - 4,
    ]  # fmt: skip
    assert row(path, 6, week=1)[5] == "休5"
    assert row(path, 7, week=1)[5] == "早"


def test_below_the_nurses_stands_who_is_there_and_needed_and_what_is_missing(
    tmp_path: Path,
) -> None:
    path = book(tmp_path, "en")
    assert row(path, 8)[1] == "早: there"
    assert row(path, 8)[5] == '=COUNTIF(F6:F7,"*早*")'
    assert row(path, 9)[5:8] == [1, 2, 0]
    texts = [str(cell.value) for line in load_workbook(path).worksheets[0] for cell in line]
    assert any("0 of 2 nurses for 10 patients" in text for text in texts)


def test_the_same_roster_is_the_same_file(tmp_path: Path) -> None:
    assert book(tmp_path).read_bytes() == book(tmp_path).read_bytes()


def test_an_edited_cell_is_a_changed_duty(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["F6"], sheet["G6"], sheet["H6"] = "休", "主早", None

    found = edited(book(tmp_path), change)
    assert found.roster is not None
    assert found.roster.by_nurse["N1"] == (Duty(day(1), "N1", "早", "A", lead=True),)
    assert found.roster.away == ()


def test_every_cell_that_is_not_understood_is_named(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["F6"], sheet["G6"], sheet["H6"], sheet["F7"] = "夕", "=1+1", "早X", "早(9)"

    found = dict(refusals(edited(book(tmp_path), change)))
    assert set(found) == {"F6", "G6", "H6", "F7"}
    assert "is none of" in found["F6"]
    assert "a formula" in found["G6"]


def test_rows_may_be_sorted_and_columns_moved(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        first, second = ([cell.value for cell in sheet[number]] for number in (6, 7))
        for column, (one, other) in enumerate(zip(first, second, strict=True), 1):
            sheet.cell(6, column, other)
            sheet.cell(7, column, one)

    assert edited(book(tmp_path), change).roster == ROSTER


def test_a_nurse_or_a_week_that_vanished_is_refused(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.delete_rows(6)

    (only,) = refusals(edited(book(tmp_path), change))
    assert only == ("", "N1: 7 days are missing in the workbook")


def test_a_nurse_who_is_not_on_the_books_and_one_twice_are_refused(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A6"] = "N9"

    cells = [cell for cell, _ in refusals(edited(book(tmp_path), change))]
    assert cells == ["A6", ""]

    def again(sheet: Worksheet) -> None:
        sheet["A6"] = "N2"

    found = refusals(edited(book(tmp_path), again))
    assert ("F7", "N2 has this day twice in the workbook") in found


def test_a_workbook_of_another_version_center_or_week_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path)
    other = NurseRoster.of(MONDAY, 2, ())
    (stale,) = refusals(read_roster(path, THERE, other))
    assert "made from version 3" in stale[1]
    shorter = ward([nurse("N1", "AB"), nurse("N2", "B")])
    assert "is of 2 weeks from 2026-03-02" in refusals(read_roster(path, shorter))[0][1]


def test_a_broken_key_or_no_workbook_is_said(tmp_path: Path) -> None:
    path = book(tmp_path)
    workbook = load_workbook(path)
    workbook["_key"]["D2"] = "9"
    workbook.save(path)
    with pytest.raises(NoWorkbook, match="hidden sheet"):
        roster_key(path)
    assert refusals(read_roster(path, THERE)) == [
        ("", "the workbook's hidden sheet is missing or was changed")
    ]
    path.write_text("nothing")
    assert "no Excel workbook" in refusals(read_roster(path, THERE))[0][1]
