"""`clearshift due`: what is due, and what people enter, checked where it enters."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.telemetry import Phase
from tests.clearshift.cli import telemetry
from tests.clearshift.cli.calling import Ask
from tests.clearshift.cli.telemetry import spoke

pytestmark = pytest.mark.usefixtures("planned")
PLAN = ("due", "plan", "PM6", "--days", "180", "--treatments", "200", "--source", "maker")


def due(ask: Ask, *options: str) -> list[dict[str, Any]]:
    """What is listed, whether or not something is overdue."""
    found: list[dict[str, Any]] = ask("due", "list", "--json", *options, code=None).data["due"]
    return found


def ready(ask: Ask, machine: str) -> dict[str, Any]:
    """One machine's state."""
    rows = ask("due", "ready", "--json").data["machines"]
    (found,) = [row for row in rows if row["machine"] == machine]
    return dict(found)


def yesterday() -> str:
    return (datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(days=1)).date().isoformat()


def test_a_center_that_has_entered_nothing_is_asked_for_dialysate_now(ask: Ask) -> None:
    rows = due(ask)
    assert {row["kind"] for row in rows} == {"dialysate test"}
    assert {row["code"] for row in rows} == {"bacteria", "endotoxin"}
    lines = ask("due", "list").lines
    assert lines[1] == "To do now"
    assert lines[2].split() == ["what", "where", "until", "of", "what", "why"]


def test_maintenance_is_overdue_until_it_is_entered(ask: Ask) -> None:
    ask(*PLAN)
    overdue = [row for row in due(ask) if row["kind"] == "maintenance"]
    assert {row["urgency"] for row in overdue} == {"overdue"}
    assert ask("due", "list", code=1).lines[1] == "Overdue"
    answer = ask("due", "work", "M01", "PM6", "--by", "Wu", "--note", "filters")
    assert answer.out.startswith("Kept: PM6 on M01, ")
    assert answer.out.endswith(", by Wu.\n")
    left = {row["subject"] for row in due(ask) if row["kind"] == "maintenance"}
    assert left == {row["subject"] for row in overdue} - {"M01"}
    (later,) = [
        row for row in due(ask, "--all") if row["kind"] == "maintenance" and row["subject"] == "M01"
    ]
    assert (later["urgency"], later["source"]) == ("later", "maker")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("M99", "PM6"), "There is no M99; perhaps "),
        (("M01", "PM7"), "There is no PM7; perhaps PM6."),
        (("M01", "PM6", "--hours", "5"), "--hours and --treatments go together."),
        (("M01", "PM6", "--at", "2999-01-01"), " has not come yet."),
        (("M01", "PM6", "--at", "yesterday"), "yesterday is no time; expected 2026-03-02 or "),
        (("M01", "PM6", "--by", " "), "Who? A name is needed."),
    ],
)
def test_a_work_that_cannot_be_is_refused(ask: Ask, options: tuple[str, ...], reason: str) -> None:
    ask(*PLAN)
    assert reason in ask("due", "work", *options, code=2).err


def test_a_plan_needs_an_interval_and_somebody_who_says_so(ask: Ask) -> None:
    assert "at least one of --days" in ask("due", "plan", "X", "--source", "m", code=2).err
    assert "--source is missing" in ask("due", "plan", "X", "--days", "5", code=2).err
    assert "There is no XX" in ask(*PLAN, "--model", "XX", code=2).err


def test_an_ended_plan_is_due_no_more(ask: Ask) -> None:
    ask(*PLAN)
    assert "PM6" in str(ask("due", "list", "--json", code=None).data["due"])
    assert "no other option" in ask(*PLAN, "--end", code=2).err
    assert "Ended: plan PM6." in ask("due", "plan", "PM6", "--end").out
    assert "PM6" not in str(ask("due", "list", "--all", "--json", code=None).data["due"])
    assert "There is no PM6" in ask("due", "plan", "PM6", "--end", code=2).err


def test_a_result_is_graded_and_a_bad_one_is_due_at_once(ask: Ask) -> None:
    ask("due", "point", "RO1", "--title", "after RO")
    assert ask("due", "result", "RO1", "bacteria", "3").out == (
        "✓ Kept: 3 CFU/mL, within the limit of 100.\n"
    )
    assert "above the action level of 50" in ask("due", "result", "RO1", "bacteria", "60").out
    assert "over the limit of 0.25 (Blood-purification SOP 2021" in (
        ask("due", "result", "RO1", "endotoxin", "0.3", code=1).out
    )
    assert ask("due", "result", "RO1", "ro_conductivity", "6.5").out == "✓ Kept: 6.5 uS/cm.\n"
    first, second, *_ = due(ask)
    assert (first["kind"], first["code"], first["urgency"]) == (
        "bad result", "endotoxin", "overdue",
    )  # fmt: skip
    assert (second["kind"], second["code"], second["urgency"]) == ("bad result", "bacteria", "now")


def test_a_result_of_a_machine_is_of_its_dialysate(ask: Ask) -> None:
    data = ask("due", "result", "M01", "endotoxin", "0.3", "--at", yesterday(), "--json").data
    assert (data["result"]["medium"], data["grade"], data["limit"]["limit"]) == (
        "dialysate", "act", 0.5,
    )  # fmt: skip
    assert data["result"]["day"] == yesterday()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("RO9", "bacteria", "3"), "There is no RO9; perhaps "),
        (("M01", "bacterium", "3"), "There is no bacterium; perhaps bacteria."),
        (("M01", "lead", "3"), "lead is not tested here: there is no limit for it."),
        (("M01", "bacteria", "nan"), "nan"),
        (("M01", "bacteria", "inf"), "inf is not a number"),
        (("M01", "bacteria", "--", "-1"), "less than 0"),
    ],
)
def test_a_result_that_cannot_be_is_refused(
    ask: Ask, options: tuple[str, ...], reason: str
) -> None:
    assert reason in ask("due", "result", *options, code=2).err
    assert all(row["kind"] != "bad result" for row in due(ask))


def test_a_machine_is_no_sampling_point(ask: Ask) -> None:
    assert "M01 is a machine" in ask("due", "point", "M01", code=2).err
    assert "is no time" in ask("due", "point", "RO1", "--retired", "soon", code=2).err


def test_the_wire_makes_a_machine_dirty_and_a_person_makes_it_ready(ask: Ask) -> None:
    spoke(
        [telemetry.phase("M01", 1, 600, Phase.TREATMENT), telemetry.phase("M01", 2, 5, Phase.DRAIN)]
    )
    ask("follow", "--once")
    assert (ready(ask, "M01")["state"], ready(ask, "M02")["state"]) == ("dirty", "unknown")
    (row,) = [row for row in due(ask) if row["kind"] == "disinfection"]
    assert (row["subject"], row["reason"]) == ("M01", "a treatment has ended")
    short = ask("due", "disinfected", "M01", "--method", "heat", "--minutes", "5")
    assert short.out == (
        "Kept. M01: blocked: disinfection stopped after 5 min; at least 20 are needed.\n"
    )
    done = ask("due", "disinfected", "M01", "--method", "heat", "--minutes", "30")
    assert done.out == "Kept. M01: ready.\n"
    lines = ask("due", "ready").lines
    assert lines[0].startswith("! 1 of ")
    assert [row["subject"] for row in due(ask) if row["kind"] == "disinfection"] == []


def test_a_chemical_disinfection_waits_for_its_residue_test(ask: Ask) -> None:
    out = ask("due", "disinfected", "M01", "--method", "chemical", "--minutes", "30").out
    assert out == "Kept. M01: blocked: the test for residues of disinfectant is missing.\n"
    assert ask("due", "machine", "M01", "--residue-clear").out == "Kept. M01: ready.\n"


def test_a_block_says_by_whom_and_why_until_it_is_released(ask: Ask) -> None:
    out = ask("due", "machine", "M01", "--block", "leaks", "--by", "Li").out
    assert out == "Kept. M01: blocked: blocked by Li: leaks.\n"
    assert ask("due", "machine", "M01", "--release", "--by", "Li").out == "Kept. M01: not known.\n"


def test_meters_go_up_unless_they_were_replaced(ask: Ask) -> None:
    def read(hours: str, *options: str, code: int = 0) -> str:
        meters = ("--hours", hours, "--treatments", "900", *options)
        return ask("due", "machine", "M01", *meters, code=code).err

    read("5000")
    assert "The meter stood at 5000 h and 900 treatments on " in read("4000", code=2)
    read("4000", "--replaced")
    read("4001")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ((), "Expected one of --block"),
        (("--release", "--residue-clear"), "Expected one of --block"),
        (("--block", " "), "--block needs a reason."),
        (("--hours", "5"), "--hours and --treatments go together."),
    ],
)
def test_one_thing_at_a_time_is_kept_of_a_machine(
    ask: Ask, options: tuple[str, ...], reason: str
) -> None:
    assert reason in ask("due", "machine", "M01", *options, code=2).err
