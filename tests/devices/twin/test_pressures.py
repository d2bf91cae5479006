"""Pressures by gauge, and how they move."""

from random import Random
from statistics import fmean, pstdev

import pytest

from devices.twin.effects import NOTHING, Effects
from devices.twin.pressures import (
    ARTERIAL,
    VENOUS,
    Pressures,
    Tubing,
    needle_loss,
    tmp,
    viscosity,
)


@pytest.mark.parametrize(
    ("gauge", "flow", "arterial", "venous"),
    [(16, 200, -47, 107), (16, 250, -78, 134), (16, 300, -114, 166), (17, 250, -142, 190)],
)
def test_needles_show_the_pressures_of_the_reference(
    gauge: int, flow: float, arterial: float, venous: float
) -> None:
    assert 35 - needle_loss(ARTERIAL[gauge], flow) == pytest.approx(arterial, abs=0.6)
    assert 35 + needle_loss(VENOUS[gauge], flow) == pytest.approx(venous, abs=1)


@pytest.mark.parametrize(("kuf", "shown"), [(12, [49, 74, 99, 124]), (50, [30, 36, 42, 48])])
def test_the_membrane_shows_the_pressures_of_the_reference(kuf: float, shown: list[int]) -> None:
    assert [tmp(rate, kuf) for rate in (300, 600, 900, 1200)] == shown


def test_thick_blood_runs_slower() -> None:
    assert viscosity(38) == pytest.approx(1.09)


def pressures(**changed: float) -> Pressures:
    """16 G in a fistula at 35 mmHg, a dialyzer of 50."""
    tube = {"access_mmhg": 35.0, "kuf_ml_h_mmhg": 50.0, "clot_share": 0.0} | changed
    return Pressures(Tubing(gauge=16, **tube), Random(1))


def run(one: Pressures, seconds: range, flow: float, effects: Effects = NOTHING) -> list[float]:
    """The venous pressure of each second."""
    found = []
    for second in seconds:
        one.step(second, flow, 600, 33, 0.5, effects)
        found.append(one.venous)
    return found


def test_noise_is_small_and_around_the_formula() -> None:
    one = pressures()
    found = run(one, range(6000), 250)[100:]
    assert fmean(found) == pytest.approx(134, abs=2)
    assert 3 < pstdev(found) < 6


def test_a_stopped_pump_drops_the_venous_pressure_to_the_access_in_seconds() -> None:
    one = pressures()
    run(one, range(60), 250)
    stopped = run(one, range(60, 80), 0)
    assert all(abs(value - 35) < 12 for value in stopped[4:])
    assert abs(one.arterial - 35) < 12


def test_dialysate_pressure_is_venous_less_transmembrane() -> None:
    one = pressures()
    run(one, range(200), 250)
    assert one.dialysate == one.venous - one.tmp
    assert one.tmp == pytest.approx(36, abs=5)
    assert one.inlet - one.venous == pytest.approx(45)


def test_a_clot_in_the_dialyzer_raises_tmp_inlet_and_venous_pressure_together() -> None:
    one = pressures(kuf_ml_h_mmhg=12.0)
    before = fmean(run(one, range(200), 250)[100:])
    tmp_before, inlet_before = one.tmp, one.inlet
    clot = Effects(kuf_gain=0.5, dialyzer_gain=2.0, venous_gain=1.5)
    after = fmean(run(one, range(200, 400), 250, clot)[100:])
    assert after > before + 30
    assert one.tmp > tmp_before + 35
    assert one.inlet > inlet_before + 60


def test_a_dialyzer_wears_by_its_share() -> None:
    one = pressures(kuf_ml_h_mmhg=12.0, clot_share=0.25)
    for second in range(100):
        one.step(second, 250, 600, 33, 1.0, NOTHING)
    assert one.tmp == pytest.approx(24 + 600 / 9, abs=5)


def test_an_open_line_shows_a_pressure_above_zero() -> None:
    one = pressures()
    run(one, range(60), 250, Effects(arterial_open_mmhg=50))
    assert one.arterial == pytest.approx(50, abs=8)


def test_a_falling_blood_pressure_lowers_both() -> None:
    one, sagging = pressures(), pressures()
    sagging.sag_mmhg = 12
    run(one, range(60), 250)
    run(sagging, range(60), 250)
    assert one.arterial - sagging.arterial == pytest.approx(12)
    assert one.venous - sagging.venous == pytest.approx(12)
