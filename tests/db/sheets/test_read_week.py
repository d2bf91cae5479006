"""An edited workbook says exactly what changed, or what it refuses, cell by cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from db.sheets.edited import EditedPlan
from domain.plan import Change, ChangeKind
from tests.db.sheets.edited_book import SEATS_WRITTEN, edit, put, read, refused, written
from tests.db.sheets.world import edition, seat


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The week as it was written."""
    return written(tmp_path, edition())


def seats(change: Change) -> tuple[ChangeKind, str]:
    return change.kind, change.patient


# The sheet "General": station A1 in row 6, A2 in row 7, A10 in row 8; columns from C on are
# Monday am, pm, night, Tuesday am, pm, Wednesday am, pm, night, ...


def test_an_untouched_workbook_changes_nothing(book: Path) -> None:
    result = read(book)
    assert result == EditedPlan(edition().plan, unchanged=SEATS_WRITTEN)


def test_saved_by_another_program_it_still_changes_nothing(book: Path) -> None:
    load_workbook(book).save(book)
    assert read(book) == EditedPlan(edition().plan, unchanged=SEATS_WRITTEN)


def test_a_name_typed_over_another_moves_and_removes(book: Path) -> None:
    put(book, "C6", "李强")
    put(book, "C7", None)
    result = read(book)
    assert result.refusals == ()
    assert [seats(change) for change in result.changes] == [
        (ChangeKind.REMOVED, "P1"),
        (ChangeKind.STATION, "P2"),
    ]
    assert [(one.cell, one.before, one.after) for one in result.edits] == [
        ("C6", "P1", "P2"),
        ("C7", "P2", None),
    ]
    assert result.unchanged == SEATS_WRITTEN - 2
    assert result.plan is not None
    assert seat(0, "am", "A1", "P2") in result.plan.assignments


@pytest.mark.parametrize(
    "typed", ["P4", "p4", " anna o'brien ", "Anna  O'Brien", "ANNA O'BRIEN (P4)", "P4 Anna O'Brien"]
)
def test_names_and_codes_are_understood_as_people_type_them(book: Path, typed: str) -> None:
    put(book, "C8", typed)
    result = read(book)
    assert [(one.cell, one.after) for one in result.edits] == [("C8", "P4")]


@pytest.mark.parametrize("typed", ["王芳 P3", "王芳P3", "王芳（P3）", "P3", "王 芳\nP3", "P3 王芳"])
def test_a_code_settles_which_of_two_namesakes_is_meant(book: Path, typed: str) -> None:
    put(book, "C8", typed)
    assert [(one.cell, one.after) for one in read(book).edits] == [("C8", "P3")]


def test_a_shared_name_alone_is_refused_with_the_codes(book: Path) -> None:
    put(book, "C8", "王芳")
    text = "“王芳” may be any of 王芳 (P1), 王芳 (P3): add the code"
    assert refused(read(book)) == [("General", "C8", text)]


def test_swapped_cells_are_two_edits(book: Path) -> None:
    def swap(page: Worksheet) -> None:
        page["C6"].value, page["C7"].value = page["C7"].value, page["C6"].value

    edit(book, swap)
    result = read(book)
    assert result.refusals == ()
    assert [seats(change) for change in result.changes] == [
        (ChangeKind.STATION, "P1"),
        (ChangeKind.STATION, "P2"),
    ]


def test_a_swap_with_a_held_seat_is_a_move(book: Path) -> None:
    def swap(page: Worksheet) -> None:
        assert page["C8"].value == "Held"
        page["C6"].value, page["C8"].value = page["C8"].value, page["C6"].value

    edit(book, swap)
    result = read(book)
    assert (result.refusals, result.remarks) == ((), ())
    assert [seats(change) for change in result.changes] == [(ChangeKind.STATION, "P1")]


def test_holding_a_seat_on_the_sheet_is_refused(book: Path) -> None:
    put(book, "C7", "Held")
    text = "“Held” cannot be set here: change the holds or closures"
    assert refused(read(book)) == [("General", "C7", text)]


def test_wiping_a_held_sign_is_remarked_and_changes_nothing(book: Path) -> None:
    put(book, "C8", None)
    result = read(book)
    assert result.plan == edition().plan
    assert [(one.cell, str(one.words)) for one in result.remarks] == [
        ("C8", "“Held” still holds: change the holds or closures")
    ]


def test_an_unknown_name_is_refused_with_names_like_it(book: Path) -> None:
    put(book, "C8", "Ana OBrien")
    text = "nobody is called “Ana OBrien”; did you mean Anna O'Brien (P4)?"
    assert refused(read(book)) == [("General", "C8", text)]


def test_a_patient_who_has_left_is_refused(book: Path) -> None:
    put(book, "C8", "刘伟")
    text = "刘伟 (P7) is not with the center in this week"
    assert refused(read(book)) == [("General", "C8", text)]


def test_a_patient_twice_in_one_turn_is_refused_at_the_edited_cell(book: Path) -> None:
    put(book, "C8", "李强")
    text = "李强 (P2) sits on A10, A2 in the same turn"
    assert refused(read(book)) == [("General", "C8", text)]


def test_twice_in_one_turn_is_seen_across_zones(book: Path) -> None:
    put(book, "C6", "P5")
    text = "赵敏 (P5) sits on A1, B1 in the same turn"
    assert refused(read(book)) == [("General", "C6", text)]


def test_a_formula_in_a_seat_is_refused(book: Path) -> None:
    put(book, "C8", "=C6")
    assert refused(read(book)) == [("General", "C8", "a formula is not read: type the name")]


def test_a_name_that_looks_like_a_formula_is_a_name(book: Path) -> None:
    def change(page: Worksheet) -> None:
        page["C8"].value = "=SUM(A1)"
        page["C8"].data_type = "s"

    edit(book, change)
    assert [(one.cell, one.after) for one in read(book).edits] == [("C8", "P6")]


def test_struck_through_is_refused_as_unclear(book: Path) -> None:
    def strike(page: Worksheet) -> None:
        page["C7"].font = Font(strike=True)

    edit(book, strike)
    text = "“李强 HDF WS” is struck through: empty the cell to cancel"
    assert refused(read(book)) == [("General", "C7", text)]


def test_a_changed_mark_is_refused_because_it_changes_no_prescription(book: Path) -> None:
    put(book, "C7", "李强 HF WS")
    text = "“HF WS” beside 李强 (P2) is not understood: marks are not changed here"
    assert refused(read(book)) == [("General", "C7", text)]


def test_marks_left_over_under_another_name_mean_nothing(book: Path) -> None:
    put(book, "C7", "P6\nHDF WS")
    assert [(one.cell, one.after) for one in read(book).edits] == [("C7", "P6")]


def test_a_code_left_over_under_another_name_is_refused(book: Path) -> None:
    put(book, "C6", "赵敏\nP1 L")
    assert [one[1] for one in refused(read(book))] == ["C6"]


def test_text_outside_the_seats_is_refused(book: Path) -> None:
    put(book, "H30", "call 李强")
    text = "“call 李强” stands outside the plan's cells"
    assert refused(read(book)) == [("General", "H30", text)]


def test_a_changed_heading_is_refused(book: Path) -> None:
    put(book, "C5", "Evening")
    text = "was “Morning 07:00–11:30” and is “Evening”, which is not an edit of the plan"
    assert refused(read(book)) == [("General", "C5", text)]


def test_a_typed_count_is_refused(book: Path) -> None:
    put(book, "C9", 7)
    text = "was “2” and is “7”, which is not an edit of the plan"
    assert refused(read(book)) == [("General", "C9", text)]


def test_rows_sorted_with_their_hidden_keys_are_understood(book: Path) -> None:
    def swap_rows(page: Worksheet) -> None:
        for first, second in zip(page[6], page[8], strict=True):
            first.value, second.value = second.value, first.value

    edit(book, swap_rows)
    result = read(book)
    assert result == EditedPlan(edition().plan, unchanged=SEATS_WRITTEN)


def test_rows_sorted_without_their_hidden_keys_are_refused(book: Path) -> None:
    def swap_rows(page: Worksheet) -> None:
        for first, second in zip(page[6][1:], page[8][1:], strict=True):
            first.value, second.value = second.value, first.value

    edit(book, swap_rows)
    assert ("General", "B6") in [one[:2] for one in refused(read(book))]


def test_an_inserted_row_moves_nothing_and_its_text_is_refused(book: Path) -> None:
    def insert(page: Worksheet) -> None:
        page.unmerge_cells("B13:Q13")
        page.insert_rows(7)
        page["C7"] = "P5"

    edit(book, insert)
    assert refused(read(book)) == [("General", "C7", "“P5” stands outside the plan's cells")]


def test_a_deleted_row_is_refused(book: Path) -> None:
    edit(book, lambda page: page.delete_rows(7))
    result = read(book)
    assert ("General", "", "the row A2 is gone") in refused(result)
    assert result.unchanged == SEATS_WRITTEN - 15


def test_a_deleted_column_is_refused(book: Path) -> None:
    edit(book, lambda page: page.delete_cols(3))
    assert ("General", "", "the column 2026-11-23 am is gone") in refused(read(book))


def test_a_copied_row_is_refused(book: Path) -> None:
    def copy(page: Worksheet) -> None:
        for column, cell in enumerate(page[6], start=1):
            page.cell(20, column).value = cell.value

    edit(book, copy)
    assert ("General", "", "the row A1 is there 2 times") in refused(read(book))


def test_a_comment_is_remarked(book: Path) -> None:
    def comment(page: Worksheet) -> None:
        page["C8"].comment = Comment("call first", "nurse")

    edit(book, comment)
    result = read(book)
    assert result.plan == edition().plan
    assert [(one.cell, str(one.words)) for one in result.remarks] == [
        ("C8", "the comment is not read: “call first”")
    ]


def test_a_merged_seat_is_refused(book: Path) -> None:
    edit(book, lambda page: page.merge_cells("C6:C7"))
    assert refused(read(book)) == [("General", "C7", "the cell is merged with its neighbor")]
