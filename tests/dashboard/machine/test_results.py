"""Results in series, what they mean before they are kept, and their curve."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from clearshift.i18n import speaker
from dashboard.machine.due_words import every_words, limit_words
from dashboard.machine.results import all_series, result_chart, source_words, verdict
from domain.due import CareFacts
from domain.water import Every, Grade, Medium, SamplingPoint, WaterLimit, WaterResult, limit_of
from domain.words import words

DAY = date(2026, 3, 2)


def result(
    value: float, day: date = DAY, point: str = "RO1", test: str = "bacteria"
) -> WaterResult:
    medium = Medium.WATER if point == "RO1" else Medium.DIALYSATE
    entered = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    return WaterResult(point, medium, test, day, value, "Li", entered)


def facts(*results: WaterResult) -> CareFacts:
    return CareFacts({"M01": "4008S"}, points=(SamplingPoint("RO1", "plant"),), results=results)


@pytest.mark.parametrize(
    ("value", "graded", "said"),
    [
        (10, Grade.GOOD, "10 CFU/mL is within the limit of 100."),
        (60, Grade.ACT, "60 CFU/mL is above the action level of 50: act now."),
    ],
)
def test_a_value_is_judged_before_it_is_kept(value: float, graded: Grade, said: str) -> None:
    limit = limit_of((), "bacteria", Medium.WATER, DAY)
    found, text = verdict(result(value), limit)
    assert (found, str(text)) == (graded, said)


def test_a_failure_names_the_source_of_its_limit() -> None:
    found, text = verdict(result(101), limit_of((), "bacteria", Medium.WATER, DAY))
    assert found is Grade.FAILED
    assert "SOP 2021" in str(text)
    assert str(verdict(result(5), None)[1]) == "5 CFU/mL: kept without a limit."


def test_the_worst_last_result_stands_first() -> None:
    rows = facts(result(3), result(400, point="M01"), result(60, date(2026, 2, 1)))
    first, second = all_series(rows)
    assert (first.point, first.results[-1][1]) == ("M01", Grade.FAILED)
    assert [graded for _, graded in second.results] == [Grade.ACT, Grade.GOOD]


def test_limit_and_action_level_are_lines_that_say_what_they_are() -> None:
    (series,) = all_series(facts(result(60)))
    spec = result_chart(series, speaker("en", 2026))
    names = [one["data"]["values"][0]["name"] for one in spec["layer"][2:]]
    assert names == ["limit", "limit", "action level", "action level"]
    assert spec["data"]["values"][0]["bad"]


def test_what_is_kept_without_a_limit_has_no_lines() -> None:
    (series,) = all_series(facts(result(7, test="ro_conductivity")))
    assert len(result_chart(series, speaker("en", 2026))["layer"]) == 2


def test_a_source_of_the_center_is_not_translated() -> None:
    assert source_words("water committee") == words("{source}", source="water committee")
    assert source_words("YY 0572-2015, second hand: check the printed standard").gaps == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (WaterLimit("bacteria", Medium.WATER, DAY, Every(1), 100, 50), "100 CFU/mL, act above 50"),
        (WaterLimit("lead", Medium.WATER, DAY, Every(1), 5), "5 mg/L"),
        (WaterLimit("hardness", Medium.WATER, DAY, Every(1), 17, strict=True), "below 17 mg/L"),
        (WaterLimit("hardness", Medium.WATER, DAY, Every(1), None), "kept without a limit"),
        (WaterLimit("hardness", Medium.WATER, DAY, Every(1), 1, enabled=False), "not tested here"),
    ],
)
def test_a_limit_is_said(row: WaterLimit, said: str) -> None:
    assert str(limit_words(row)) == said


def test_an_interval_is_said() -> None:
    every = [Every(1), Every(0, 1), Every(3), Every(0, 7), Every(1, 2)]
    assert [str(every_words(one)) for one in every] == [
        "every month", "every day", "every 3 months", "every 7 days",
        "every 1 months and 2 days",
    ]  # fmt: skip
