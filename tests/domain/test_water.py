"""Limits, grades and the list by which every machine comes round."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.water import (
    MACHINE_EVERY,
    STANDARD_WATER_LIMITS,
    WATER_TEST,
    Every,
    Grade,
    Medium,
    Round,
    WaterLimit,
    WaterResult,
    grade,
    last_of,
    limit_of,
    rotation,
)

TODAY = date(2026, 3, 2)
ENTERED = datetime(2026, 3, 2, 9, tzinfo=UTC)
WATER, DIALYSATE = Medium


def result(test: str, value: float, medium: Medium = WATER, *, below: bool = False) -> WaterResult:
    return WaterResult("RO", medium, test, TODAY, value, "Li", ENTERED, below)


@pytest.mark.parametrize(
    ("test", "medium", "value", "expected"),
    [
        ("bacteria", WATER, 50, Grade.GOOD),
        ("bacteria", WATER, 51, Grade.ACT),
        ("bacteria", DIALYSATE, 100, Grade.ACT),
        ("bacteria", WATER, 101, Grade.FAILED),
        ("endotoxin", WATER, 0.125, Grade.GOOD),
        ("endotoxin", WATER, 0.25, Grade.ACT),
        ("endotoxin", WATER, 0.26, Grade.FAILED),
        ("endotoxin", DIALYSATE, 0.26, Grade.ACT),
        ("endotoxin", DIALYSATE, 0.51, Grade.FAILED),
        ("free_chlorine", WATER, 0.09, Grade.GOOD),
        ("free_chlorine", WATER, 0.1, Grade.FAILED),
        ("hardness", WATER, 17, Grade.FAILED),
        ("aluminium", WATER, 0.01, Grade.GOOD),
        ("aluminium", WATER, 0.011, Grade.FAILED),
        ("ro_conductivity", WATER, 500, Grade.KEPT),
    ],
)
def test_a_result_is_graded_by_the_limit_of_its_day(
    test: str, medium: Medium, value: float, expected: Grade
) -> None:
    assert grade(result(test, value, medium), limit_of((), test, medium, TODAY)) is expected


def test_less_than_a_strict_limit_keeps_it() -> None:
    limit = limit_of((), "free_chlorine", WATER, TODAY)
    assert grade(result("free_chlorine", 0.1, below=True), limit) is Grade.GOOD


def test_less_than_the_limit_is_no_proof_of_being_below_the_action_level() -> None:
    limit = limit_of((), "bacteria", WATER, TODAY)
    assert grade(result("bacteria", 100, below=True), limit) is Grade.ACT


def test_every_standard_limit_has_a_source_a_test_and_an_action_level_below_it() -> None:
    for row in STANDARD_WATER_LIMITS:
        assert row.source
        assert row.test in WATER_TEST
        assert row.action is None or (row.limit is not None and row.action < row.limit)


def test_a_center_sets_or_drops_a_test_from_a_day_on() -> None:
    own = WaterLimit("bacteria", WATER, date(2026, 3, 1), Every(1), 50, 25, source="ours")
    off = WaterLimit("bacteria", WATER, date(2026, 4, 1), Every(1), None, enabled=False)
    assert limit_of((own, off), "bacteria", WATER, TODAY) == own
    assert limit_of((own, off), "bacteria", WATER, date(2026, 4, 1)) is None
    before = limit_of((own, off), "bacteria", WATER, date(2026, 2, 28))
    assert before is not None
    assert before.limit == 100
    assert limit_of((), "lead", DIALYSATE, TODAY) is None


@pytest.mark.parametrize(
    ("every", "day", "after"),
    [
        (Every(1), date(2026, 1, 31), date(2026, 2, 28)),
        (Every(1), date(2026, 12, 5), date(2027, 1, 5)),
        (Every(12), date(2024, 2, 29), date(2025, 2, 28)),
        (Every(days=1), date(2026, 2, 28), date(2026, 3, 1)),
    ],
)
def test_an_interval_goes_by_the_calendar(every: Every, day: date, after: date) -> None:
    assert every.after(day) == after


def test_the_row_entered_last_corrects_an_earlier_one_of_the_same_sample() -> None:
    later = WaterResult("RO", WATER, "lead", TODAY, 0.001, "Wu", ENTERED + timedelta(hours=1))
    rows = (later, result("lead", 9.0))
    assert last_of(rows, "RO", "lead") == later
    assert last_of(rows, "RO", "zinc") is None


# --- the round ----------------------------------------------------------------------------------


def test_machines_that_were_never_sampled_come_first_then_those_longest_without() -> None:
    last = {f"HD-{n:02}": date(2025, 6, n) for n in range(1, 24)} | {"HD-99": None}
    found = rotation(last, Every(1), TODAY)
    assert found == Round(("HD-99", "HD-01", "HD-02"), date(2025, 7, 21))


def test_a_round_that_has_begun_asks_only_for_the_rest() -> None:
    last: dict[str, date | None] = {f"HD-{n:02}": None for n in range(1, 23)}
    last["HD-01"] = date(2026, 2, 27)
    found = rotation(last, Every(1), TODAY)
    assert found is not None
    assert found.machines == ("HD-02",)
    last["HD-02"] = date(2026, 3, 1)
    assert rotation(last, Every(1), TODAY) == Round(("HD-03", "HD-04"), date(2026, 3, 27))


def test_no_machines_have_no_round() -> None:
    assert rotation({}, Every(1), TODAY) is None


@settings(max_examples=40)
@given(machines=st.integers(1, 60), months=st.sampled_from([1, 2, 3, 6, 12]))
def test_who_follows_the_list_samples_every_machine_within_the_year(
    machines: int, months: int
) -> None:
    last: dict[str, date | None] = {f"HD-{n:02}": None for n in range(machines)}
    today, every = TODAY, Every(months)
    for _ in range(3 * 366):
        found = rotation(last, every, today)
        assert found is not None
        if found.on <= today:
            last.update(dict.fromkeys(found.machines, today))
        due = [day for day in last.values() if day and MACHINE_EVERY.after(day) < today]
        assert due == []
        today += timedelta(days=1)
    assert None not in last.values()
