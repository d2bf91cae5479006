"""The board: worst first, stale never as live, missing never as 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.alarm import EdgePhase, Priority
from domain.alarm_life import AlarmLife, heard
from domain.alarm_response import escalated, seen
from domain.board import BOARD_QUANTITIES, BoardRow, Level, Reading, Shown, Watched, board
from domain.quantity import QUANTITY
from domain.telemetry import (
    Generation,
    Key,
    LinkState,
    LinkStatus,
    Origin,
    Phase,
    Sample,
    Validity,
)
from tests.domain.alarms import BOOT_A, EIGHT, alarm, at, edge, told

PACE = 5.0
VALUES = {"venous_pressure_mmhg": 128.0, "uf_volume_ml": 0.0}


def sample(
    phase: Phase | None = Phase.TREATMENT,
    quality: Mapping[str, Validity] | None = None,
) -> Sample:
    origin = Origin("gw", "jsdt3", Generation.TEST, EIGHT)
    return Sample(Key("HD-01", BOOT_A, 1), origin, None, phase, False, VALUES, quality or {})


def link(status: LinkStatus, gateway: str = "gw") -> LinkState:
    return LinkState("HD-01", gateway, BOOT_A, status, EIGHT, EIGHT)


def watched(
    seconds_old: float | None = 1.0,
    machine: str = "HD-01",
    alarms: tuple[AlarmLife, ...] = (),
    status: LinkStatus = LinkStatus.ONLINE,
    phase: Phase | None = Phase.TREATMENT,
) -> Watched:
    known = seconds_old is not None
    return Watched(
        machine, PACE, sample(phase) if known else None,
        NOW - timedelta(seconds=seconds_old) if seconds_old is not None else None,
        (link(status),), alarms,
    )  # fmt: skip


NOW = at(10)


def row(one: Watched) -> BoardRow:
    (found,) = board([one], NOW)
    return found


def test_a_young_value_is_live_and_one_that_was_not_said_is_missing() -> None:
    found = row(watched())
    assert found.readings["venous_pressure_mmhg"] == Reading(128.0, Shown.LIVE)
    assert found.readings["uf_volume_ml"] == Reading(0.0, Shown.LIVE)
    assert found.readings["tmp_mmhg"] == Reading(None, Shown.MISSING)
    assert (found.level, found.generation) == (Level.CALM, Generation.TEST)


@pytest.mark.parametrize(("age", "fresh"), [(0, True), (15, True), (15.001, False), (9e5, False)])
def test_a_value_older_than_three_periods_is_stale(age: float, fresh: bool) -> None:
    found = row(watched(age))
    shown = found.readings["venous_pressure_mmhg"].shown
    assert (found.fresh, shown) == (fresh, Shown.LIVE if fresh else Shown.STALE)
    assert found.age == timedelta(seconds=age)


def test_a_doubtful_value_is_shown_so_and_an_invalid_one_is_missing() -> None:
    quality = {
        "venous_pressure_mmhg": Validity.QUESTIONABLE,
        "uf_volume_ml": Validity.INVALID,
        "tmp_mmhg": Validity.NOT_AVAILABLE,
    }
    found = row(replace(watched(), sample=sample(quality=quality)))
    assert found.readings["venous_pressure_mmhg"].shown is Shown.DOUBTFUL
    assert found.readings["uf_volume_ml"] == Reading(None, Shown.MISSING)
    assert found.readings["tmp_mmhg"] == Reading(None, Shown.MISSING)


def test_a_stale_doubtful_value_is_stale() -> None:
    old = replace(watched(60), sample=sample(quality={"uf_volume_ml": Validity.QUESTIONABLE}))
    assert row(old).readings["uf_volume_ml"].shown is Shown.STALE


def test_a_machine_that_never_spoke_has_nothing_but_missing_values() -> None:
    found = row(Watched("HD-01", PACE))
    assert (found.age, found.fresh, found.link, found.generation) == (None, False, None, None)
    assert {one.shown for one in found.readings.values()} == {Shown.MISSING}


def test_a_sample_from_the_future_is_not_negative_in_age() -> None:
    assert row(watched(-5)).age == timedelta()


def test_worst_stands_first() -> None:
    high, medium, low = (
        alarm(Priority.HIGH), alarm(Priority.MEDIUM), alarm(Priority.LOW),
    )  # fmt: skip
    rows = [
        watched(machine="calm"),
        watched(machine="ended", alarms=(heard(high, edge(EdgePhase.END), told(2)),)),
        watched(60, "stale", phase=Phase.IDLE),
        watched(machine="low", alarms=(low,)),
        watched(60, "lost", status=LinkStatus.NO_REPLY, phase=Phase.IDLE),
        watched(machine="medium", alarms=(medium,)),
        watched(60, "patient", status=LinkStatus.NO_REPLY),
        watched(machine="high", alarms=(high,)),
    ]
    found = board(rows, NOW)
    assert [one.machine for one in found] == [one.machine for one in reversed(rows)]
    assert [one.level for one in found] == list(reversed(Level))


def test_an_unknown_priority_counts_as_high() -> None:
    assert row(watched(alarms=(alarm(Priority.UNKNOWN),))).level is Level.HIGH_ALARM


def test_of_equals_the_escalated_then_the_unseen_then_the_oldest_is_first() -> None:
    late = replace(alarm(), began=at(5))
    rows = [
        watched(machine="seen", alarms=(seen(alarm(), "Li", at(2)),)),
        watched(machine="late", alarms=(late,)),
        watched(machine="old", alarms=(alarm(),)),
        watched(machine="risen", alarms=(escalated(late, at(9)),)),
    ]
    assert [one.machine for one in board(rows, NOW)] == ["risen", "old", "late", "seen"]


def test_an_alarm_is_shown_with_its_age_and_who_has_seen_it() -> None:
    (shown,) = row(watched(alarms=(seen(alarm(), "Li", at(2)),))).alarms
    assert (shown.code, shown.age, shown.seen_by, shown.times) == (
        "venous_pressure", timedelta(minutes=9), "Li", 1,
    )  # fmt: skip


def test_a_machine_that_is_off_and_silent_is_no_loss() -> None:
    quiet = watched(9000, status=LinkStatus.NO_REPLY, phase=Phase.OFF)
    assert row(quiet).level is Level.STALE


def test_two_gateways_that_hear_one_machine_are_both_named() -> None:
    twice = replace(
        watched(), links=(link(LinkStatus.ONLINE, "gw-b"), link(LinkStatus.ONLINE, "gw-a"))
    )
    assert row(twice).claims == ("gw-a", "gw-b")
    assert row(watched()).claims == ()


def test_everything_on_the_board_is_in_the_catalog() -> None:
    assert set(BOARD_QUANTITIES) <= set(QUANTITY)
