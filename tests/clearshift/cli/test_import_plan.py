"""`clearshift import-plan`: an edited week comes back whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clearshift.cli.calling import Ask
from tests.clearshift.cli.test_plan import versions
from tests.clearshift.cli.workbook import name_in, put

SHEETS = Path("out/XIAMAO-2026-03-02-v1")
BOOK = SHEETS / "week-2026-03-02.xlsx"


def exchange(book: Path, one: str, other: str) -> None:
    """Two people change places."""
    first, second = name_in(book, one), name_in(book, other)
    put(book, one, second)
    put(book, other, first)


@pytest.mark.usefixtures("planned")
def test_an_untouched_workbook_changes_nothing(ask: Ask) -> None:
    answer = ask("import-plan", BOOK)
    assert answer.lines[-1] == "✓ Nothing differs from version 1."


def test_an_edit_is_told_checked_stored_and_printed_as_the_next_version(
    planned: Path, ask: Ask
) -> None:
    exchange(planned / BOOK, "C6", "C11")
    lines = ask("import-plan", BOOK, "--author", "Wang", "--note", "asked for", "--publish").lines
    assert lines[2] == "Changes: 2"
    assert all(", Mon 2 Mar Morning: station A0" in line for line in lines[3:5])
    assert lines[5].startswith("✓ Checked without the solver: none of ")
    assert lines[6] == "✓ Stored as version 2, in force."
    assert "Sheets in out/XIAMAO-2026-03-02-v2" in lines
    first, second = versions(planned)
    assert (second.version.author, second.version.note, second.version.parent) == (
        "Wang", "asked for", 1,
    )  # fmt: skip
    assert second.run is None
    assert len(set(first.plan.assignments) ^ set(second.plan.assignments)) == 4
    assert ask("import-plan", "out/XIAMAO-2026-03-02-v2/week-2026-03-02.xlsx").lines[-1] == (
        "✓ Nothing differs from version 2."
    )


def test_what_is_refused_is_told_with_its_cell_and_nothing_is_stored(
    planned: Path, ask: Ask
) -> None:
    exchange(planned / BOOK, "C6", "C11")
    put(planned / BOOK, "E6", "Nobody")
    answer = ask("import-plan", BOOK, code=2)
    assert "Changes: 2" in answer.lines
    assert answer.lines[-2:] == [
        "✗ Refused: 1. Nothing was stored.",
        "  - General zone, cell E6: nobody is called “Nobody”",
    ]
    assert len(versions(planned)) == 1
    data = ask("import-plan", BOOK, "--json", code=2).data
    assert (data["stored"], data["refusals"][0]["cell"]) == (False, "E6")


def test_an_edit_of_a_version_that_is_not_the_latest_is_refused(planned: Path, ask: Ask) -> None:
    ask("plan", "--no-sheets", "--scratch")
    exchange(planned / BOOK, "C6", "C11")
    assert "the workbook was made from version 1, which is not the plan to change" in (
        ask("import-plan", BOOK, code=2).out
    )
    assert len(versions(planned)) == 2


def test_hard_rules_are_broken_only_by_somebody_who_says_why(planned: Path, ask: Ask) -> None:
    put(planned / BOOK, "E6", name_in(planned / BOOK, "C6"))
    answer = ask("import-plan", BOOK, code=1)
    assert "✗ Not allowed: Rest day between sessions (rule rest_day; " in answer.out
    assert answer.lines[-1] == (
        "Nothing was stored. To store it so: --accept-violations --note REASON"
    )
    assert ask("import-plan", BOOK, "--accept-violations", code=2).err == (
        "--accept-violations needs a reason: --note.\n"
    )
    assert len(versions(planned)) == 1
    accepted = ask("import-plan", BOOK, "--accept-violations", "--note", "Dr Li", "--json").data
    assert (accepted["stored"], accepted["version"], accepted["legal"]) == (True, 2, False)
    assert versions(planned)[1].version.note == "Dr Li"
    assert "Dr Li" in ask("show", "--versions").out


@pytest.mark.parametrize("name", ["plan.csv", "plan.json"])
def test_a_plan_as_csv_or_json_is_compared_with_the_latest(
    planned: Path, ask: Ask, name: str
) -> None:
    ask("plan", "--no-sheets", "--scratch")
    before = versions(planned)
    data = ask("import-plan", SHEETS / name, "--no-sheets", "--json").data
    assert (data["version"], data["sheets"]) == (3, None)
    assert versions(planned)[2].plan == before[0].plan
    moved = {one["change"]["patient"] for one in data["changes"]}
    assert moved == {
        row.patient for row in set(before[0].plan.assignments) ^ set(before[1].plan.assignments)
    }


@pytest.mark.usefixtures("center")
def test_without_a_stored_plan_there_is_nothing_to_change(ask: Ask) -> None:
    ask("import", "center")
    ask("plan", "--from", "center", "--out", "papers")
    assert ask("import-plan", "papers/week-2026-03-02.xlsx", code=2).err == (
        "There is no stored plan for the week of Mon 2 Mar 2026 yet.\n"
    )
