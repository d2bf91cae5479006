"""`clearshift roster`: made from the plan, shown, checked, edited in Excel, repaired."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clearshift.cli.calling import Answer, Ask

QUICK = ("--seconds", 5, "--workers", 1)
WEEK = "2026-03-02"


@pytest.fixture
def rostered(planned: Path, ask: Ask) -> Path:
    """A folder with a roster of one week, version 1."""
    ask("roster", "make", "--week", WEEK, "--weeks", 1, "--author", "Li", *QUICK)
    return planned


def test_a_roster_is_made_stored_and_shown_with_what_is_missing(planned: Path, ask: Ask) -> None:
    del planned
    answer = ask("roster", "make", "--week", WEEK, "--weeks", 1, "--author", "Li", *QUICK)
    assert "All hard rules of the roster are kept." in answer.out
    assert "Rest owed" in answer.out
    assert "with the skill catheter missing" in answer.out
    assert answer.lines[-1] == "✓ Version 1 of the roster from Mon 2 Mar on, by Li."
    shown = ask("roster", "show").out
    assert "主" in shown
    assert "Nights" in ask("roster", "show", "--ledger").out


def test_scripts_get_duties_gaps_and_the_bound(planned: Path, ask: Ask) -> None:
    del planned
    data = ask("roster", "make", "--week", WEEK, "--weeks", 1, *QUICK, "--json").data
    assert data["run"]["bound"] <= data["run"]["cost"]
    assert data["legal"] is True
    assert {"day", "nurse", "kind", "zone", "lead", "until"} == set(data["roster"]["duties"][0])
    assert data["version"]["number"] == 1
    assert len(data["accounts"]) == 6


def test_files_are_rostered_without_storing(center: Path, ask: Ask) -> None:
    assert center.is_dir()
    answer = ask("roster", "make", "--from", "center", "--week", WEEK, "--weeks", 1, *QUICK)
    assert "no plan yet; the need is that of the week from" in answer.out
    assert "Version" not in answer.out


def test_without_a_roster_or_nurses_the_way_to_one_is_told(planned: Path, ask: Ask) -> None:
    assert "clearshift roster make" in ask("roster", "show", code=2).err
    (planned / "center" / "nurses.csv").unlink()
    refused = ask("roster", "make", "--from", "center", code=2).err
    assert "table nurses is empty" in refused


def test_the_ward_sheet_goes_out_and_comes_back_edited(rostered: Path, ask: Ask) -> None:
    ask("roster", "export", "r.xlsx", "--language", "zh")
    assert "is there already" in ask("roster", "export", "r.xlsx", code=2).err
    assert "Nothing differs" in ask("roster", "import", "r.xlsx").out
    book = load_workbook(rostered / "r.xlsx")
    cell = next(c for c in book.worksheets[0][6][5:12] if "休" not in str(c.value))
    cell.value = "休"
    book.save(rostered / "r.xlsx")
    answer = ask("roster", "import", "r.xlsx", "--author", "Wang")
    assert "Changes: 1" in answer.out
    assert answer.lines[-1] == "✓ Version 2 of the roster from Mon 2 Mar on, by Wang."
    stale = ask("roster", "import", "r.xlsx", code=2)
    assert "made from version 1" in stale.out


def test_an_edit_that_is_not_understood_or_not_legal_is_not_stored(
    rostered: Path, ask: Ask
) -> None:
    ask("roster", "export", "r.xlsx")
    _type(rostered / "r.xlsx", {"F6": "夕", "G6": "早Z"})
    refused = ask("roster", "import", "r.xlsx", code=2).out
    assert "Refused: 2" in refused
    assert "cell F6: “夕” is none of" in refused
    ask("roster", "export", "r.xlsx", "--force")
    _type(rostered / "r.xlsx", dict.fromkeys(("F6", "G6", "H6", "I6", "J6", "K6"), "早"))
    broken = ask("roster", "import", "r.xlsx", code=1).out
    assert "Nothing was stored" in broken
    assert "needs a reason" in ask("roster", "import", "r.xlsx", "--accept-violations", code=2).err
    stored = ask("roster", "import", "r.xlsx", "--accept-violations", "--note", "flu", code=None)
    assert "Version 2" in stored.out
    assert "Hard rules broken" in ask("roster", "check", code=1).out


def _type(path: Path, cells: dict[str, str]) -> None:
    book = load_workbook(path)
    for place, text in cells.items():
        book.worksheets[0][place] = text
    book.save(path)


def test_a_file_that_is_no_roster_is_refused(rostered: Path, ask: Ask) -> None:
    (rostered / "no.xlsx").write_text("nothing")
    assert "no Excel workbook" in ask("roster", "import", "no.xlsx", code=2).err


def test_illness_is_entered_and_repaired_with_the_fewest_changes(rostered: Path, ask: Ask) -> None:
    del rostered
    answer = _repair(ask, "N001", "2026-03-03", "2026-03-04")
    assert "no fewer are possible" in answer.out
    assert "Version 2" in answer.lines[-1]
    data = ask("roster", "show", "--json").data
    ill = {row["day"] for row in data["roster"]["away"] if row["nurse"] == "N001"}
    assert ill == {"2026-03-03", "2026-03-04"}
    assert not [row for row in data["roster"]["duties"]
                if row["nurse"] == "N001" and row["day"] in ill]  # fmt: skip
    again = ask("roster", "make", "--week", WEEK, "--weeks", 1, *QUICK, "--json", code=None).data
    assert {row["day"] for row in again["roster"]["away"]} == ill


def _repair(ask: Ask, nurse: str, first: str, last: str) -> Answer:
    return ask("roster", "repair", nurse, "--from", first, "--to", last, "--seconds", 5, code=None)


def test_a_repair_of_nobody_or_of_no_days_is_refused(rostered: Path, ask: Ask) -> None:
    del rostered
    assert "no nurse N9" in ask("roster", "repair", "N9", "--from", WEEK, code=2).err
    assert "is no date" in ask("roster", "repair", "N001", "--from", "soon", code=2).err
    backward = ("--from", WEEK, "--to", "2026-03-01")
    assert "--to is before" in ask("roster", "repair", "N001", *backward, code=2).err


def test_plan_and_roster_together_are_stored_and_go_together(planned: Path, ask: Ask) -> None:
    del planned
    answer = ask("roster", "together", "--week", WEEK, "--author", "Li", "--seconds", 3)
    assert "Every patient of the plan has a nurse of the roster." in answer.out
    assert "Version 1 of the roster" in answer.lines[-1]
    assert "Stored as version 2" in answer.out
    data = ask("roster", "check", "--json").data
    assert (data["legal"], data["missing"]) == (True, 0)
