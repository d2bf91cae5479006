"""Urea: the check runs of the reference."""

import pytest

from devices.twin.kinetics import (
    Urea,
    clearance,
    e_ktv,
    effective_flow,
    sp_ktv,
    watson_l,
)


def treated(
    flow: float, koa: float, minutes: int, water_l: float, kg: float
) -> tuple[float, float, Urea]:
    """Removes 2.6 L with a dialysate flow of 500; urea after / before, Kt/V, the pools."""
    cleared = clearance(flow, 500, koa, 2600 / minutes)
    urea = Urea(water_l, 24)
    for _ in range(minutes):
        urea.step(1.0, cleared, 2600 / minutes)
    ratio = urea.outer / 24
    return ratio, sp_ktv(ratio, minutes / 60, 2.6, kg), urea


MAN_L = watson_l(male=True, age=60, height_cm=168, kg=65)


def test_a_man_of_65_kg_holds_37_liters_of_water() -> None:
    assert watson_l(male=True, age=60, height_cm=168, kg=65) == pytest.approx(36.63, abs=0.01)


def test_a_woman_s_water_does_not_depend_on_her_age() -> None:
    young, old = (watson_l(male=False, age=age, height_cm=157, kg=50) for age in (30, 80))
    assert young == old == pytest.approx(27.02, abs=0.01)


def test_the_reference_treatment_clears_204_ml_a_minute() -> None:
    assert clearance(250, 500, 900, 2600 / 240) == pytest.approx(204, abs=0.5)


def test_the_reference_treatment_has_its_reduction_and_its_kt_v() -> None:
    ratio, single, urea = treated(250, 900, 240, MAN_L, 65)
    assert (1 - ratio) * 100 == pytest.approx(71, abs=0.5)
    assert single == pytest.approx(1.46, abs=0.01)
    assert e_ktv(single, 4) == pytest.approx(1.27, abs=0.01)
    del urea


def test_urea_rebounds_by_13_percent_in_half_an_hour() -> None:
    _, _, urea = treated(250, 900, 240, MAN_L, 65)
    after = urea.outer
    for _ in range(30):
        urea.step(1.0, 0.0, 0.0)
    assert urea.outer / after - 1 == pytest.approx(0.13, abs=0.005)
    assert urea.outer < urea.balanced * 1.01


@pytest.mark.parametrize(
    ("flow", "koa", "minutes", "ktv"),
    [(200, 900, 240, 1.22), (220, 600, 240, 1.25), (250, 900, 180, 1.10)],
)
def test_less_flow_area_or_time_remove_less(
    flow: float, koa: float, minutes: int, ktv: float
) -> None:
    assert treated(flow, koa, minutes, MAN_L, 65)[1] == pytest.approx(ktv, abs=0.01)


def test_a_small_woman_gets_nearly_two() -> None:
    water = watson_l(male=False, age=60, height_cm=157, kg=50)
    assert treated(250, 900, 240, water, 50)[1] == pytest.approx(1.97, abs=0.01)


def test_a_catheter_takes_mixed_blood() -> None:
    assert e_ktv(1.4, 4, arterial=False) == pytest.approx(1.4 - 0.47 * 0.35 + 0.02)


def test_nothing_flows_nothing_is_cleared() -> None:
    assert clearance(0, 500, 900) == 0


def test_without_dialysate_only_filtration_clears() -> None:
    assert clearance(250, 0, 900, 60) == 60


def test_a_trickle_of_blood_is_cleared_wholly() -> None:
    assert clearance(0.001, 500, 900) == pytest.approx(0.00086)


def test_equal_flows_are_no_gap_in_the_formula() -> None:
    near = clearance(500 / 0.86 + 0.01, 500, 900)
    assert clearance(500 / 0.86, 500, 900) == pytest.approx(near, abs=0.01)


def test_a_pump_fills_fully_until_80_and_loses_7_percent_at_200() -> None:
    assert effective_flow(250, -80) == 250
    assert effective_flow(250, -200) == pytest.approx(250 * 0.928)


def test_without_treatment_urea_rises_slowly() -> None:
    urea = Urea(36, 24)
    urea.step(60.0, 0.0, 0.0)
    assert urea.balanced == pytest.approx(24 + 0.11 * 60 / 36)
