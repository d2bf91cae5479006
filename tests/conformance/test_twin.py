"""A whole treatment of the simulated machine, told in every protocol, is read as it was."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from itertools import pairwise

import pytest

from devices.protocols.protocol import Protocol
from devices.twin.machine import Twin
from devices.twin.script import TwinTreatment
from devices.twin.truth import Truth
from domain.telemetry import Mode, Phase
from tests.conformance.talk import Line, each_protocol, resolution, values_of

SEED = 20260302
STEP = 60.0
TARGET = 2600.0


@cache
def day(seed: int) -> list[Truth]:
    """A machine from the evening before its patient comes until it is idle again: a look every
    minute, those without power left out."""
    twin = Twin("SN-1", "twin", seed, datetime(2026, 3, 2, 5))
    twin.assign(TwinTreatment(start=7200, minutes=240, uf_ml=TARGET, patient="0000771234"))
    return [truth for truth in (twin.advance(STEP) for _ in range(480)) if truth.powered]


def test_the_day_has_a_treatment_in_it() -> None:
    assert {Phase.PRIMING, Phase.TREATMENT, Phase.DISINFECTION} <= {one.phase for one in day(SEED)}


@each_protocol
def test_every_minute_of_the_day_is_read_as_it_was(row: Protocol) -> None:
    line = Line(row)
    for truth in day(SEED):
        reports = line.heard(truth)
        values = values_of(reports)
        carried = {name for name in truth.values if name in row.quantities}
        assert values == {
            name: pytest.approx(truth.values[name], rel=0, abs=resolution(row, name) / 2 + 1e-6)
            for name in values
        }, f"seed {SEED}, second {truth.seconds}"
        spot = {"nibp_sys_mmhg", "nibp_dia_mmhg", "nibp_map_mmhg", "pulse_bpm"}
        if truth.mode is Mode.TREATMENT:
            assert carried - spot <= set(values), f"seed {SEED}, second {truth.seconds}"
        assert "0000771234" not in repr(reports)


@each_protocol
def test_the_fluid_removed_adds_up_to_what_the_machine_removed(row: Protocol) -> None:
    line = Line(row)
    treating = [truth for truth in day(SEED) if truth.mode is Mode.TREATMENT]
    read = [values_of(line.heard(truth))["uf_volume_ml"] for truth in treating]
    true = [truth.values["uf_volume_ml"] for truth in treating]
    gained = sum(after - before for before, after in pairwise(read))
    assert gained == pytest.approx(true[-1] - true[0], abs=resolution(row, "uf_volume_ml"))
    assert gained == pytest.approx(TARGET, rel=0.05)
