"""`clearshift check`: any plan's file before the same judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clearshift.cli.calling import Ask
from tests.clearshift.cli.workbook import put

SHEETS = Path("out/XIAMAO-2026-03-02-v1")


def edited(folder: Path, old: str, new: str) -> Path:
    """The plan as CSV with something else in a line."""
    text = (folder / SHEETS / "plan.csv").read_text(encoding="utf-8-sig")
    assert text.count(old) == 1
    (folder / "edited.csv").write_text(text.replace(old, new), encoding="utf-8-sig")
    return Path("edited.csv")


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize("name", ["plan.csv", "plan.json", "week-2026-03-02.xlsx"])
@pytest.mark.parametrize("where", [(), ("--from", "center")])
def test_a_good_plan_is_good_in_every_kind_of_file(
    ask: Ask, name: str, where: tuple[str, ...]
) -> None:
    lines = ask("check", SHEETS / name, *where).lines
    assert lines[1].startswith("✓ Checked without the solver: none of ")
    assert lines[3] == "What the plan costs"
    assert any(line.lstrip().startswith("2  Moves against last week") for line in lines)


@pytest.mark.usefixtures("planned")
def test_details_name_each_witness_of_the_soft_rules(ask: Ask) -> None:
    text = ask("check", SHEETS / "plan.csv", "--details").out
    assert "Own station (rule same_station; Practice: a fixed chair)" in text
    assert "instead of" in text


def test_a_broken_hard_rule_is_told_with_rule_and_source_and_fails(planned: Path, ask: Ask) -> None:
    first = (planned / SHEETS / "plan.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    patient = first.split(",")[3]
    file = edited(planned, first + "\n", "")
    answer = ask("check", file, code=1)
    assert answer.lines[1] == (
        "✗ Not allowed: Prescribed sessions (rule prescribed_sessions; Doctor's prescription)"
    )
    assert answer.lines[2] == f"  - {patient}, week of Mon 2 Mar: 2 sessions instead of 3"
    data = ask("check", file, "--json", code=1).data
    assert (data["legal"], data["sessions"]) == (False, 71)
    assert (data["violations"][0]["rule"], data["violations"][0]["patient"]) == (
        "prescribed_sessions", patient,
    )  # fmt: skip
    assert "everyone_placed" in {one["rule"] for one in data["paid"]}


def test_a_file_that_is_no_plan_is_refused_with_every_problem(planned: Path, ask: Ask) -> None:
    file = edited(planned, "2026-03-02,AM,A01,", "2026-03-02,AM,A99,")
    assert ask("check", file, code=2).err.startswith(
        "edited.csv, row 2, column station: found “A99”, expected a code from the center's files"
    )
    (planned / "broken.xlsx").write_bytes(b"PK")
    assert "broken.xlsx: " in ask("check", "broken.xlsx", code=2).err
    assert ask("check", "plan.pdf", code=2).err == (
        "plan.pdf: expected a file that ends in .xlsx, .csv, .json.\n"
    )
    for missing in ("no.csv", "no.xlsx", "no.json"):
        assert ask("check", missing, code=1).err == f"{missing}: there is no such file or folder\n"


def test_a_workbook_with_an_unknown_name_is_refused_with_its_cell(planned: Path, ask: Ask) -> None:
    put(planned / SHEETS / "week-2026-03-02.xlsx", "C6", "Nobody")
    answer = ask("check", SHEETS / "week-2026-03-02.xlsx", code=2)
    assert answer.err == "General zone, cell C6: nobody is called “Nobody”\n"
