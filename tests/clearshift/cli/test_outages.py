"""What stands against machines is known to whoever plans, counts, checks and looks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.clearshift.cli.calling import Ask

THURSDAY = datetime(2026, 2, 26, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PLAN = Path("out/XIAMAO-2026-03-02-v1/plan.csv")


@pytest.fixture(autouse=True)
def thursday(planned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the Thursday before the sample's week."""
    del planned
    for module in ("given", "stored", "care_center"):
        monkeypatch.setattr(f"clearshift.cli.{module}.now_at", lambda _: THURSDAY)


def block(ask: Ask, *options: str) -> None:
    ask("due", "machine", "M01", "--block", "pump", "--by", "Wu", "--at", "2026-02-25", *options)


def seats(data: dict[str, Any]) -> int:
    found: int = data["capacity"]["total"]["stations"]
    return found


def test_a_machine_that_is_away_is_missing_in_the_count_and_named(ask: Ask) -> None:
    before = ask("capacity", "--json").data
    assert before["outages"] == []
    block(ask)
    after = ask("capacity", "--json").data
    assert seats(before) - seats(after) == 12
    (one,) = after["outages"]
    assert (one["machine"], one["kind"], one["reason"]) == (
        "M01", "taken out", "blocked by Wu: pump",
    )  # fmt: skip
    assert (one["stations"], one["closed"][0], one["closed"][-1]) == (
        ["A01"], "2026-03-02", "2026-03-08",
    )  # fmt: skip
    assert "! M01 at A01: closed Mon 2 Mar to Sun 8 Mar; blocked by Wu: pump" in (
        ask("capacity").lines
    )


def test_the_files_of_a_center_know_nothing_of_its_machines(ask: Ask) -> None:
    block(ask)
    assert ask("capacity", "--from", "center", "--json").data["outages"] == []


def test_a_plan_puts_nobody_on_it_and_says_why_somebody_goes_short(ask: Ask) -> None:
    block(ask)
    data = ask("plan", "--json", "--seconds", "20", "--workers", "1").data
    assert [one["machine"] for one in data["outages"]] == ["M01"]
    assert (data["legal"], data["sessions"]) == (True, 60)
    sessions = ask("show", "--json").data["assignments"]
    assert "A01" not in {row["station"] for row in sessions}
    assert data["unplaced"]
    for one in data["unplaced"]:
        assert one["reason"].endswith(" seats; out of use there: M01 (blocked by Wu: pump)")


def test_a_plan_made_before_is_shown_and_checked_against_it(ask: Ask) -> None:
    assert ask("show", "--json").data["outages"] == []
    assert ask("check", PLAN, "--json").data["legal"]
    block(ask, "--back", "2026-03-04")
    line = "! M01 at A01: closed Mon 2 Mar to Tue 3 Mar; blocked by Wu, back on Wed 4 Mar: pump"
    assert line in ask("show").lines
    checked = ask("check", PLAN, code=1)
    assert line in checked.lines
    assert "Mon 2 Mar Morning: station A01 is closed" in checked.out
    data = ask("check", PLAN, "--json", code=1).data
    assert {one["day"] for one in data["violations"]} == {"2026-03-02", "2026-03-03"}
    assert len(data["outages"]) == 1


def test_what_is_mended_within_the_hour_is_told_and_closes_nothing(ask: Ask) -> None:
    options = ("--method", "chemical", "--minutes", "40", "--at", "2026-02-26T09:00")
    ask("due", "disinfected", "M01", *options)
    before, after = 72, seats(ask("capacity", "--json").data)
    assert after == before
    assert (
        "! M01 at A01: the test for residues of disinfectant is missing; its station is planned"
        " all the same"
    ) in ask("capacity").lines
    assert ask("capacity", "--json", "--week", "2026-W12").data["outages"] == []


def test_water_that_failed_is_for_a_person_to_decide(ask: Ask) -> None:
    ask("due", "point", "RO1")
    ask("due", "result", "RO1", "endotoxin", "0.3", "--at", "2026-02-25", code=1)
    assert (
        "! the water at RO1 of Wed 25 Feb is over the limit: endotoxin 0.3 EU/mL; decide before"
        " anybody is treated"
    ) in ask("capacity").lines


def test_maintenance_that_blocks_makes_a_machine_not_ready_until_it_is_done(ask: Ask) -> None:
    options = ("--days", "180", "--source", "maker", "--blocks")
    ask("due", "plan", "PM6", *options)
    rows = ask("due", "ready", "--json").data["machines"]
    assert {row["state"] for row in rows} == {"blocked"}
    assert rows[0]["reason"] == "PM6 is overdue: never recorded"
    ask("due", "work", "M01", "PM6", "--by", "Wu")
    states = {r["machine"]: r["state"] for r in ask("due", "ready", "--json").data["machines"]}
    assert states["M01"] == "unknown"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--release", "--back", "2026-03-04"), "--back goes with --block."),
        (("--block", "pump", "--back", "2026-02-26"), "is not after today."),
        (("--block", "pump", "--back", "soon"), "soon is no time"),
    ],
)
def test_a_day_of_return_that_cannot_be_is_refused(
    ask: Ask, options: tuple[str, ...], reason: str
) -> None:
    assert reason in ask("due", "machine", "M01", *options, code=2).err
