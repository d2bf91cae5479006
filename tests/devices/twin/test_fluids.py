"""Dialysate: how it is mixed and warmed, and how heat disinfects."""

from random import Random

import pytest

from devices.twin.effects import NOTHING, Effects
from devices.twin.fluids import Fluids
from devices.twin.phases import Course, Wanted
from domain.telemetry import Phase

SET = Wanted(14.0, 36.5, 500.0)


def warm(seed: int = 1) -> Fluids:
    """Ready for a treatment."""
    fluids = Fluids(Random(seed))
    run(fluids, 1200)
    return fluids


def run(fluids: Fluids, seconds: int, wanted: Wanted = SET, effects: Effects = NOTHING) -> None:
    for _ in range(seconds):
        fluids.step(wanted, 0.0, effects)


@pytest.mark.parametrize("seed", range(5))
def test_a_cold_machine_is_ready_within_six_minutes(seed: int) -> None:
    fluids, course = Fluids(Random(seed)), Course(Random(seed))
    course.enter(Phase.SELF_TEST, 0)
    conductivities, temperatures = [], []
    for second in range(480):
        fluids.step(course.wanted(second, SET, 83), 0.0, NOTHING)
        conductivities.append(fluids.conductivity)
        temperatures.append(fluids.temperature)
    assert max(conductivities[:30]) < 1
    assert 1.0 < conductivities[98] < 3.6
    in_range = next(i for i, value in enumerate(conductivities) if value > 13.3)
    assert 180 <= in_range <= 390
    assert 36.6 < max(temperatures) < 37.2
    assert temperatures[-1] == pytest.approx(36.5, abs=0.3)


def test_in_treatment_it_stays_where_it_is_set() -> None:
    fluids = warm()
    for _ in range(2000):
        fluids.step(SET, 0.0, NOTHING)
        assert fluids.conductivity == pytest.approx(14, abs=0.12)
        assert fluids.temperature == pytest.approx(36.5, abs=0.35)
        assert fluids.flow == pytest.approx(500, abs=40)


@pytest.mark.parametrize(("size", "seconds"), [(0.00057, 90), (0.00128, 40)])
def test_an_empty_canister_leaves_the_range_in_40_to_90_seconds(size: float, seconds: int) -> None:
    fluids, effects = warm(), Effects(concentrate=(0.0, size))
    run(fluids, seconds - 8, effects=effects)
    assert fluids.conductivity > 13.3
    run(fluids, 20, effects=effects)
    assert fluids.conductivity < 13.3


def test_a_wrong_canister_raises_conductivity() -> None:
    fluids = warm()
    run(fluids, 300, effects=Effects(concentrate=(1.2, 1 / 75)))
    assert fluids.conductivity == pytest.approx(16.8, abs=0.2)
    run(fluids, 500)
    assert fluids.conductivity == pytest.approx(14, abs=0.1)


def test_a_heater_that_fails_loses_a_third_of_a_degree_a_minute() -> None:
    fluids = warm()
    run(fluids, 180, effects=Effects(warming_c_min=-0.3))
    assert fluids.temperature == pytest.approx(35.6, abs=0.2)


def test_a_step_on_purpose_shows() -> None:
    fluids = warm()
    for _ in range(120):
        fluids.step(SET, 1.0, NOTHING)
    assert 14.6 < fluids.conductivity < 15.0


@pytest.mark.parametrize("effects", [Effects(mains_out=True), NOTHING])
def test_without_flow_or_mains_it_cools_slowly(effects: Effects) -> None:
    fluids = warm()
    run(fluids, 1800, Wanted(0.2, 24, 0), effects)
    assert 25 < fluids.temperature < 29
    assert fluids.flow < 1


@pytest.mark.parametrize("seed", range(5))
def test_disinfection_is_hot_for_long_and_rinsed_after(seed: int) -> None:
    fluids, course = warm(seed), Course(Random(seed))
    course.enter(Phase.DISINFECTION, 0)
    temperatures = []
    for second in range(int(course.until)):
        fluids.step(course.wanted(second, SET, 83), 0.0, NOTHING)
        temperatures.append(fluids.temperature)
    assert 25 * 60 <= course.until <= 45 * 60
    assert 83 < max(temperatures) <= 85
    assert sum(value >= 80 for value in temperatures) >= 13 * 60
    assert fluids.temperature < 41
    assert fluids.conductivity < 0.5


def test_a_machine_that_is_off_or_idle_wants_nothing_warm() -> None:
    course = Course(Random(1))
    assert course.wanted(0, SET, 83).flow == 0
    course.enter(Phase.OFF, 0)
    assert course.wanted(0, SET, 83) == Wanted(0, 20, 0)


def test_who_is_late_takes_the_shortest_time() -> None:
    course = Course(Random(1))
    course.enter(Phase.DISINFECTION, 100, late=True)
    assert course.until == 100 + 25 * 60
