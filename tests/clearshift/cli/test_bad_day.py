"""`clearshift bad-day`: the rest of a week with half the machines, from question to version."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clearshift.cli.calling import Ask

HALF = ("bad-day", "--lost", "A01,A02", "--lost", "A03", "--at", "2026-03-04T10:30")


@pytest.fixture
def in_force(planned: Path, ask: Ask) -> Path:
    ask("publish", "--author", "Li")
    return planned


@pytest.mark.usefixtures("in_force")
def test_it_claims_counts_orders_and_writes_lists(ask: Ask, folder: Path) -> None:
    found = ask(*HALF, "--out", "lists", code=1)
    assert "proven: no plan does better" in found.out
    assert "patients are due and there are" in found.out
    assert "Who comes first" in found.out
    names = {path.name for path in (folder / "lists").iterdir()}
    assert names >= {"order.pdf", "beyond.pdf", "calls.pdf", "fewer.pdf", "bad-day.xlsx", "days"}
    book = load_workbook(folder / "lists" / "bad-day.xlsx")
    assert book.worksheets[0].max_row == 25
    assert ask("show", "--versions").out.count("Li") == 1


@pytest.mark.usefixtures("in_force")
def test_as_data_the_bound_stands_beside_the_claim(ask: Ask) -> None:
    data = ask(*HALF, "--no-sheets", "--json", code=1).data
    assert (data["over"], data["bound"], data["proven"], data["order_proven"]) == (2, 2, True, True)
    assert data["beyond"] == [one["patient"] for one in data["waits"] if one["days"] > one["line"]]
    assert len(data["ranks"]) == 24
    assert {one["gain_percent"] for one in data["ranks"]} == {None}
    assert data["broken"] == []


@pytest.mark.usefixtures("in_force")
def test_stored_it_is_in_force_and_the_next_command_goes_on_from_it(ask: Ask) -> None:
    ask(*HALF, "--no-sheets", "--store", "--author", "Wang", code=1)
    versions = ask("show", "--versions", "--json").data["versions"]
    assert [(one["number"], one["state"]) for one in versions] == [
        (1, "superseded"),
        (2, "published"),
    ]
    again = ask(*HALF, "--no-sheets", "--json", code=1).data
    assert (again["over"], again["changes"]) == (2, [])


@pytest.mark.usefixtures("in_force")
def test_what_a_doctor_allows_needs_the_doctor_and_then_counts(ask: Ask) -> None:
    assert "needs --source" in ask(*HALF, "--minutes", 150, code=2).err
    assert "needs --minutes" in ask(*HALF, "--more-turns", code=2).err
    said = ("--source", "Dr Zhao", "--minutes", 150, "--more-turns", "--no-sheets", "--json")
    less, more = ask(*HALF, "--no-sheets", "--json", code=1).data, ask(*HALF, *said, code=None).data
    assert len(more["beyond"]) < len(less["beyond"])
    assert more["shortened"]
    line = ask(*HALF, "--line", 5, "--source", "Dr Zhao", "--no-sheets")
    assert "Everybody is kept under the longest gap." in line.out


@pytest.mark.usefixtures("in_force")
def test_weights_and_flags_come_from_a_table(ask: Ask, folder: Path) -> None:
    table = folder / "conditions.csv"
    table.write_text("patient,gain kg,dry weight kg,flag\nP019,3,60,first\nP024,,,can wait\n")
    data = ask(*HALF, "--conditions", "conditions.csv", "--no-sheets", "--json", code=1).data
    rank = {one["patient"]: one for one in data["ranks"]}
    assert (rank["P019"]["flag"], rank["P019"]["gain_percent"]) == ("first", 5.0)
    assert rank["P024"]["place"] == 24
    assert "P019" not in data["beyond"]
    table.write_text("patient,flag\nP999,first\n")
    assert "conditions.csv, row 2" in ask(*HALF, "--conditions", "conditions.csv", code=2).err


@pytest.mark.usefixtures("in_force")
def test_the_machines_may_be_back_before_the_week_ends(ask: Ask) -> None:
    short = ask(*HALF, "--until", "2026-03-05T12:00", "--no-sheets", "--json", code=None).data
    stations = {row["station"] for row in short["assignments"] if row["day"] >= "2026-03-06"}
    assert stations & {"A01", "A02", "A03"}


@pytest.mark.usefixtures("in_force")
def test_what_cannot_be_understood_is_refused_in_one_line(ask: Ask) -> None:
    assert "There is no A99 in the center" in ask("bad-day", "--lost", "A99", "--at",
                                                  "2026-03-04T10:30", code=2).err  # fmt: skip
    assert "--at: soon is not a time" in ask("bad-day", "--at", "soon", code=2).err
    late = ask(*HALF, "--until", "soon", code=2).err
    assert "--until: soon is not a time" in late
    over = ask("bad-day", "--lost", "A01", "--at", "2026-03-08T20:00", code=2).err
    assert "Nothing is left to plan" in over
    assert "no stored plan for" in ask("bad-day", "--at", "2026-05-04T10:30", code=2).err


@pytest.mark.usefixtures("planned")
def test_a_draft_stays_a_draft(ask: Ask) -> None:
    assert "Stored as version 2, a draft." in ask(*HALF, "--no-sheets", "--store", code=1).out
