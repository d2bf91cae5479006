"""Every protocol carries the machine's truth: face to bytes to codec to driver, quantity by
quantity, to the resolution of the display; what was not said is missing, never 0."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.protocols.listed import PROTOCOLS
from devices.protocols.protocol import Protocol, Report
from devices.twin.truth import AlarmChange, TrueAlarm, Truth
from domain.alarm import ALARM_KIND, Cause, EdgePhase
from domain.quantity import QUANTITY
from domain.telemetry import Mode, Phase
from tests.conformance.talk import Line, alarms_of, each_protocol, resolution, values_of
from tests.conformance.truths import CUFF, PATIENT, TREATING, later, plain, truths

STANDS_FOR_OTHERS = {"machine", "notice"}


def as_shown(row: Protocol, quantity: str, value: float) -> object:
    """The value within half of the display's last digit."""
    return pytest.approx(value, rel=0, abs=resolution(row, quantity) / 2 + 1e-6)


@each_protocol
@given(truth=TREATING)
@settings(max_examples=60)
def test_in_treatment_every_quantity_that_it_carries_arrives(row: Protocol, truth: Truth) -> None:
    values = values_of(Line(row).heard(truth))
    carried = {name: value for name, value in truth.values.items() if name in row.quantities}
    assert values == {name: as_shown(row, name, value) for name, value in carried.items()}


@each_protocol
@given(truth=truths())
@settings(max_examples=40)
def test_in_any_phase_nothing_is_said_that_is_not_true(row: Protocol, truth: Truth) -> None:
    reports = Line(row).heard(truth)
    values = values_of(reports)
    assert values == {name: as_shown(row, name, truth.values[name]) for name in values}
    assert {report.mode for report in reports} <= {truth.mode, None}
    treating = any(report.mode is Mode.TREATMENT for report in reports)
    assert treating is (truth.mode is Mode.TREATMENT)


@each_protocol
@pytest.mark.parametrize("name", QUANTITY)
def test_a_quantity_that_no_sensor_measures_is_missing_and_not_0(row: Protocol, name: str) -> None:
    everything = {one: (quantity.low + quantity.high) / 2 for one, quantity in QUANTITY.items()}
    del everything[name]
    nibp_at = None if name in CUFF else datetime(2026, 3, 2, 10)
    truth = replace(plain(**everything), nibp_at=nibp_at)
    reports = Line(row).heard(truth)
    assert name not in values_of(reports)


@each_protocol
def test_what_it_carries_is_known_to_the_list_of_quantities(row: Protocol) -> None:
    assert row.quantities
    assert row.quantities <= set(QUANTITY)


@each_protocol
@given(
    start=st.floats(0, 500),
    steps=st.lists(st.floats(0, 150), min_size=1, max_size=25),
)
@settings(max_examples=20)
def test_ultrafiltration_adds_up(row: Protocol, start: float, steps: list[float]) -> None:
    line = Line(row)
    truth = plain(uf_volume_ml=start)
    read = [values_of(line.heard(truth))["uf_volume_ml"]]
    for step in steps:
        truth = later(truth, 60, uf_volume_ml=truth.values["uf_volume_ml"] + step)
        read.append(values_of(line.heard(truth))["uf_volume_ml"])
    assert read == sorted(read)
    gained = sum(after - before for before, after in pairwise(read))
    assert gained == pytest.approx(sum(steps), abs=resolution(row, "uf_volume_ml") + 1e-6)


@each_protocol
@given(truth=TREATING)
@settings(max_examples=60)
def test_alarms_that_are_there_are_said_and_no_others(row: Protocol, truth: Truth) -> None:
    raised = {alarm.code for alarm in truth.alarms}
    said = alarms_of(Line(row).heard(truth))
    assert said <= raised | (STANDS_FOR_OTHERS if raised else set())
    serious = {code for code in raised if ALARM_KIND[code].cause is not Cause.ADVISORY}
    assert serious <= said or "machine" in said


@each_protocol
def test_an_alarm_that_has_ended_is_said_to_have_ended(row: Protocol) -> None:
    line = Line(row)
    quiet = plain(venous_pressure_mmhg=128.0)
    raised = ringing(quiet, "air")
    assert alarms_of(line.heard(raised)) == {"air"}
    ended = replace(
        later(quiet, 120),
        changes=tuple(AlarmChange(alarm, EdgePhase.END) for alarm in raised.alarms),
    )
    reports = line.heard(ended)
    assert alarms_of(reports) == set()
    assert any(says_the_end(report) for report in reports)


def ringing(truth: Truth, code: str) -> Truth:
    """The truth with this alarm just begun."""
    alarm = TrueAlarm(code, ALARM_KIND[code].priority, truth.seconds)
    return replace(truth, alarms=(alarm,), changes=(AlarmChange(alarm, EdgePhase.START),))


def says_the_end(report: Report) -> bool:
    """By its levels, or by an edge."""
    return report.levels == frozenset() or any(
        edge.code == "air" and edge.phase is EdgePhase.END for edge in report.edges
    )


@each_protocol
def test_equal_readings_of_two_cuffs_are_told_apart(row: Protocol) -> None:
    line = Line(row)
    first = replace(
        plain(nibp_sys_mmhg=132.0, nibp_dia_mmhg=78.0, pulse_bpm=76.0),
        nibp_at=datetime(2026, 3, 2, 23, 59, 30),
    )
    second = replace(later(first, 900), nibp_at=datetime(2026, 3, 3, 0, 14, 30))
    before, after = (taken(line.heard(truth)) for truth in (first, second))
    assert len(before | after) == 2


def taken(reports: list[Report]) -> set[str]:
    """When the cuffs were, as said."""
    return {one.blood_pressure.taken for one in reports if one.blood_pressure is not None}


@each_protocol
@given(truth=TREATING)
@settings(max_examples=30)
def test_the_patient_stays_inside(row: Protocol, truth: Truth) -> None:
    said = repr(Line(row).heard(truth))
    assert PATIENT not in said
    assert PATIENT.lstrip("0") not in said


@each_protocol
@given(truth=TREATING)
@settings(max_examples=15)
def test_a_machine_clock_is_a_moment_with_a_zone_or_none(row: Protocol, truth: Truth) -> None:
    times = [report.device_time for report in Line(row).heard(truth)]
    assert [one for one in times if one is not None and one.tzinfo is None] == []


@each_protocol
@pytest.mark.parametrize(
    "changed", [{"powered": False}, {"phase": Phase.OFF}], ids=["no power", "off"]
)
def test_a_machine_that_is_off_is_silent(row: Protocol, changed: dict[str, object]) -> None:
    truth = plain(venous_pressure_mmhg=128.0)
    dark = replace(truth, **changed)  # type: ignore[arg-type]
    assert Line(row).said(dark) == b""


def test_the_names_of_protocols_are_their_own() -> None:
    names = [row.name for row in PROTOCOLS]
    assert sorted(set(names)) == sorted(names)
