"""`clearshift repair`: what has happened as somebody types it, the repair as page and as data."""

from __future__ import annotations

import pytest

from tests.clearshift.cli.calling import Ask

AT = ("--at", "2026-03-04T11:40")


@pytest.mark.usefixtures("planned")
def test_a_machine_that_is_out_is_mended_told_and_stored(ask: Ask) -> None:
    found = ask("repair", "--machine", "M01", *AT, "--json", "--no-offers", code=None).data
    measures = {one["measure"]: (one["found"], one["bound"]) for one in found["measures"]}
    assert measures["unplaced"][0] == measures["unplaced"][1]
    assert measures["patients"][0] == measures["patients"][1]
    assert found["version"] is None
    assert {one["patient"] for one in found["calls"]} <= {
        one["patient"] for one in found["changes"]
    }
    assert all(len(one["sms"]["zh"]) <= 160 for one in found["calls"])
    stored = ask(
        "repair", "--machine", "M01", *AT, "--store", "--no-offers", "--author", "Li", code=None
    )
    assert "Stored as version 2" in stored.out
    assert "To call, most urgent first" in stored.out
    again = ask("repair", "--machine", "M01", *AT, "--json", code=None).data
    assert again["changes"] == []


@pytest.mark.usefixtures("planned")
def test_who_is_left_out_is_offered_ways_that_were_tried(ask: Ask) -> None:
    found = ask("repair", "--machine", "M01", *AT, code=None)
    data = ask("repair", "--machine", "M01", *AT, "--json", code=None).data
    if data["left_out"]:
        assert found.code == 1
        assert "What would help, each tried" in found.out
        assert {one["kind"] for one in data["offers"]} >= {"another center"}
    else:
        assert found.code == 0


@pytest.mark.usefixtures("planned")
def test_nothing_has_to_change_when_nothing_has_happened(ask: Ask) -> None:
    assert "Nothing has to change." in ask("repair", *AT).out


@pytest.mark.usefixtures("planned")
def test_every_kind_of_trouble_can_be_typed(ask: Ask) -> None:
    rows = ask("show", "--json").data["assignments"]
    late = next(row for row in rows if row["day"] == "2026-03-06")
    first = next(row for row in rows if row["day"] == "2026-03-02")
    shift = late["shift"]
    for option, value in (
        ("--station", rows[0]["station"]),
        ("--closed", f"2026-03-06:{shift}"),
        ("--closed", f"2026-03-06:{shift}:A"),
        ("--nurse", f"A:2026-03-06:{shift}:1"),
        ("--away", f"{late['patient']}:2026-03-05"),
        ("--away", f"{late['patient']}:2026-03-05:2026-03-06"),
        ("--late", f"{late['patient']}:2026-03-06:{shift}:20"),
        ("--missed", f"{first['patient']}:2026-03-02:{first['shift']}"),
        ("--back", f"{late['patient']}:2026-03-05"),
    ):
        found = ask("repair", option, value, *AT, "--json", "--no-offers", code=None)
        assert found.data["broken"] == [], (option, value)
    joins = ask("repair", "--joins", f"{late['patient']}:2026-03-05", *AT, code=2)
    assert "came last week already" in joins.err
    water = ask("repair", "--water-off", "--since", "12:00", "--until", "2026-03-04T16:00", *AT,
                "--json", "--no-offers", code=None)  # fmt: skip
    assert water.data["broken"] == []


@pytest.mark.usefixtures("planned")
def test_what_cannot_be_meant_is_refused_option_by_option(ask: Ask) -> None:
    refused = ask(
        "repair", "--machine", "XX", "--nurse", "A:2026-03-04", "--away", "P900:soon",
        "--missed", "P900:2026-03-04:AM", "--water-off", *AT, code=2,
    ).err  # fmt: skip
    assert "--machine: XX stands at no station" in refused
    assert "--nurse: A:2026-03-04 is not ZONE:DAY:SHIFT[:COUNT]." in refused
    assert "--away: P900:soon is not PATIENT:FIRST[:LAST]." in refused
    assert "P900 is not a patient of these weeks" in refused
    assert "--water-off needs --until" in refused
    when = ask("repair", "--station", "A01", "--since", "noonish", *AT, code=2).err
    assert "--since: noonish is not a moment" in when
