"""`clearshift capacity`: the arithmetic before any plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clearshift.cli.calling import Ask

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_a_center_that_fits_is_told_part_by_part(center: Path, ask: Ask) -> None:
    lines = ask("capacity", "--from", "center").lines
    assert lines[:3] == [
        "Xiamao township sample dialysis room, Mon 2 Mar 2026 to Sun 8 Mar 2026",
        "The center's last known session is on Sat 28 Feb 2026; "
        "another week can be chosen with --week.",
        "✓ 72 sessions wanted, 72 seats: by these counts everybody fits.",
    ]
    parts = [line for line in lines if line in {"Zones", "Treatments", "Shifts", "Days"}]
    assert parts == ["Zones", "Treatments", "Shifts", "Days"]
    assert "  General zone      72        72                        72" in lines
    assert not (center / "clearshift.db").exists()


@pytest.mark.usefixtures("folder")
def test_what_is_missing_is_told_in_numbers_with_the_proof(ask: Ask) -> None:
    answer = ask("capacity", "--from", EXAMPLES / "huangchuan", "--week", "2026-W10")
    assert "in every plan at least 40 sessions of 14 patients are missing." in answer.out
    assert "with 599 seats: 37 cannot be held" in answer.out
    data = ask("capacity", "--from", EXAMPLES / "huangchuan", "--json").data
    assert (data["center"], data["first_day"]) == ("HUANGCHUAN", "2026-03-02")
    total = data["capacity"]["total"]
    assert (total["wanted"], total["possible"], total["short"]) == (780, 742, 40)
    assert data["clashes"] == []


def test_the_database_gives_the_same_answer_as_the_files(planned: Path, ask: Ask) -> None:
    stored = ask("capacity", "--json").data
    assert stored == ask("capacity", "--from", planned / "center", "--json").data


def test_data_that_clash_are_named_with_their_facts(center: Path, ask: Ask) -> None:
    absences = center / "center" / "absences.csv"
    with absences.open("a", encoding="utf-8") as file:
        file.write("P005,2026-03-02,2026-03-08,away,Mon Tue Wed Thu Fri Sat Sun,06:00,23:00\r\n")
    answer = ask("capacity", "--from", "center")
    assert "! Data that clash; the rest can be planned all the same: 1" in answer.lines
    assert "P005, week of Mon 2 Mar: no turn is left: " in answer.out
    assert ask("capacity", "--from", "center", "--json").data["clashes"][0]["patients"] == ["P005"]


@pytest.mark.usefixtures("planned")
def test_a_center_beside_files_makes_no_sense(ask: Ask) -> None:
    assert ask("capacity", "--from", "center", "--center", "X", code=2).err == (
        "--center and --from exclude each other.\n"
    )


@pytest.mark.usefixtures("folder")
def test_without_a_database_the_first_step_is_told(ask: Ask) -> None:
    for command in ("capacity", "plan", "show", "publish", "sheets"):
        assert ask(command, code=2).err == (
            "There is no database sqlite+pysqlite:///clearshift.db yet; "
            "clearshift import reads a center into it.\n"
        )
