"""Online clearance: when it comes, what it is, and when it does not."""

from itertools import pairwise
from random import Random

import pytest

from devices.twin.dialysance import Dialysance


def run(meter: Dialysance, until: int, stops: frozenset[int] = frozenset()) -> dict[int, float]:
    """The seconds in which a value came, with the value; the clearance is 204."""
    found: dict[int, float] = {}
    shown = None
    for second in range(until):
        meter.step(float(second), second not in stops, 204.0)
        if meter.clearance is not shown and meter.clearance is not None:
            shown = meter.clearance
            found[second] = shown
    return found


@pytest.mark.parametrize("seed", range(10))
def test_a_value_every_half_hour_near_the_clearance(seed: int) -> None:
    found = run(Dialysance(Random(seed)), 4 * 3600)
    seconds = list(found)
    assert 19 * 60 <= seconds[0] <= 30 * 60
    assert all(20 * 60 < b - a < 33 * 60 for a, b in pairwise(seconds))
    assert 7 <= len(found) <= 10
    assert all(value == pytest.approx(204, rel=0.08) for value in found.values())


def test_kt_adds_up() -> None:
    meter = Dialysance(Random(1))
    found = run(meter, 4 * 3600)
    minutes = list(found)[-1] / 60
    assert meter.ktv(36.6) == pytest.approx(0.204 * minutes / 36.6, rel=0.03)


def test_the_inlet_is_raised_for_two_minutes() -> None:
    meter = Dialysance(Random(1))
    raised = 0.0
    for second in range(35 * 60):
        meter.step(float(second), True, 204.0)
        raised += meter.step_ms_cm(float(second))
    assert raised == pytest.approx(120, abs=1)


def test_an_interruption_spoils_the_measurement() -> None:
    whole = run(Dialysance(Random(1)), 3600)
    first = next(iter(whole))
    spoiled = run(Dialysance(Random(1)), 3600, frozenset({first - 30}))
    assert first not in spoiled
    assert min(spoiled) > first + 10 * 60


def test_the_step_is_known_to_show_for_some_minutes() -> None:
    meter = Dialysance(Random(1))
    found = run(meter, 30 * 60)
    first = next(iter(found))
    assert meter.disturbs(first)
    assert not meter.disturbs(first + 300)
