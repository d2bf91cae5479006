"""The wall as data: what a tile says, and what it must never say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dashboard.wall.payload import encoded, refused, wall
from dashboard.wall.tiles import MINUS, VALUES, fixed
from domain.alarm import Priority
from domain.alarm_life import link_lost
from domain.alarm_response import escalated, handed_over
from domain.alarm_response import seen as looked_at
from domain.board import Watched
from domain.telemetry import Generation, LinkStatus, Phase, Validity
from domain.words import words
from tests.dashboard.wall.moments import EN, FLOOR, NOW, ZH, alarm, heard, less, seen


def tile(row: Watched, *, names: bool = True) -> dict[str, Any]:
    """The one tile of a wall with one machine, as the page reads it."""
    (found,) = json.loads(encoded(wall(seen(row), FLOOR, EN, names=names)))["tiles"]
    assert isinstance(found, dict)
    return found


def test_a_tile_tells_phase_time_left_pressures_conductivity_temperature_and_fluid() -> None:
    found = tile(heard())
    assert (found["m"], found["s"], found["pht"]) == ("HD-1", "A01", "treatment")
    assert found["left"] == ["1:23", "live", False]
    assert found["v"] == {
        "art": [f"{MINUS}150", "live"], "ven": ["128", "live"], "tmp": ["88", "live"],
        "cond": ["14.02", "live"], "temp": ["36.5", "live"],
    }  # fmt: skip
    assert found["uf"] == ["1240", "2500", 49, "live"]
    assert (found["link"], found["linkt"], found["age"], found["keep"]) == (
        "online", "online", 1000, 3000,
    )  # fmt: skip


def test_a_stale_value_keeps_its_number_and_says_that_it_is_stale() -> None:
    found = tile(heard("HD-1", 75))
    assert not found["fresh"]
    assert found["age"] == 75_000
    assert found["left"] == ["1:23", "stale", False]
    assert {shown for _, shown in found["v"].values()} == {"stale"}
    assert found["uf"][3] == "stale"


def test_what_is_missing_is_never_a_number() -> None:
    found = tile(heard(values={}))
    assert found["left"] == ["", "missing", False]
    assert found["v"] == {key: ["", "missing"] for key in VALUES}
    assert found["uf"] == ["", "", None, "missing"]
    assert "0" not in json.dumps([found["v"], found["left"], found["uf"]])


def test_a_machine_that_never_spoke_has_neither_age_nor_phase_nor_link() -> None:
    found = tile(Watched("HD-9", 1.0, station="A02"))
    assert (found["age"], found["ph"], found["pht"], found["link"]) == (None, "", "", "")
    assert not found["fresh"]


def test_a_doubtful_value_says_so_and_a_refused_one_is_missing() -> None:
    quality = {"tmp_mmhg": Validity.QUESTIONABLE, "venous_pressure_mmhg": Validity.INVALID}
    found = tile(heard(quality=quality))
    assert found["v"]["tmp"] == ["88", "doubtful"]
    assert found["v"]["ven"] == ["", "missing"]


def test_fluid_removed_is_as_doubtful_as_the_worse_of_done_and_goal() -> None:
    assert tile(heard(quality={"uf_target_ml": Validity.QUESTIONABLE}))["uf"][3] == "doubtful"
    only_done = tile(heard(values={"uf_volume_ml": 700.0}))["uf"]
    assert only_done == ["700", "", None, "live"]
    beyond = tile(heard(values={"uf_volume_ml": 2600.0, "uf_target_ml": 2500.0}))["uf"]
    assert beyond == ["2600", "2500", 100, "live"]


def test_an_alarm_has_priority_what_age_and_who_has_seen_it() -> None:
    (chip,) = tile(heard("HD-1", 1, alarm()))["al"]
    assert chip == {
        "p": "H", "sign": "!!!", "pt": "high priority", "t": "venous pressure low",
        "age": 150_000, "over": False, "up": False, "w": ["seen by nobody"],
    }  # fmt: skip


def test_who_has_seen_an_alarm_is_named_only_where_somebody_has_signed_in() -> None:
    life = looked_at(alarm(), "Zhao", NOW)
    given = handed_over(life, "Zhao", NOW, "Qian")
    assert tile(heard("HD-1", 1, life))["al"][0]["w"] == ["seen by Zhao"]
    assert tile(heard("HD-1", 1, given))["al"][0]["w"] == ["in hand of Qian"]
    assert tile(heard("HD-1", 1, life), names=False)["al"][0]["w"] == ["seen"]
    assert tile(heard("HD-1", 1, given), names=False)["al"][0]["w"] == ["in hand"]


def test_an_alarm_that_nobody_came_for_and_one_of_a_lost_wire_say_so() -> None:
    waiting = escalated(alarm(), NOW)
    assert tile(heard("HD-1", 1, waiting))["al"][0]["w"] == ["waiting too long"]
    lost = replace(link_lost(alarm(), NOW), times=2)
    assert tile(heard("HD-1", 1, lost))["al"][0]["w"] == [
        "unknown, link lost", "2 times", "seen by nobody",
    ]  # fmt: skip


def test_a_machine_that_is_not_real_is_marked() -> None:
    assert tile(heard(generation=Generation.DEMO))["gen"] == "DEMO"
    assert tile(heard())["gen"] == ""


def test_a_machine_without_a_station_stands_behind_all_others() -> None:
    found = tile(heard(station=""))
    assert (found["s"], found["z"]) == ("", -1)
    assert found["o"] > 100_000


def test_machines_come_worst_first_and_are_counted_by_what_ails_them() -> None:
    rows = [
        heard("HD-1"),
        heard("HD-2", 1, less(alarm("HD-2"), Priority.MEDIUM), less(alarm("HD-2", number=2),
                                                                    Priority.MEDIUM)),
        heard("HD-3", 1, alarm("HD-3")),
        heard("HD-4", 60),
        heard("HD-5", phase=Phase.IDLE),
    ]  # fmt: skip
    shown: Any = wall(seen(*rows), FLOOR, EN, names=True)
    assert [one["m"] for one in shown["tiles"]] == ["HD-3", "HD-4", "HD-2", "HD-1", "HD-5"]
    assert shown["counts"] == {
        "all": 5, "treating": 3, "high": 1, "medium": 1, "low": 0, "lost": 1,
    }  # fmt: skip
    assert shown["zones"] == ["East"]


def test_a_silent_ingest_is_said_with_an_age_that_the_page_counts_on() -> None:
    shown: Any = wall(seen(heard(), silence=7), FLOOR, EN, names=True)
    assert shown["blind"]
    assert shown["banners"] == [
        {"k": "dark", "age": 7000,
         "t": "Nothing on this board is live: ingest has been silent for {age}."},
    ]  # fmt: skip
    never: Any = wall(seen(heard(), silence=None, behind=True), FLOOR, EN, names=True)
    assert [one["k"] for one in never["banners"]] == ["dark", "doubt"]


def test_what_several_machines_point_to_is_said() -> None:
    rows = [heard(f"HD-{n}", 1, alarm(f"HD-{n}", code="conductivity")) for n in (1, 2, 3)]
    shown: Any = wall(seen(*rows), FLOOR, EN, names=True)
    (banner,) = shown["banners"]
    assert banner["k"] == "pattern"
    assert "Suspect the water loop" in banner["t"]


def test_where_nothing_could_be_read_there_are_no_tiles_and_nothing_is_live() -> None:
    shown = refused(NOW, [words("free")], ZH)
    assert (shown["blind"], shown["tiles"]) == (True, None)
    assert shown["banners"] == [{"k": "dark", "t": "空闲", "age": None}]


def test_lost_wires_are_said_in_the_language_of_the_page() -> None:
    shown: Any = wall(seen(heard(status=LinkStatus.NO_REPLY)), FLOOR, ZH, names=True)
    assert shown["tiles"][0]["linkt"] == "无应答"
    assert shown["zones"] == ["东区"]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(-0.4, 0, "0"), (-0.004, 2, "0.00"), (-12.0, 0, f"{MINUS}12"), (14.0, 2, "14.00")],
)
def test_numbers_have_their_digits_and_never_a_negative_zero(
    value: float, decimals: int, text: str
) -> None:
    assert fixed(value, decimals) == text


def test_time_left_counts_begun_minutes_and_is_never_negative() -> None:
    assert tile(heard(values={"time_remaining_min": 0.0}))["left"] == ["0:00", "live", False]
    assert tile(heard(values={"time_remaining_min": -3.0}))["left"] == ["0:00", "live", False]
    assert tile(heard(values={"time_remaining_min": 59.1}))["left"] == ["1:00", "live", False]


def test_where_the_machine_does_not_say_it_time_left_is_reckoned_and_marked() -> None:
    fluid = {"uf_volume_ml": 410.0, "uf_target_ml": 2250.0, "uf_rate_ml_h": 570.0}
    assert tile(heard(values=fluid))["left"] == ["3:14", "live", True]
    doubtful = {"uf_rate_ml_h": Validity.QUESTIONABLE}
    assert tile(heard(values=fluid, quality=doubtful))["left"] == ["3:14", "doubtful", True]
    assert tile(heard("HD-1", 60, values=fluid))["left"][1] == "stale"


@pytest.mark.parametrize(
    "change",
    [{"uf_rate_ml_h": 0.0}, {"uf_rate_ml_h": 1.0}, {"uf_volume_ml": 2300.0}],
    ids=["at rest", "for days", "goal reached"],
)
def test_time_left_is_not_reckoned_from_what_gives_none(change: dict[str, float]) -> None:
    fluid = {"uf_volume_ml": 410.0, "uf_target_ml": 2250.0, "uf_rate_ml_h": 570.0}
    assert tile(heard(values={**fluid, **change}))["left"] == ["", "missing", False]
    for name in fluid:
        without = {key: value for key, value in fluid.items() if key != name}
        assert tile(heard(values=without))["left"] == ["", "missing", False]
    assert tile(heard(values=fluid, phase=Phase.PRIMING))["left"] == ["", "missing", False]


def test_an_older_turn_is_not_younger_than_it_was() -> None:
    assert tile(heard("HD-1", timedelta(minutes=2).total_seconds()))["age"] == 120_000
