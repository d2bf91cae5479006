"""CSV files as Excel, WPS and editors leave them."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from db.files import read_center, write_center
from db.files.csv_sheet import guarded, unguarded
from db.files.decoding import Undecodable, decoded
from tests.db.files.centers import (
    SMALL,
    problems_of,
    rows_of,
    sentences,
    write_rows,
)


def test_excel_opens_chinese_right_by_the_byte_order_mark(folder: Path) -> None:
    assert (folder / "patients.csv").read_bytes().startswith(codecs.BOM_UTF8)


ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le+mark", "utf-16-be+mark"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_is_read_in_any_encoding_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    write_center(SMALL, tmp_path / "center", "zh")
    for file in (tmp_path / "center").iterdir():
        text = file.read_text("utf-8-sig").replace("’", "'")
        mark = "\ufeff" if encoding.endswith("+mark") else ""
        file.write_bytes((mark + text).encode(encoding.removesuffix("+mark")))
    assert read_center(tmp_path / "center") == SMALL


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_with_any_separator_and_line_end(
    folder: Path, delimiter: str, line_end: str
) -> None:
    for file in folder.glob("*.csv"):
        lines = [
            delimiter.join(f'"{cell}"' if cell else "" for cell in row) for row in rows_of(file)
        ]
        file.write_text(line_end.join(lines), "utf-8", newline="")
    assert read_center(folder) == SMALL


def test_bytes_that_are_no_text_are_named_with_file_line_and_byte(folder: Path) -> None:
    good = "code,zone,room\nA01,A,二楼东侧\nB01,B,".encode()
    (folder / "stations.csv").write_bytes(good + b"\xff\n")
    assert sentences(folder) == [
        "stations.csv, row 3: found “ff”, "
        "expected text in UTF-8, GBK or UTF-16; byte 7 of the line is none"
    ]


def test_half_a_character_in_utf_16_is_named_with_its_byte(folder: Path) -> None:
    text = "code,zone,room\r\nA01,A,2\r\n"
    (folder / "stations.csv").write_bytes(text.encode("utf-16") + b"\x41")
    (problem,) = problems_of(folder)
    assert (problem.row, problem.value) == (3, "41")
    assert str(problem.expected).endswith(f"byte {len(text) * 2 + 3} of the file is none")


def test_a_byte_order_mark_is_taken_at_its_word(folder: Path) -> None:
    (folder / "stations.csv").write_bytes(codecs.BOM_UTF8 + "code,zone,房".encode("gbk"))
    (problem,) = problems_of(folder)
    assert (problem.file, problem.row, problem.value) == ("stations.csv", 1, "b7")


def test_a_damaged_byte_does_not_turn_utf_8_into_other_chinese() -> None:
    damaged = "王芳\n王芳\n".encode() + b"\xe7\x8eA\n"
    assert damaged.decode("gb18030")
    with pytest.raises(Undecodable) as refused:
        decoded(damaged)
    assert (refused.value.line, refused.value.value) == (3, "e7 8e")


def test_text_that_could_be_two_encodings_is_refused_and_not_guessed() -> None:
    with pytest.raises(Undecodable) as refused:
        decoded("code,name\nP1,钱\n".encode("gbk"))
    assert refused.value.line == 2


def test_letters_of_western_names_are_no_chinese() -> None:
    assert decoded("code,name\nP1,José Müller\n".encode()) == "code,name\nP1,José Müller\n"


def test_a_line_break_in_a_cell_does_not_shift_the_rows_that_excel_counts(folder: Path) -> None:
    rows = [["code", "zone", "room"], ["A01", "A", "two\nlines"], [], ["B01", "?", "x"]]
    write_rows(folder / "stations.csv", rows)
    (problem,) = problems_of(folder)
    assert (problem.row, problem.column, problem.value) == (4, "zone", "?")


def test_a_quotation_mark_that_never_closes_is_named_where_it_opens(folder: Path) -> None:
    (folder / "stations.csv").write_text('code,zone,room\nA01,A,2\nB01,"B,\nC01,B,\n')
    (problem, *_) = problems_of(folder)
    assert (problem.file, problem.row) == ("stations.csv", 3)
    assert "quotation marks" in str(problem.expected)


def test_blank_rows_and_empty_trailing_columns_are_passed_over(folder: Path) -> None:
    rows = [[], *([*row, "", " "] for row in rows_of(folder / "stations.csv")), ["", " "], []]
    write_rows(folder / "stations.csv", rows)
    assert read_center(folder) == SMALL


def test_nul_bytes_are_refused_with_their_place(folder: Path) -> None:
    (folder / "stations.csv").write_bytes(b"code,zone,room\nA01,A,\x00\nB01,B,\n")
    (problem,) = problems_of(folder)
    assert (problem.row, problem.column, problem.value) == (2, "room", "\x00")


def test_an_empty_file_has_no_headings(folder: Path) -> None:
    (folder / "patterns.csv").write_bytes(b"")
    assert sentences(folder) == ["patterns.csv, row 1: expected a first row with the headings"]


def test_a_million_rows_are_refused_before_they_are_read(folder: Path) -> None:
    row = b"P01,HBsAg,negative,2025-12-01,laboratory of the county\n"
    (folder / "serology.csv").write_bytes(b"patient,test,result,sample date,laboratory\n")
    with (folder / "serology.csv").open("ab") as file:
        for _ in range(100):
            file.write(row * 10_000)
    assert sentences(folder) == ["serology.csv: expected a file of at most 32768 kilobytes"]


def test_more_rows_than_anybody_types_are_refused(folder: Path) -> None:
    (folder / "ledger.csv").write_text("patient,burden,turns\n" + "\n" * 200_001)
    assert sentences(folder) == ["ledger.csv, row 200002: expected at most 200000 rows"]


def test_a_folder_named_like_a_file_cannot_be_read(folder: Path) -> None:
    (folder / "ledger.csv").unlink()
    (folder / "ledger.csv").mkdir()
    assert sentences(folder) == ["ledger.csv: expected a file that can be read"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "'=1", "'", "''", "'x"])
def test_no_text_is_left_that_a_spreadsheet_takes_for_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


def test_text_typed_without_the_guard_is_taken_as_it_is() -> None:
    assert [unguarded(text) for text in ("=1", "'x", "x'", "'")] == ["=1", "'x", "x'", "'"]
