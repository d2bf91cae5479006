"""All papers into one folder: whole, complete, and never over somebody's edits."""

from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

from db.sheets.edited import EditedPlan
from db.sheets.edition import Edition, Voice
from db.sheets.glyphs import MissingGlyph
from db.sheets.plan_csv import read_plan_csv
from db.sheets.plan_json import read_plan_json
from db.sheets.read_week import read_week
from db.sheets.sheet_folder import RECORD, FolderRefused
from db.sheets.write_all import Written, write_all
from domain.plan import Plan
from domain.words import words
from tests.db.sheets.world import ENGLISH, MONDAY, REGISTER, edition, renamed, seat

VOICES = {"en": ENGLISH, "zh": Voice("zh", str)}


def put(folder: Path, source: Edition | None = None, previous: Plan | None = None) -> Written:
    return write_all(source or edition(), folder, VOICES, "en", previous)


def test_every_paper_is_written_and_listed(tmp_path: Path) -> None:
    made = put(tmp_path / "sheets")
    assert made.files == (
        *(f"calendars/P{number}.ics" for number in range(1, 7)),
        "changes.pdf",
        *(f"days/2026-11-{day}.pdf" for day in range(23, 29)),
        *(f"nurses/2026-11-{day}.pdf" for day in range(23, 29)),
        "plan.csv",
        "plan.json",
        "slips.pdf",
        "unplaced.pdf",
        "week-2026-11-23-zone-A.pdf",
        "week-2026-11-23-zone-B.pdf",
        "week-2026-11-23.xlsx",
        "workshop-2026-11-23.pdf",
    )
    found = {
        str(file.relative_to(tmp_path / "sheets").as_posix())
        for file in (tmp_path / "sheets").rglob("*")
        if file.is_file()
    }
    assert found == {*made.files, RECORD}
    assert made.warnings == ()


def test_what_was_written_reads_back_as_the_plan(tmp_path: Path) -> None:
    put(tmp_path)
    source = edition()
    week = read_week(tmp_path / "week-2026-11-23.xlsx", source.problem, source.plan)
    assert week == EditedPlan(source.plan, unchanged=60)
    assert read_plan_csv((tmp_path / "plan.csv").read_bytes(), source.problem) == source.plan
    assert read_plan_json((tmp_path / "plan.json").read_bytes(), source.problem) == source.plan


def test_two_weeks_have_two_workbooks_and_fourteen_days(tmp_path: Path) -> None:
    made = put(tmp_path, edition(weeks=2))
    assert sum(name.endswith(".xlsx") for name in made.files) == 2
    assert sum(name.startswith("days/") for name in made.files) == 12
    assert sum(name.startswith("nurses/") for name in made.files) == 12


def test_a_name_that_cannot_be_printed_is_reported_once(tmp_path: Path) -> None:
    made = put(tmp_path, edition(renamed(P2="李𪚥")))
    assert made.warnings == (MissingGlyph("𪚥", patient="P2"),)


def test_other_texts_that_cannot_be_printed_are_reported(tmp_path: Path) -> None:
    source = replace(edition(), unplaced=(("P2", words("room 𪚥 is full")),))
    assert put(tmp_path, source).warnings == (MissingGlyph("𪚥", text="room 𪚥 is full"),)


def test_a_second_run_replaces_the_first_and_leaves_nothing_old(tmp_path: Path) -> None:
    put(tmp_path)
    made = put(tmp_path, edition(seats=(seat(0, "am", "A1", "P1"),)))
    assert "calendars/P2.ics" not in made.files
    assert not (tmp_path / "calendars" / "P2.ics").exists()
    assert (tmp_path / "calendars" / "P1.ics").exists()


def test_an_edited_sheet_is_not_overwritten(tmp_path: Path) -> None:
    put(tmp_path)
    book = tmp_path / "week-2026-11-23.xlsx"
    book.write_bytes(book.read_bytes() + b" ")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(FolderRefused, match=r"week-2026-11-23.xlsx would be overwritten"):
        put(tmp_path, edition(seats=()))
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_a_strange_file_among_ours_is_not_deleted(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "days" / "note.txt").write_text("call 李强")
    with pytest.raises(FolderRefused, match=r"days/note.txt"):
        put(tmp_path)


def test_files_of_others_beside_ours_stay(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "note.txt").write_text("call 李强")
    put(tmp_path)
    assert (tmp_path / "note.txt").read_text() == "call 李强"


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FolderRefused, match="name an empty or a new folder"):
        put(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_damaged_record_makes_everything_count_as_edited(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / RECORD).write_text("{")
    with pytest.raises(FolderRefused):
        put(tmp_path)


def test_a_replaced_plan_cancels_in_calendars(tmp_path: Path) -> None:
    put(tmp_path, edition(seats=()), previous=edition().plan)
    (event,) = Calendar.from_ical((tmp_path / "calendars" / "P5.ics").read_bytes()).events
    assert event["status"] == "CANCELLED"


def test_a_code_with_a_slash_makes_no_folder(tmp_path: Path) -> None:
    patients = tuple(
        replace(one, code="../x" if one.code == "P1" else one.code) for one in REGISTER.patients
    )
    source = edition(replace(REGISTER, patients=patients), (seat(0, "am", "A1", "../x"),))
    made = put(tmp_path / "sheets", source)
    assert made.files[0] == "calendars/..%2Fx.ics"
    assert [file.name for file in tmp_path.iterdir()] == ["sheets"]


def test_a_house_that_speaks_chinese_heads_its_files_in_chinese(tmp_path: Path) -> None:
    write_all(edition(), tmp_path, VOICES, "zh")
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8-sig").startswith("日期")
    assert MONDAY.isoformat() in (tmp_path / "plan.csv").read_text(encoding="utf-8-sig")
