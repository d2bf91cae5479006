"""What is wrong is named: file, row, column, what was found, what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.files import FileProblem
from domain.words import Label, words
from tests.db.files.centers import (
    problems_of,
    rows_of,
    sentences,
    set_cell,
    write_rows,
)


def add_row(file: Path, *cells: str) -> None:
    write_rows(file, [*rows_of(file), list(cells)])


# --- cells ----------------------------------------------------------------------------------


def test_a_wrong_cell_is_named_with_what_was_found_and_expected(folder: Path) -> None:
    set_cell(folder / "prescriptions.csv", 3, "session (minutes)", "4 h")
    (problem,) = problems_of(folder)
    expected = words("a whole number from {least} to {most}", least=30, most=1440)
    assert problem == FileProblem(
        "prescriptions.csv", None, 3, "session (minutes)", "4 h", expected
    )
    assert str(problem.words()) == (
        "prescriptions.csv, row 3, column session (minutes): "
        "found “4 h”, expected a whole number from 30 to 1440"
    )


WRONG = [
    ("stations.csv", 2, "zone", "", "a code of at most 40 characters without spaces or commas"),
    ("stations.csv", 2, "zone", "X", "one of A, B"),
    ("placements.csv", 2, "machine", "M9", "one of M01, M02"),
    ("placements.csv", 2, "from", "5.1.26", "a date such as 2026-01-05, 2026/1/5 or 2026年1月5日, "
     "from 1950-01-01 to 2199-12-31"),
    ("closures.csv", 2, "to", "2026-01-04", "a day that is not before the first one"),
    ("patients.csv", 2, "travel (minutes)", "", "a whole number from 0 to 1440"),
    ("patients.csv", 2, "night sessions", "often", "one of never, accepts, volunteers"),
    ("patients.csv", 2, "name", "a\x07b",
     "text of at most 2000 characters without control characters"),
    ("patterns.csv", 2, "shift", "E", "one of M, N"),
    ("serology.csv", 2, "result", "?", "one of positive, negative"),
    ("wishes.csv", 2, "which", "P01", "the code of another patient"),
    ("wishes.csv", 2, "which", "P09", "one of P01, P02"),
    ("wishes.csv", 3, "which", "Sunday", "one of Saturday, Monday"),
    ("wishes.csv", 4, "which", "8", "one weekday such as Mon, 周一 or 1"),
    ("wishes.csv", 5, "which", "E", "one of M, N"),
    ("wishes.csv", 2, "strength", "4", "a whole number from 1 to 3"),
    ("sessions.csv", 2, "patient", "P03", "one of P01, P02"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "row", "heading", "value", "expected"), WRONG)
def test_a_cell_that_is_wrong_is_the_only_problem(
    folder: Path, file: str, row: int, heading: str, value: str, expected: str
) -> None:
    set_cell(folder / file, row, heading, value)
    (problem,) = problems_of(folder)
    found = (problem.file, problem.row, problem.column, problem.value, str(problem.expected))
    assert found == (file, row, heading, value, expected)


def test_of_several_codes_in_a_cell_the_wrong_one_is_named(folder: Path) -> None:
    set_cell(folder / "nurses.csv", 2, "zones", "A,C,B")
    (problem,) = problems_of(folder)
    assert (problem.value, str(problem.expected)) == ("C", "one of A, B")


def test_all_problems_are_told_at_once_in_the_order_of_tables_and_rows(folder: Path) -> None:
    set_cell(folder / "patterns.csv", 2, "weekday", "8")
    set_cell(folder / "stations.csv", 3, "zone", "Z")
    set_cell(folder / "patients.csv", 3, "priority", "vip")
    set_cell(folder / "patients.csv", 2, "access", "XXX")
    places = [(problem.file, problem.row) for problem in problems_of(folder)]
    assert places == [
        ("stations.csv", 3), ("patients.csv", 2), ("patients.csv", 3), ("patterns.csv", 2),
    ]  # fmt: skip


def test_references_to_a_code_that_cannot_be_read_are_not_blamed(folder: Path) -> None:
    set_cell(folder / "stations.csv", 2, "code", "A 01")
    (problem,) = problems_of(folder)
    assert (problem.file, problem.row, problem.column) == ("stations.csv", 2, "code")


def test_a_value_whose_meaning_hangs_on_a_wrong_cell_is_not_blamed(folder: Path) -> None:
    set_cell(folder / "wishes.csv", 2, "wish", "hope")
    (problem,) = problems_of(folder)
    assert problem.column == "wish"


def test_of_many_codes_the_nearest_is_named(folder: Path) -> None:
    for number in range(3, 20):
        add_row(folder / "machines.csv", f"M{number:02d}", f"S{number}", "x", "HD")
    set_cell(folder / "placements.csv", 2, "machine", "m01")
    (problem,) = problems_of(folder)
    assert str(problem.expected) == "a code of the table machines, perhaps M01"


def test_of_many_codes_of_which_none_is_near_only_the_table_is_named(folder: Path) -> None:
    for number in range(3, 20):
        add_row(folder / "machines.csv", f"M{number:02d}", f"S{number}", "x", "HD")
    set_cell(folder / "placements.csv", 2, "machine", "ZZZZ")
    (problem,) = problems_of(folder)
    assert str(problem.expected) == "a code of the table machines"


def test_a_code_of_a_table_without_rows_is_refused(folder: Path) -> None:
    for name in ("machines.csv", "sessions.csv"):
        write_rows(folder / name, rows_of(folder / name)[:1])
    (problem, _) = problems_of(folder)
    assert str(problem.expected) == "a code of the table machines, which has none"


def test_of_very_many_problems_the_first_thousand_are_told(folder: Path) -> None:
    for_patient = [["P01", "HBsAg", "perhaps", "2025-12-01", ""]] * 1500
    write_rows(folder / "serology.csv", [rows_of(folder / "serology.csv")[0], *for_patient])
    told = sentences(folder)
    assert len(told) == 1001
    assert "serology.csv: expected these to be mended first; 500 more are not shown" in told


# --- headings, files ------------------------------------------------------------------------


def test_an_unknown_heading_is_named_with_the_nearest_one(folder: Path) -> None:
    rows = rows_of(folder / "stations.csv")
    rows[0][2] = "rooms"
    write_rows(folder / "stations.csv", rows)
    assert sentences(folder) == [
        "stations.csv, row 1, column rooms: found “rooms”, expected a known heading, perhaps room"
    ]


def test_a_heading_that_is_there_twice_is_refused(folder: Path) -> None:
    rows = rows_of(folder / "stations.csv")
    rows[0][2] = "分区"
    write_rows(folder / "stations.csv", rows)
    assert sentences(folder) == [
        "stations.csv, row 1, column 分区: found “分区”, "
        "expected each heading once; zone is there already"
    ]


def test_a_missing_column_is_named_once_and_not_for_every_row(folder: Path) -> None:
    rows = rows_of(folder / "patients.csv")
    index = rows[0].index("travel (minutes)")
    write_rows(folder / "patients.csv", [row[:index] + row[index + 1 :] for row in rows])
    (problem,) = problems_of(folder)
    assert (problem.row, problem.column) == (1, Label("travel (minutes)", "路程（分钟）"))
    assert str(problem.expected) == "this column, which the file does not have"


def test_a_column_that_is_not_needed_may_be_missing(folder: Path) -> None:
    rows = rows_of(folder / "patterns.csv")
    write_rows(folder / "patterns.csv", [row[:3] for row in rows])
    set_cell(folder / "stations.csv", 2, "zone", "X")
    assert [problem.file for problem in problems_of(folder)] == ["stations.csv"]


def test_a_value_without_a_heading_is_refused(folder: Path) -> None:
    rows = rows_of(folder / "stations.csv")
    rows[1].append("stray")
    write_rows(folder / "stations.csv", rows)
    assert sentences(folder) == [
        "stations.csv, row 2: found “stray”, "
        "expected an empty cell, as there is no heading above it"
    ]


def test_a_missing_file_that_is_needed_is_named(folder: Path) -> None:
    (folder / "stations.csv").unlink()
    (folder / "patterns.csv").unlink()
    assert sentences(folder) == ["stations.csv: expected this file, which is missing"]


def test_an_empty_folder_is_told_every_file_that_is_needed(tmp_path: Path) -> None:
    assert [problem.file for problem in problems_of(tmp_path)] == [
        "center.toml", "stations.csv", "machines.csv", "placements.csv", "patients.csv",
        "prescriptions.csv",
    ]  # fmt: skip


def test_a_path_where_nothing_is_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "nowhere")
    assert problem.file == str(tmp_path / "nowhere")
    assert str(problem.expected) == "a folder or an .xlsx workbook"


def test_a_misspelt_file_is_named_with_the_nearest_name(folder: Path) -> None:
    (folder / "wishes.csv").rename(folder / "wish.csv")
    assert sentences(folder) == ["wish.csv: expected a known file name, perhaps wishes.csv"]


def test_a_csv_file_of_something_else_is_told_the_names(folder: Path) -> None:
    (folder / "invoice.csv").write_text("total")
    (problem,) = problems_of(folder)
    assert str(problem.expected).startswith("one of the files stations.csv, machines.csv")


def test_two_files_for_one_table_are_refused(folder: Path) -> None:
    (folder / "患者.csv").write_bytes((folder / "patients.csv").read_bytes())
    assert sentences(folder) == [
        "患者.csv: expected one file for each table; another file holds this one"
    ]


def test_files_of_others_in_the_folder_are_nobody_s_business(folder: Path) -> None:
    (folder / "notes.txt").write_text("remember")
    (folder / "~$stations.csv").write_text("lock")
    (folder / "stations.csv").unlink()
    assert [problem.file for problem in problems_of(folder)] == ["stations.csv"]


# --- rows against each other ----------------------------------------------------------------


def test_a_repeated_code_names_both_rows(folder: Path) -> None:
    add_row(folder / "nurses.csv", "N01", "张三", "A", "", "2400")
    assert sentences(folder) == [
        "nurses.csv, row 3, column code: found “N01”, "
        "expected a value that no other row has; row 2 has it"
    ]


def test_two_patients_in_one_slot_are_refused(folder: Path) -> None:
    add_row(folder / "sessions.csv", "2025-12-29", "M", "A01", "P02")
    assert sentences(folder) == [
        "sessions.csv, row 3, column date: found “2025-12-29”, "
        "expected something that differs from row 2 in one of date, shift, station"
    ]


def test_one_patient_at_two_stations_on_one_day_is_refused(folder: Path) -> None:
    add_row(folder / "sessions.csv", "2025-12-29", "N", "B01", "P01")
    (problem,) = problems_of(folder)
    assert (problem.row, problem.column, problem.value) == (3, "patient", "P01")


def test_a_machine_stands_at_one_station_at_a_time(folder: Path) -> None:
    set_cell(folder / "placements.csv", 2, "to", "2026-02-01")
    add_row(folder / "placements.csv", "M01", "B01", "2025-01-01", "2025-12-31")
    assert sentences(folder) == [
        "placements.csv, row 4, column machine: found “M01”, "
        "expected days that do not overlap those of row 2"
    ]


def test_a_station_has_one_machine_at_a_time(folder: Path) -> None:
    add_row(folder / "machines.csv", "M03", "", "", "HD")
    add_row(folder / "placements.csv", "M03", "B01", "2026-03-01", "")
    (problem,) = problems_of(folder)
    assert (problem.row, problem.column, problem.value) == (4, "station", "B01")


def test_placements_that_follow_each_other_are_right(folder: Path) -> None:
    add_row(folder / "placements.csv", "M02", "A01", "2025-01-01", "2026-01-04")
    set_cell(folder / "placements.csv", 2, "from", "2026-01-05")
    set_cell(folder / "stations.csv", 2, "zone", "X")
    assert [problem.file for problem in problems_of(folder)] == ["stations.csv"]


def test_two_prescriptions_of_a_patient_must_not_overlap(folder: Path) -> None:
    add_row(folder / "prescriptions.csv", "P02", "2/week", "240", "HD", "2026-01-05", "")
    (problem,) = problems_of(folder)
    assert (problem.file, problem.row, problem.column) == ("prescriptions.csv", 4, "patient")
    assert str(problem.expected) == "days that do not overlap those of row 3"


def test_a_patient_without_a_prescription_is_not_forgotten(folder: Path) -> None:
    add_row(folder / "patients.csv", "P03", "张三", "", "", "", "0", "", "", "", "", "")
    (problem,) = problems_of(folder)
    assert (problem.file, problem.row, problem.value) == ("patients.csv", 4, "P03")
    assert str(problem.expected) == "a prescription for every patient; this one has none"


def test_a_session_longer_than_any_shift_is_no_fault_of_the_files(folder: Path) -> None:
    set_cell(folder / "prescriptions.csv", 2, "session (minutes)", "900")
    set_cell(folder / "stations.csv", 2, "zone", "X")
    assert [problem.file for problem in problems_of(folder)] == ["stations.csv"]
