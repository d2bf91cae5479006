"""The corridor: what anybody may read there, and what nobody can."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.wall.corridor import STATE_OF, STATE_SAID, corridor
from dashboard.wall.floor import counted
from dashboard.wall.payload import encoded
from domain.alarm import ALARM_KINDS
from domain.alarm_response import seen as looked_at
from domain.telemetry import Generation, Phase
from tests.dashboard.wall.moments import EN, NOW, ZH, alarm, heard, seen

MAY_BE_THERE = {"at", "tz", "blind", "gen", "rows", "s", "st", "t", "min", "about", "age", "keep"}
PHASES = st.sampled_from(Phase)
NAMES = st.sampled_from(("Zhao Secret", "王秘密", "P0042"))


def rows(*machines: Any, silence: float | None = 0.5) -> list[dict[str, Any]]:
    """The stations that a corridor shows."""
    shown: Any = corridor(seen(*machines, silence=silence), EN.say)
    found: list[dict[str, Any]] = shown["rows"]
    return found


def test_a_station_has_its_state_and_the_minutes_left() -> None:
    (row,) = rows(heard())
    assert (row["s"], row["st"], row["t"], row["min"]) == ("A01", "running", "in use", 83)


def test_every_phase_has_a_state_in_words() -> None:
    assert set(STATE_OF) == set(Phase)
    assert set(STATE_OF.values()) | {"silent"} == set(STATE_SAID)


def test_minutes_are_told_only_of_a_running_treatment() -> None:
    (row,) = rows(heard(phase=Phase.REINFUSION))
    assert (row["st"], row["min"]) == ("ending", None)
    assert rows(heard(values={}))[0]["min"] is None
    fluid = {"uf_volume_ml": 410.0, "uf_target_ml": 2250.0, "uf_rate_ml_h": 570.0}
    (reckoned,) = rows(heard(values=fluid))
    assert (reckoned["min"], reckoned["about"]) == (194, True)


def test_what_is_stale_or_not_stored_has_no_news() -> None:
    assert rows(heard("HD-1", 60))[0]["st"] == "silent"
    assert rows(heard("HD-1", 60))[0]["min"] is None
    assert rows(heard(), silence=9)[0]["st"] == "silent"
    assert rows(heard(phase=None))[0]["st"] == "silent"


def test_stations_stand_in_the_order_in_which_people_count() -> None:
    found = rows(heard("M1", station="A10"), heard("M2", station="A2"), heard("M3", station="B1"))
    assert [row["s"] for row in found] == ["A2", "A10", "B1"]
    assert sorted(["A10", "A9", "10", "9", "B1"], key=counted) == ["A9", "A10", "B1", "9", "10"]


def test_a_machine_at_no_station_is_not_there() -> None:
    assert rows(heard(station="")) == []


def test_machines_that_are_not_real_mark_the_whole_display() -> None:
    shown = corridor(seen(heard(), heard("HD-2", generation=Generation.DEMO)), ZH.say)
    assert shown["gen"] == "演示"


@given(NAMES, NAMES, PHASES, st.sampled_from(ALARM_KINDS), st.floats(0, 300), st.booleans())
def test_no_name_no_machine_no_alarm_and_no_value_can_be_read(
    who: str, machine: str, phase: Phase, kind: Any, left: float, ended: bool
) -> None:
    life = looked_at(alarm(machine, code=kind.code), who, NOW)
    values = {"time_remaining_min": left, "venous_pressure_mmhg": 128.25}
    row = heard(machine, 100 if ended else 1, life, phase=phase, values=values)
    shown: Any = corridor(seen(row), EN.say)
    assert set(shown) | set(shown["rows"][0]) <= MAY_BE_THERE
    text = encoded(shown).decode()
    for hidden in (who, machine, str(kind.title), kind.code, "128", "East", "alarm"):
        assert hidden not in text
