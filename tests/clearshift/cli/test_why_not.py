"""`clearshift why-not`: the question as somebody types it, the answer as page and as data."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.clearshift.cli.calling import Ask


def somebody(ask: Ask) -> tuple[str, str, str]:
    """A patient with a session, its date and shift."""
    rows = ask("show", "--json").data["assignments"]
    counts = Counter(row["patient"] for row in rows)
    row = next(one for one in rows if counts[one["patient"]] == 3)
    return row["patient"], row["day"], row["shift"]


@pytest.mark.usefixtures("planned")
def test_a_seat_that_the_patient_has_is_said_to_be_hers(ask: Ask) -> None:
    patient, day, shift = somebody(ask)
    found = ask("why-not", patient, day, shift)
    assert f"{patient} sits there" in found.out
    assert ask("why-not", patient, day, shift, "--json").data["answer"] == "sits there"


@pytest.mark.usefixtures("planned")
def test_another_seat_is_answered_with_facts_or_with_a_plan(ask: Ask) -> None:
    patient, day, shift = somebody(ask)
    others = {row["shift"] for row in ask("show", "--json").data["assignments"]} - {shift}
    for other in sorted(others):
        found = ask("why-not", patient, day, other)
        data = ask("why-not", patient, day, other, "--json").data
        assert data["answer"] in ("possible", "blocked")
        told = data["words"].replace(" 2026", "")
        assert "".join(told.split()) in "".join(found.out.split())
        if data["answer"] == "blocked":
            assert data["block"]["facts"]
            assert "What blocks it" in found.out
        else:
            assert data["way"]["others"] == data["way"]["others_bound"]
            assert "Planned again and checked without the solver." in found.out


@pytest.mark.usefixtures("planned")
def test_weekday_and_shift_may_be_said_in_any_way(ask: Ask) -> None:
    patient, _, _ = somebody(ask)
    shown = ask("show", "--json").data
    shift = shown["assignments"][0]["shift"]
    same = [ask("why-not", patient, day, shift, "--json").out for day in ("Wednesday", "wed", "3")]
    assert len({json.loads(one)["words"] for one in same}) == 1
    chinese = ask("why-not", patient, "星期三", shift, "--lang", "zh", "--json").data
    assert chinese["day"] == json.loads(same[0])["day"]


@pytest.mark.usefixtures("planned")
def test_what_is_not_known_is_refused_in_one_line(ask: Ask) -> None:
    patient, day, shift = somebody(ask)
    for argv, said in (
        (("P9999", day, shift), "There is no P9999 in the center"),
        ((patient, "someday", shift), "someday is neither a weekday nor a date"),
        ((patient, day, "brunch"), "There is no shift brunch"),
        ((patient, day, shift, "--zone", "Q"), "There is no Q in the center"),
        ((patient, day, shift, "--station", "Q1"), "There is no Q1 in the center"),
    ):
        refused = ask("why-not", *argv, code=2)
        assert said in refused.err
        assert len(refused.err.splitlines()) == 1


@pytest.mark.usefixtures("planned")
def test_of_a_week_in_force_nothing_that_has_begun_can_be_had(ask: Ask) -> None:
    patient, day, shift = somebody(ask)
    ask("publish", "--author", "Li")
    (other, *_) = {row["shift"] for row in ask("show", "--json").data["assignments"]} - {shift}
    found = ask("why-not", patient, day, other, "--json").data
    assert (found["answer"], found["way"], found["complete"]) == ("blocked", None, True)
    assert found["words"].endswith("has begun already.")
