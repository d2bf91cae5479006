"""`clearshift plan`: from the center's data to a stored, judged and printed week."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from db.connection import reading
from db.opening import open_database
from db.plans import StoredPlan, list_plans, load_plan
from domain.calendar import monday_of
from tests.clearshift.cli.calling import Ask

SHEETS = "XIAMAO-2026-03-02"


def versions(folder: Path) -> list[StoredPlan]:
    """Every stored version, oldest first."""
    with reading(open_database(f"sqlite:///{folder / 'clearshift.db'}")) as session:
        found = list_plans(session, "XIAMAO")
        return [load_plan(session, "XIAMAO", one.first_day, one.number) for one in found]


def test_a_planned_week_is_stored_with_its_run_and_printed(planned: Path) -> None:
    (stored,) = versions(planned)
    assert (stored.version.number, stored.version.author) == (1, "Li")
    assert stored.run is not None
    assert stored.run.status.value == "optimal"
    assert len(stored.plan.assignments) == 72
    assert "timetable tier 1: 0 >= 0; tier 2: " in stored.log
    assert (planned / "out" / f"{SHEETS}-v1" / "week-2026-03-02.xlsx").is_file()
    assert (planned / "out" / f"{SHEETS}-v1" / "slips.pdf").is_file()


@pytest.mark.usefixtures("planned")
def test_the_page_tells_claim_verdict_costs_files_and_what_is_next(ask: Ask) -> None:
    text = ask("plan").out
    for part in (
        "Xiamao township sample dialysis room, Mon 2 Mar 2026 to Sun 8 Mar 2026",
        "The center's last known session is on Sat 28 Feb 2026",
        "✓ 72 sessions wanted, 72 seats: by these counts everybody fits.",
        "Settling days and shifts: ",
        "Placing stations: ",
        "hard rules is broken.",
        "✓ 72 of 72 sessions are planned.",
        "✓ Stored as version 2, a draft.",
        "What the plan costs",
        f"Sheets in out/{SHEETS}-v2",
        "clearshift show --week 2026-03-02",
        f"clearshift import-plan out/{SHEETS}-v2/week-2026-03-02.xlsx",
        "clearshift publish --week 2026-03-02",
    ):
        assert part in text
    assert re.search(r"✓ Proven in \d+\.\d s: no plan is better\.", text)


def test_a_script_gets_one_json_document_and_the_progress_beside_it(
    planned: Path, ask: Ask
) -> None:
    answer = ask("plan", "--json", "--seed", 5, "--workers", 1, "--note", "as asked", "--publish")
    data = answer.data
    assert "Settling days and shifts" in answer.err
    expected = {
        "center": "XIAMAO", "first_day": "2026-03-02", "weeks": 1, "version": 2,
        "state": "published", "status": "optimal", "interrupted": False, "seed": 5, "workers": 1,
        "deterministic": False, "wanted": 72, "seats": 72, "short": 0, "sessions": 72,
        "legal": True, "violations": [], "unplaced": [], "clashes": [],
    }  # fmt: skip
    assert {name: data[name] for name in expected} == expected
    assert {stage["tier"]: stage["gap"] for stage in data["stages"]} == {0: 0, 1: 0, 2: 0, 3: 0}
    assert {cost["rule"]: cost["cost"] for cost in data["costs"]}["everyone_placed"] == 0
    assert data["sheets"]["folder"] == f"out/{SHEETS}-v2"
    assert versions(planned)[1].version.note == "as asked"


def test_from_files_nothing_is_stored_and_two_weeks_can_be_planned_at_once(
    center: Path, ask: Ask
) -> None:
    data = ask(
        "plan", "--from", "center", "--weeks", 2, "--out", "papers", "--json", "--week", "2026-W10"
    ).data
    assert (data["version"], data["weeks"], data["wanted"], data["legal"]) == (None, 2, 144, True)
    assert not (center / "clearshift.db").exists()
    plan = json.loads((center / "papers" / "plan.json").read_text(encoding="utf-8"))
    assert len(plan["assignments"]) == data["sessions"] == 144
    assert (center / "papers" / "week-2026-03-09.xlsx").is_file()


@pytest.mark.usefixtures("planned")
def test_the_same_seed_in_deterministic_mode_gives_the_same_plan_to_the_byte(ask: Ask) -> None:
    plans = []
    for folder in ("one", "two"):
        ask("plan", "--from", "center", "--deterministic", "--seed", 3, "--out", folder)
        plans.append((Path(folder) / "plan.json").read_bytes())
    assert plans[0] == plans[1]


def test_from_scratch_no_habit_is_paid_for_and_the_page_tells_what_moved(
    planned: Path, ask: Ask
) -> None:
    data = ask("plan", "--scratch", "--no-sheets", "--json").data
    costs = {cost["rule"]: cost["cost"] for cost in data["costs"]}
    assert costs["few_moves"] > 20
    run = versions(planned)[1].run
    assert run is not None
    assert "few_moves" not in {cost.rule for cost in run.costs}
    assert data["sheets"] is None


def test_the_log_tells_the_search_line_by_line_with_times(planned: Path, ask: Ask) -> None:
    ask("plan", "--no-sheets", "--log", "search.log")
    lines = (planned / "search.log").read_text(encoding="utf-8").splitlines()
    pattern = r"\d{4}-\d\d-\d\dT[\d:.]+\+\d\d:\d\d \d+\.\d{3} s \w+( tier \d: \d+ >= \d+;)+"
    assert [line for line in lines if not re.fullmatch(pattern, line)] == []
    assert {line.split()[3] for line in lines} >= {"start", "timetable"}


def test_a_log_that_cannot_be_written_stops_the_run_before_it_begins(
    planned: Path, ask: Ask
) -> None:
    answer = ask("plan", "--log", "nowhere/search.log", code=1)
    assert answer.err == "nowhere/search.log: there is no such file or folder\n"
    assert len(versions(planned)) == 1


def test_sheets_in_a_folder_with_other_things_are_not_written_and_the_plan_is_kept(
    planned: Path, ask: Ask
) -> None:
    (planned / "mine").mkdir()
    (planned / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    answer = ask("plan", "--out", "mine")
    assert "✗ Not written: mine holds other things: name an empty or a new folder." in answer.lines
    assert "✓ Stored as version 2, a draft." in answer.lines
    assert [file.name for file in (planned / "mine").iterdir()] == ["letter.txt"]


def test_what_is_known_of_last_week_carries_the_plan_into_the_next(planned: Path, ask: Ask) -> None:
    data = ask("plan", "--week", "2026-03-11", "--no-sheets", "--json").data
    assert (data["first_day"], data["version"]) == ("2026-03-09", 1)
    assert [one.version.first_day for one in versions(planned)] == [
        monday_of(one.plan.first_day) for one in versions(planned)
    ]
    again = ask("plan", "--no-sheets")
    assert "Mon 9 Mar 2026 to Sun 15 Mar 2026" in again.lines[0]


@pytest.mark.usefixtures("planned")
def test_wrong_wishes_are_refused_in_one_line(ask: Ask) -> None:
    for argv, line in (
        (["--week", "soon"], "--week: soon is not a week; expected a date such as 2026-03-02 or "
                             "a week's number such as 2026-W10."),
        (["--from", "center", "--publish"],
         "--publish needs a stored plan; --from stores nothing."),
        (["--weeks", "0"], "--weeks: 0 is less than 1. See clearshift plan --help."),
        (["--from", "nowhere"],
         "nowhere: expected a folder or an .xlsx workbook"),
    ):  # fmt: skip
        assert ask("plan", *argv, code=2).err == line + "\n"


def test_a_promise_that_cannot_be_kept_is_told_and_the_best_plan_stays_a_draft(
    center: Path, ask: Ask
) -> None:
    for name, row in (
        ("absences", "P005,2026-03-02,2026-03-02,away,Mon,06:00,23:00"),
        ("locks", "P005,2026-03-02,AM,"),
    ):
        with (center / "center" / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row}\r\n")
    ask("import", "center")
    text = ask("plan", "--publish", "--no-sheets", code=1).out
    assert "  - P005, week of Mon 2 Mar: a promise cannot be kept: " in text
    assert "✗ Not allowed: Promises kept (rule locked; Head nurse's word)" in text
    assert "  - P005, Mon 2 Mar Morning: promised, not planned" in text
    assert "! It stays a draft until somebody publishes it, as a hard rule is broken." in text
    (stored,) = versions(center)
    assert stored.version.state.value == "draft"
    assert len(stored.plan.assignments) == 72
