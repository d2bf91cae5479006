"""What a sensor cannot show, and what cannot follow on what was, is not believed."""

from __future__ import annotations

import pytest

from devices.gateway.plausible import GAP, Plausible
from domain.quantity import QUANTITIES, QUANTITY, Quantity
from domain.telemetry import Validity

UF, TIME, VENOUS = "uf_volume_ml", "therapy_time_min", "venous_pressure_mmhg"
DOUBT = Validity.QUESTIONABLE


def read(there: Plausible, now: float, **values: float) -> tuple[dict[str, float], set[str]]:
    """What is believed, and what is doubted."""
    judged = there.judge(values, {}, now)
    assert judged.doubtful == any(
        QUANTITY[name].believable(values[name]) for name in judged.quality
    )
    assert set(judged.quality.values()) <= {DOUBT}
    return dict(judged.values), set(judged.quality)


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda one: str(one.name))
def test_a_value_outside_of_what_its_sensor_can_show_is_left_out(quantity: Quantity) -> None:
    for value in (quantity.low - 1, quantity.high + 1, float("nan"), float("inf")):
        assert read(Plausible(), 0, **{quantity.name: value}) == ({}, {quantity.name})
    for value in (quantity.low, quantity.high):
        assert read(Plausible(), 0, **{quantity.name: value}) == ({quantity.name: value}, set())


def test_a_total_that_falls_or_leaps_waits_for_the_next_reading() -> None:
    there = Plausible()
    assert read(there, 0, **{UF: 1000})[0] == {UF: 1000}
    assert read(there, 5, **{UF: 0}) == ({}, {UF})
    assert read(there, 10, **{UF: 1010}) == ({UF: 1010}, set())
    assert read(there, 15, **{UF: 1211}) == ({}, {UF})
    assert read(there, 20, **{UF: 1215}) == ({UF: 1215}, set())


def test_a_total_falls_by_nothing_however_little() -> None:
    there = Plausible()
    read(there, 0, **{UF: 1000})
    assert read(there, 5, **{UF: 999}) == ({}, {UF})


def test_a_total_that_begins_anew_is_believed_at_the_second_reading() -> None:
    there = Plausible()
    read(there, 0, **{UF: 1000, TIME: 240})
    assert read(there, 5, **{UF: 0, TIME: 0}) == ({}, {UF, TIME})
    assert read(there, 6, **{UF: 0, TIME: 0}) == ({UF: 0, TIME: 0}, set())


def test_two_wrong_readings_that_disagree_are_both_doubted() -> None:
    there = Plausible()
    read(there, 0, **{UF: 1000})
    assert read(there, 5, **{UF: 5000})[1] == {UF}
    assert read(there, 10, **{UF: 3000})[1] == {UF}
    assert read(there, 15, **{UF: 1020}) == ({UF: 1020}, set())


def test_a_doubted_value_must_be_confirmed_by_the_very_next_reading() -> None:
    there = Plausible()
    read(there, 0, **{UF: 1000})
    read(there, 5, **{UF: 5000})
    read(there, 6, **{VENOUS: 100})
    assert read(there, 7, **{UF: 5000})[1] == {UF}


def test_a_pressure_that_leaps_by_a_tenth_of_its_range_is_confirmed_first() -> None:
    there = Plausible()
    read(there, 0, **{VENOUS: 100})
    assert read(there, 5, **{VENOUS: 180}) == ({VENOUS: 180}, set())
    assert read(there, 10, **{VENOUS: 261}) == ({}, {VENOUS})
    assert read(there, 11, **{VENOUS: 265}) == ({VENOUS: 265}, set())


def test_after_a_gap_the_value_before_says_nothing() -> None:
    there = Plausible()
    read(there, 0, **{UF: 1000})
    assert read(there, GAP, **{UF: 0})[1] == {UF}
    there.judge({UF: 1000.0}, {}, GAP)
    assert read(there, 2 * GAP + 0.1, **{UF: 0}) == ({UF: 0}, set())
    there.forget()
    assert read(there, 2 * GAP + 0.2, **{UF: 900}) == ({UF: 900}, set())


def test_what_the_driver_marked_stays_marked() -> None:
    judged = Plausible().judge({UF: 5}, {VENOUS: Validity.NOT_AVAILABLE}, 0)
    assert (judged.values, judged.quality) == ({UF: 5}, {VENOUS: Validity.NOT_AVAILABLE})
    assert not judged.doubtful
