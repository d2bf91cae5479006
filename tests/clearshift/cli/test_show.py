"""`clearshift show`, `sheets` and `publish`: stored plans looked at, printed, put in force."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.clearshift.cli.calling import Ask

TITLE = "Xiamao township sample dialysis room, Mon 2 Mar 2026 to Sun 8 Mar 2026"


@pytest.mark.usefixtures("planned")
def test_the_week_is_a_grid_of_stations_and_turns(ask: Ask) -> None:
    lines = ask("show").lines
    assert lines[0] == TITLE
    assert lines[2] == "Version 1, draft, by Li"
    at = lines.index("General zone, week from Mon 2 Mar")
    assert lines[at + 1].split("   ")[:1] != []
    assert [line[:3] for line in lines[at + 3 : at + 9]] == [f"A0{n}" for n in range(1, 7)]
    assert all(len(line.split()) == 13 for line in lines[at + 3 : at + 9])
    assert lines[-1] == "· free   ○ held back   × closed   yellow: not as last week"


@pytest.mark.usefixtures("planned")
def test_a_narrow_terminal_gets_whole_days_in_blocks(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    text = ask("show").out
    stations = [line.split() for line in _plain(text).splitlines() if line.startswith("A0")]
    assert [len(cells) for cells in stations] == [1 + 3 * 2] * 6 * 2
    grid = [line for line in _plain(text).splitlines() if line.startswith(("A0", "   "))]
    assert max(len(line) for line in grid) <= 60


@pytest.mark.usefixtures("planned")
def test_the_week_as_data_holds_every_session(ask: Ask) -> None:
    data = ask("show", "--json", "--zone", "A").data
    assert (data["version"]["number"], len(data["assignments"])) == (1, 72)
    assert set(data["assignments"][0]) == {"day", "shift", "station", "patient"}


@pytest.mark.usefixtures("planned")
def test_a_patient_is_told_sessions_and_what_the_rules_say(ask: Ask) -> None:
    text = ask("show", "--patient", "P020").out
    assert " P020" in text
    assert text.count("General zone") == 3
    assert "What could be better for this patient" in text
    data = ask("show", "--patient", "P020", "--json").data
    assert len(data["assignments"]) == 3
    assert {one["patient"] for one in data["rules"]} == {"P020"}
    assert all(f"{one['title']}: P020" in text for one in data["rules"])


@pytest.mark.usefixtures("planned")
def test_an_unknown_code_is_refused_with_the_nearest(ask: Ask) -> None:
    assert ask("show", "--patient", "P2", code=2).err.startswith(
        "There is no P2 in the center; perhaps P0"
    )
    assert ask("show", "--zone", "Q", code=2).err == "There is no Q in the center; perhaps A.\n"
    assert ask("show", "--version", 7, code=2).err == (
        "There is no version 7 of the plan of the week of Mon 2 Mar 2026; the latest is 1.\n"
    )
    assert ask("show", "--week", "2026-W12", code=2).err == (
        "There is no stored plan for the week of Mon 16 Mar 2026 yet.\n"
    )


@pytest.mark.usefixtures("planned")
def test_versions_are_listed_with_their_state(ask: Ask) -> None:
    ask("plan", "--no-sheets", "--author", "Wang", "--note", "second thoughts")
    ask("publish", "--version", 1)
    ask("publish", "--author", "Dr Zhao")
    rows = [line.split() for line in ask("show", "--versions").lines[1:]]
    assert [(row[4], row[5]) for row in rows] == [("1", "superseded"), ("2", "in")]
    assert rows[1][-3:] == ["Wang", "second", "thoughts"]
    assert ask("show", "--version", 1).lines[2] == "Version 1, superseded, by Li"
    data = ask("show", "--versions", "--json").data["versions"]
    assert [one["state"] for one in data] == ["superseded", "published"]
    assert data[1]["published"]["author"] == "Dr Zhao"


def test_without_a_plan_the_list_of_versions_says_so(center: Path, ask: Ask) -> None:
    ask("import", center / "center")
    assert ask("show", "--versions").lines == ["! There is no stored plan yet."]


def test_the_sheets_of_a_version_can_be_written_again(planned: Path, ask: Ask) -> None:
    lines = ask("sheets", "--out", "again").lines
    assert lines[:2] == [
        TITLE,
        "The center's last known session is on Sat 28 Feb 2026; "
        "another week can be chosen with --week.",
    ]
    assert "Sheets in again" in lines
    before = planned / "out" / "XIAMAO-2026-03-02-v1" / "plan.csv"
    assert (planned / "again" / "plan.csv").read_bytes() == before.read_bytes()
    (planned / "again" / "week-2026-03-02.xlsx").write_bytes(b"edited")
    answer = ask("sheets", "--out", "again", code=1)
    assert "would be overwritten with edits that nobody has read back" in answer.out
    assert (planned / "again" / "week-2026-03-02.xlsx").read_bytes() == b"edited"


@pytest.mark.usefixtures("planned")
def test_to_publish_says_which_version_is_in_force(ask: Ask) -> None:
    assert ask("publish").lines == [TITLE, "✓ Stored as version 1, in force."]
    assert ask("publish", "--json").data["state"] == "published"


def _plain(text: str) -> str:
    """Without colors."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
