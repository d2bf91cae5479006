"""The chart as data: panels over one time, labels said, moments by the center's clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clearshift.i18n import speaker
from dashboard.machine.chart import chart
from dashboard.machine.course import AlarmTime, Course, Pressure, Reading
from dashboard.machine.panels import PANELS, Clock, lonely, span
from dashboard.machine.stretches import Strip
from domain.alarm import Direction, Priority
from domain.telemetry import LinkStatus, Phase
from tests.dashboard.machine.said import at

NOW = at(3600).astimezone(ZoneInfo("Asia/Shanghai"))
SAY = speaker("en", 2026)


def reading(seconds: float, mean: float, run: int = 0) -> Reading:
    return Reading(at(seconds), mean - 1, mean, mean + 1, run)


def course(**curves: tuple[Reading, ...]) -> Course:
    alarm = AlarmTime("venous_pressure", Direction.HIGH, Priority.HIGH, at(100), None, 310, 20, 300)
    strips = (
        Strip(at(0), at(50), Phase.TREATMENT), Strip(at(50), at(90), None, LinkStatus.OFFLINE),
    )  # fmt: skip
    pressures = (Pressure(at(30), 132, 78, 70),)
    return Course(at(0), at(3600), curves, pressures, (alarm,), strips, fine=True)


def titles(spec: dict[str, Any]) -> list[str]:
    return [panel["title"] for panel in spec["vconcat"]]


def test_only_panels_with_something_in_them_are_drawn() -> None:
    found = titles(chart(course(venous_pressure_mmhg=(reading(10, 120),)), SAY, NOW))
    assert found[:4] == ["Phase", "Alarms", "Pressures, mmHg", "Blood pressure, mmHg"]
    assert found[4].startswith("Zoom")


def test_without_alarms_and_pressures_their_panels_are_not_there() -> None:
    empty = Course(at(0), at(60), {"tmp_mmhg": (reading(1, 5),)}, (), (), (), fine=True)
    assert titles(chart(empty, SAY, NOW))[:2] == ["Phase", "Pressures, mmHg"]


def test_every_panel_goes_by_the_zoom_of_the_strip() -> None:
    spec = chart(course(tmp_mmhg=(reading(10, 40),)), SAY, NOW)
    *panels, strip = spec["vconcat"]
    assert strip["layer"][0]["params"][0]["name"] == "zoom"
    for panel in panels:
        domain = panel["layer"][0]["encoding"]["x"]["scale"]["domain"]
        assert domain == {"param": "zoom", "encoding": "x"}


def test_moments_are_the_centers_wherever_the_browser_stands() -> None:
    clock = Clock(NOW)
    shown = datetime.fromtimestamp(clock(at(0)) / 1000, UTC)
    assert (shown.hour, clock.text(at(0))) == (16, "16:00:00")


def test_pieces_are_lines_of_their_own_and_a_lonely_point_is_a_point() -> None:
    row = [reading(0, 1), reading(5, 1), reading(200, 1, run=1)]
    assert lonely(row) == [False, False, True]
    assert (lonely(row[:1]), lonely([])) == ([True], [])
    spec = chart(course(tmp_mmhg=tuple(row)), SAY, NOW)
    values = spec["vconcat"][2]["layer"][2]["data"]["values"]
    assert [one["run"] for one in values] == ["tmp_mmhg 0", "tmp_mmhg 0", "tmp_mmhg 1"]


def test_noise_never_fills_a_panel() -> None:
    conductivity = PANELS[3]
    low, high = span(conductivity, course(dialysate_cond_ms_cm=(reading(0, 14.0),)))
    assert [low, high] == pytest.approx([12.84, 15.16])
    flat = Reading(at(0), 14.0, 14.0, 14.0, 0)
    low, high = span(conductivity, course(dialysate_cond_ms_cm=(flat,)))
    assert [low, high] == pytest.approx([13.7, 14.3])


def test_limits_that_were_told_are_within_the_scale_and_drawn() -> None:
    there = course(venous_pressure_mmhg=(reading(10, 120),))
    low, high = span(PANELS[0], there)
    assert low < 20
    assert high > 300
    layers = chart(there, SAY, NOW)["vconcat"][2]["layer"]
    assert [one["v"] for one in layers[-1]["data"]["values"]] == [20, 300]


def test_the_wire_that_was_lost_stands_behind_the_curves() -> None:
    layers = chart(course(tmp_mmhg=(reading(10, 40),)), SAY, NOW)["vconcat"][2]["layer"]
    (shadow,) = layers[1]["data"]["values"]
    assert shadow["u"] - shadow["t"] == 40_000


def test_an_alarm_says_its_sign_and_until_when() -> None:
    bars = chart(course(tmp_mmhg=(reading(10, 40),)), SAY, NOW)["vconcat"][1]["layer"][1]
    (row,) = bars["data"]["values"]
    assert (row["sign"], row["to"]) == ("!!!", "still there")
    assert row["name"] == "venous pressure high, high priority"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_specification_can_be_sent(language: str) -> None:
    spec = chart(course(uf_volume_ml=(reading(10, 40),)), speaker(language, 2026), NOW)
    assert json.loads(json.dumps(spec)) == spec
    assert timedelta(hours=1) == at(3600) - at(0)
