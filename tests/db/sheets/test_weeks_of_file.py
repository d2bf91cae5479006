"""A plan's file says which weeks it is about, whatever kind of file it is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from db.sheets.book_cells import NoWorkbook
from db.sheets.plan_csv import write_plan_csv
from db.sheets.plan_file import is_workbook, read_plan, weeks_of
from db.sheets.plan_json import write_plan_json
from db.sheets.plan_rows import MAX_BYTES, PlanRefused
from domain.plan import Assignment, Plan
from tests.db.sheets.edited_book import written
from tests.db.sheets.world import MONDAY, edition

PLAN = edition().plan


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_workbook_is_about_the_week_in_its_hidden_sheet(tmp_path: Path) -> None:
    book = written(tmp_path, edition())
    assert is_workbook(book)
    assert weeks_of(book) == (MONDAY, 1)


def test_a_broken_workbook_says_why_it_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NoWorkbook):
        weeks_of(file(tmp_path, "week.XLSX", b"no workbook"))


def test_rows_are_about_all_weeks_from_the_first_to_the_last(tmp_path: Path) -> None:
    late = MONDAY + timedelta(days=16)
    plan = Plan.of(MONDAY, 3, [*PLAN.assignments, Assignment(late, "am", "A1", "P1")])
    assert weeks_of(file(tmp_path, "plan.csv", write_plan_csv(plan))) == (MONDAY, 3)
    assert weeks_of(file(tmp_path, "plan.json", write_plan_json(plan, "HC"))) == (MONDAY, 3)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.csv", write_plan_csv(Plan.of(MONDAY, 1, []))),
        ("plan.csv", b"\xff\xfe\xff"),
        ("plan.csv", b"anything,else\n1,2\n"),
        ("plan.json", b"[]"),
        ("plan.json", b"{"),
        ("plan.json", b'{"first_day": "2026-11-23"}'),
        ("plan.json", b'{"first_day": 5, "weeks": 1}'),
        ("plan.json", b'{"first_day": "9999-12-31", "weeks": 1e300}'),
    ],
)
def test_a_file_without_a_day_is_about_no_week(tmp_path: Path, name: str, content: bytes) -> None:
    assert weeks_of(file(tmp_path, name, content)) is None


def test_years_apart_are_no_plan(tmp_path: Path) -> None:
    far = Assignment(MONDAY.replace(year=2046), "am", "A1", "P1")
    plan = Plan.of(MONDAY, 1, [*PLAN.assignments, far])
    assert weeks_of(file(tmp_path, "plan.csv", write_plan_csv(plan))) is None


def test_a_plan_is_read_by_the_ending_of_its_name(tmp_path: Path) -> None:
    problem = edition().problem
    for name, content in (
        ("plan.CSV", write_plan_csv(PLAN, "zh")),
        ("plan.json", write_plan_json(PLAN, "HC")),
    ):
        assert read_plan(file(tmp_path, name, content), problem) == PLAN


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    with path.open("wb") as sparse:
        sparse.truncate(MAX_BYTES + 1)
    with pytest.raises(PlanRefused, match=r"expected a file of at most"):
        read_plan(path, edition().problem)
