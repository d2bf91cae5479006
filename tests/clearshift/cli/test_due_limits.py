"""`clearshift due limits` and `due limit`: dated rows with a source, added to, never changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clearshift.cli.calling import Ask

pytestmark = pytest.mark.usefixtures("planned")
SOURCE = ("--source", "water committee", "--by", "Li")


def water(ask: Ask, test: str, medium: str = "water", *options: str) -> dict[str, Any]:
    rows = ask("due", "limits", "--json", *options).data["water"]
    (found,) = [row for row in rows if (row["test"], row["medium"]) == (test, medium)]
    return dict(found)


def test_every_standard_limit_is_shown_with_its_day_and_source(ask: Ask) -> None:
    data = ask("due", "limits", "--json").data
    assert {row["code"] for row in data["care"]} == {
        "heat_minutes", "chemical_minutes", "wire_minutes", "idle_hours", "service_days",
    }  # fmt: skip
    assert len(data["water"]) == 19
    assert all(row["source"] and row["valid_from"] for row in (*data["care"], *data["water"]))
    lines = ask("due", "limits").lines
    assert "Disinfection and maintenance" in lines
    assert any(
        line.startswith("  bacteria") and "100 CFU/mL, act above 50" in line for line in lines
    )


def test_a_limit_of_care_holds_from_its_day_and_says_who_set_it(ask: Ask) -> None:
    out = ask("due", "limit", "idle_hours", "24", "--since", "2026-03-01", *SOURCE).out
    assert out == (
        "✓ Kept: hours of standing idle until a machine is disinfected again: 24 h from Sun 1 Mar"
        " 2026 (water committee; by Li).\n"
    )
    for day, value, who in (("2026-02-28", 48, ""), ("2026-03-01", 24, "Li")):
        rows = ask("due", "limits", "--day", day, "--json").data["care"]
        (row,) = [one for one in rows if one["code"] == "idle_hours"]
        assert (row["value"], row["who"]) == (value, who)


def test_a_limit_of_a_test_keeps_what_is_not_said_and_shows_all_of_it(ask: Ask) -> None:
    out = ask("due", "limit", "bacteria", "80", "--medium", "water", *SOURCE).out
    assert "bacteria in water: 80 CFU/mL, act above 50, every month, from " in out
    row = water(ask, "bacteria")
    assert (row["limit"], row["action"], row["who"]) == (80, 50, "Li")
    assert water(ask, "bacteria", "dialysate")["limit"] == 100


def test_a_wrong_row_is_set_right_on_the_same_day(ask: Ask) -> None:
    ask("due", "limit", "hardness", "170", *SOURCE)
    ask("due", "limit", "hardness", "17", *SOURCE)
    assert water(ask, "hardness")["limit"] == 17


def test_a_test_can_be_switched_off_and_made_anew(ask: Ask) -> None:
    ask("due", "limit", "lead", "--off", *SOURCE)
    rows = ask("due", "limits", "--json").data["water"]
    assert "lead" not in {row["test"] for row in rows}
    refused = ask("due", "limit", "lead", "0.01", "--medium", "water", *SOURCE, code=2).err
    assert refused == "--months or --days is missing: how often is it tested?\n"
    ask("due", "limit", "lead", "0.01", "--medium", "water", "--months", "6", *SOURCE)
    assert water(ask, "lead")["every"] == {"months": 6, "days": 0}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("bacterium", "5", *SOURCE), "There is no bacterium; perhaps bacteria."),
        (("idle_hours", "24"), "--source is missing"),
        (("idle_hours", "24", "--source", "x", "--by", " "), "Who? A name is needed."),
        (("idle_hours", *SOURCE), "idle_hours needs a value above 0."),
        (("idle_hours", "0", *SOURCE), "idle_hours needs a value above 0."),
        (("idle_hours", "24", "--months", "1", *SOURCE), "idle_hours has a value and nothing"),
        (("idle_hours", "nan", *SOURCE), "nan"),
        (("idle_hours", "24", "--since", "soon", *SOURCE), "soon is no time"),
        (("bacteria", "80", *SOURCE), "--medium is missing: water or dialysate?"),
        (("lead", *SOURCE), "Expected a value, --action, --months, --days or --off."),
        (("lead", "5", "--months", "1", "--days", "2", *SOURCE), "exclude each other."),
        (
            ("bacteria", "50", "--medium", "water", *SOURCE),
            "--action: the action level of 50 is not below the limit.",
        ),
    ],
)
def test_a_limit_that_cannot_be_is_refused(ask: Ask, options: tuple[str, ...], reason: str) -> None:
    before = ask("due", "limits", "--json").data
    assert reason in ask("due", "limit", *options, code=2).err
    assert ask("due", "limits", "--json").data == before
