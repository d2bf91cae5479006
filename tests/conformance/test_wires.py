"""Every protocol again over a real wire: a pseudo-terminal and pyserial, or TCP."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from devices.protocols.protocol import Frame, Protocol, Report
from devices.twin.truth import Truth
from domain.telemetry import Mode
from tests.conformance.talk import AT, Line, alarms_of, each_protocol, resolution, values_of
from tests.conformance.truths import TREATING, later, plain
from tests.conformance.wires import Wire, machine_at

DEADLINE = 10.0


def sample(line: Line, wire: Wire) -> list[Report]:
    """Ask, listen and acknowledge until a whole sample is there."""
    reports: list[Report] = []
    ends = time.monotonic() + DEADLINE
    wire.send(line.driver.poll())
    while time.monotonic() < ends:
        for piece in line.codec.feed(wire.receive()):
            assert isinstance(piece, Frame)
            reports.append(line.driver.interpret(piece))
            wire.send(line.driver.answer(piece, AT, True))
        if any(report.complete for report in reports) and line.codec.held == 0:
            return reports
    pytest.fail("no sample within the deadline")


@each_protocol
@given(truth=TREATING)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
def test_the_truth_arrives_over_the_wire(row: Protocol, truth: Truth) -> None:
    quiet = replace(truth, alarms=(), changes=(), nibp_at=None)
    with machine_at(row, lambda: quiet) as wire:
        reports = sample(Line(row), wire)
    values = values_of(reports)
    assert values == {
        name: pytest.approx(quiet.values[name], rel=0, abs=resolution(row, name) / 2 + 1e-6)
        for name in quiet.values
        if name in values
    }
    assert reports[-1].mode is Mode.TREATMENT
    assert alarms_of(reports) == set()


@each_protocol
def test_sample_after_sample_arrives_and_ultrafiltration_adds_up(row: Protocol) -> None:
    now = [plain(uf_volume_ml=0.0)]
    line = Line(row)
    read: list[float] = []
    with machine_at(row, lambda: now[0]) as wire:
        for volume in (0.0, 160.0, 320.0, 480.0, 640.0, 800.0):
            for _ in range(20):
                now[0] = later(now[0], 60, uf_volume_ml=volume)
                read.append(values_of(sample(line, wire))["uf_volume_ml"])
                if read[-1] >= volume:
                    break
    assert read == sorted(read)
    assert set(read) == {0, 160, 320, 480, 640, 800}
    assert line.codec.held == 0
