"""`clearshift import`: everything or nothing, and what it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.connection import reading
from db.files import read_center
from db.load import load_register
from db.opening import open_database
from domain.register import Register
from tests.clearshift.cli.calling import Ask


def stored(folder: Path) -> Register:
    with reading(open_database(f"sqlite:///{folder / 'clearshift.db'}")) as session:
        return load_register(session, "XIAMAO")


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8-sig")


def test_a_first_import_makes_the_database_and_says_so(center: Path, ask: Ask) -> None:
    lines = ask("import", "center").lines
    assert lines[:2] == [
        "The database sqlite+pysqlite:///clearshift.db was made.",
        "✓ Xiamao township sample dialysis room is stored.",
    ]
    assert lines[2].startswith("  - New rows: center 1, zones 1, shifts 2, stations 6, ")
    assert stored(center) == read_center(center / "center")


@pytest.mark.usefixtures("planned")
def test_the_same_files_again_change_nothing(ask: Ask) -> None:
    answer = ask("import", "center")
    assert answer.lines[0] == "✓ Xiamao township sample dialysis room: nothing has changed."


def test_a_second_import_says_what_changed_cell_by_cell(planned: Path, ask: Ask) -> None:
    rewrite(planned / "center" / "prescriptions.csv", "P001,3/week,240", "P001,3/week,270")
    lines = ask("import", "center").lines
    assert "  prescriptions               1                 24" in lines
    assert "  - P001, 3/week, HD: session (minutes) 240 → 270" in lines
    assert stored(planned) == read_center(planned / "center")


def test_a_dry_run_says_it_and_stores_nothing(planned: Path, ask: Ask) -> None:
    before = stored(planned)
    rewrite(planned / "center" / "prescriptions.csv", "P001,3/week,240", "P001,3/week,270")
    lines = ask("import", "center", "--dry-run").lines
    assert lines[0] == "✓ Xiamao township sample dialysis room can be stored; this would change:"
    assert "  - P001, 3/week, HD: session (minutes) 240 → 270" in lines
    assert stored(planned) == before


def test_a_dry_run_makes_no_database(center: Path, ask: Ask) -> None:
    answer = ask("import", "center", "--dry-run", "--json").data
    assert answer["stored"] is False
    assert answer["tables"]["patients"] == {"added": 24, "changed": 0, "removed": 0}
    assert not (center / "clearshift.db").exists()


def test_every_problem_is_told_with_its_place_and_nothing_is_stored(
    planned: Path, ask: Ask
) -> None:
    before = stored(planned)
    rewrite(planned / "center" / "prescriptions.csv", "P001,3/week,240", "P001,9/week,x")
    rewrite(planned / "center" / "patients.csv", "P002,", "P003,")
    answer = ask("import", "center", code=2)
    assert answer.out == ""
    *problems, last = answer.err.splitlines()
    assert last == f"Problems: {len(problems)}. Nothing was stored."
    assert any("prescriptions.csv, row 2" in line and "“x”" in line for line in problems)
    assert any("patients.csv, row" in line for line in problems)
    assert stored(planned) == before


def test_a_script_gets_the_problems_as_data(center: Path, ask: Ask) -> None:
    rewrite(center / "center" / "prescriptions.csv", "P001,3/week,240", "P001,3/week,x")
    answer = ask("import", "center", "--json", code=2).data
    assert answer["stored"] is False
    assert [
        (one["file"], one["row"], one["column"], one["value"]) for one in answer["problems"]
    ] == [("prescriptions.csv", 2, "session (minutes)", "x")]
    assert not (center / "clearshift.db").exists()


@pytest.mark.usefixtures("folder")
def test_what_is_no_center_is_refused_in_chinese_too(ask: Ask) -> None:
    assert (
        ask("import", "nowhere", "--lang", "zh", code=2).err.splitlines()[0].startswith("nowhere")
    )
