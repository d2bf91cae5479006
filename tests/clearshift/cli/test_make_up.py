"""`clearshift make-up` and `clearshift swap`: offers and verdicts at once, taken as versions."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.clearshift.cli.calling import Ask

AT = ("--at", "2026-03-04T09:00")


@pytest.fixture
def roomy(planned: Path, ask: Ask) -> Path:
    """The week in force without the sessions of one patient, so that there are free seats."""
    data = ask("show", "--json").data
    rows = [row for row in data["assignments"] if row["patient"] != "P016"]
    lines = ["day,shift,station,patient"]
    lines += [",".join((row["day"], row["shift"], row["station"], row["patient"])) for row in rows]
    (planned / "plan.csv").write_text("\n".join(lines) + "\n")
    ask("import-plan", "plan.csv", "--yes", code=None)
    ask("publish", "--author", "Li")
    return planned


@pytest.mark.usefixtures("planned")
def test_a_full_center_has_no_place_and_says_how_long_the_wait_is(ask: Ask) -> None:
    found = ask("make-up", "P020", *AT, code=1)
    assert "Instead of Wed 4 Mar Morning" in found.out
    assert "Proven: no legal plan of this week makes it up" in found.out
    assert "Not made up, the longest wait is 4 days to Fri 6 Mar, at most 3." in found.out


@pytest.mark.usefixtures("roomy")
def test_offers_are_numbered_and_one_is_taken(ask: Ask) -> None:
    patient, data = _first_with_offers(ask)
    first = data["offers"][0]
    assert (first["number"], first["legal"]) == (1, True)
    taken = ask("make-up", patient, "--missed", data["missed"]["day"], *AT, "--take", 1,
                "--author", "Wang")  # fmt: skip
    assert "in force" in taken.out
    rows = ask("show", "--json").data["assignments"]
    assert first["session"] in rows
    assert data["missed"] not in rows


def _first_with_offers(ask: Ask) -> tuple[str, Any]:
    rows = ask("show", "--json").data["assignments"]
    for row in rows:
        if row["day"] >= "2026-03-05":
            found = ask("make-up", row["patient"], "--missed", row["day"], "--hours", 96, *AT,
                        "--json", code=None)  # fmt: skip
            if found.code == 0:
                return row["patient"], found.data
    raise AssertionError("no offers at all")


@pytest.mark.usefixtures("planned")
def test_what_cannot_be_understood_is_refused(ask: Ask) -> None:
    assert "There is no P2 in the center" in ask("make-up", "P2", *AT, code=2).err
    assert "is not a date" in ask("make-up", "P020", "--missed", "Friday", *AT, code=2).err
    assert "There is no offer 9." in ask("make-up", "P020", "--take", 9, *AT, code=2).err
    assert "needs --source" in ask("make-up", "P020", "--consecutive", *AT, code=2).err
    assert "two patients" in ask("swap", "P020", "P020", *AT, code=2).err
    over = ask("swap", "P020", "P001", "--at", "2026-03-08T22:00", code=2).err
    assert "nothing to swap" in over


@pytest.mark.usefixtures("planned")
def test_a_swap_that_breaks_rules_says_which_and_is_not_stored(ask: Ask) -> None:
    found = ask("swap", "P020", "P001", *AT, code=1)
    assert "Not allowed: Prescribed sessions" in found.out
    assert "Source" not in found.err
    assert ask("swap", "P020", "P001", *AT, "--store", code=2).err
    assert len(ask("show", "--versions", "--json").data["versions"]) == 1


@pytest.mark.usefixtures("planned")
def test_a_legal_swap_is_stored_and_the_page_says_what_moves(ask: Ask) -> None:
    ask("publish")
    at = ("--at", "2026-03-02T05:00")
    patients = sorted({row["patient"] for row in ask("show", "--json").data["assignments"]})
    for first, second in permutations(patients, 2):
        found = ask("swap", first, second, *at, code=None)
        if found.code == 0:
            break
    assert "Allowed: no hard rule is broken." in found.out
    data = ask("swap", first, second, *at, "--store", "--json").data
    assert (data["legal"], data["version"]["number"]) == (True, 2)
    rows = ask("show", "--json").data["assignments"]
    assert all(move["after"] in rows for move in data["moves"])


@pytest.mark.usefixtures("planned")
def test_one_day_of_each_may_be_swapped(ask: Ask) -> None:
    rows = ask("show", "--json").data["assignments"]
    friday = [row for row in rows if row["day"] == "2026-03-06"]
    first, second = (
        friday[0]["patient"],
        next(row["patient"] for row in friday if row["shift"] != friday[0]["shift"]),
    )
    days = ("--day", "2026-03-06", "--for-day", "2026-03-06")
    data = ask("swap", first, second, *days, *AT, "--json", code=None).data
    assert {move["before"]["day"] for move in data["moves"]} == {"2026-03-06"}
