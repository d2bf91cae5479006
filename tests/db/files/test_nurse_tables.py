"""The nurses' tables: what only they ask of their rows, and how days of rest owed are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.files import read_center
from domain.nurse_terms import NurseBurden
from tests.db.files.centers import rows_of, sentences, set_cell, write_rows


@pytest.mark.parametrize("mark", ["主早", "休假班", "△1", "学早", "病房"])
def test_a_mark_that_would_be_read_as_something_else_is_refused(folder: Path, mark: str) -> None:
    set_cell(folder / "duty_kinds.csv", 2, "mark", mark)
    (only,) = sentences(folder)
    assert f"found “{mark}”, expected a mark that does not begin with 主, 休, △, 学, 病" in only


def test_working_time_is_in_half_hours(folder: Path) -> None:
    set_cell(folder / "duty_kinds.csv", 2, "counts (minutes)", "455")
    assert sentences(folder) == [
        "duty_kinds.csv, row 2, column counts (minutes): found “455”, expected a multiple of 30"
    ]


def test_a_wish_of_a_shift_names_one_and_nothing_else_does(folder: Path) -> None:
    rows = rows_of(folder / "nurse_days.csv")
    kind, shift = rows[0].index("what"), rows[0].index("shift")
    wishes = [number for number, row in enumerate(rows[1:], 2) if row[kind] == "shift"]
    others = [number for number, row in enumerate(rows[1:], 2) if row[kind] != "shift"]
    set_cell(folder / "nurse_days.csv", wishes[0], rows[0][shift], "")
    set_cell(folder / "nurse_days.csv", others[0], rows[0][shift], "M")
    found = sentences(folder)
    assert any("expected a shift, since the row is a wish of one" in one for one in found)
    assert any("expected nothing, since the row is no wish of a shift" in one for one in found)
    assert len(found) == 2


def test_a_nurse_has_one_contract_at_a_time(folder: Path) -> None:
    rows = rows_of(folder / "contracts.csv")
    again = list(rows[1])
    again[rows[0].index("from")] = "2026-02-02"
    write_rows(folder / "contracts.csv", [*rows, again])
    (only,) = sentences(folder)
    assert "days that do not overlap those of row 2" in only


@pytest.mark.parametrize(
    ("text", "minutes"), [("3.5", 1680), ("-1", -480), ("0", 0), ("−0.25", -120)]
)
def test_rest_owed_is_written_in_days(folder: Path, text: str, minutes: int) -> None:
    _owe(folder, text)
    (owed,) = [row for row in read_center(folder).nurse_ledger if row.burden is NurseBurden.REST]
    assert owed.amount == minutes


@pytest.mark.parametrize("text", ["three", "0.3", "201", "NaN"])
def test_what_is_no_number_of_half_hours_is_refused(folder: Path, text: str) -> None:
    _owe(folder, text)
    (only,) = sentences(folder)
    assert only.endswith("expected days, such as 3.5, 0 or -1")


def _owe(folder: Path, text: str) -> None:
    rows = rows_of(folder / "nurse_ledger.csv")
    number = next(at for at, row in enumerate(rows, 1) if "rest owed" in row)
    set_cell(folder / "nurse_ledger.csv", number, "how much", text)
