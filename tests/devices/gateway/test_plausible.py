"""What a sensor cannot show, and what cannot follow on what was, is not believed."""

from __future__ import annotations

import pytest

from devices.gateway.plausible import GAP, Plausible, Shapes
from devices.protocols.listed import PROTOCOLS
from devices.protocols.protocol import Check
from domain.quantity import QUANTITIES, QUANTITY, Quantity
from domain.telemetry import Validity

UF, TIME, VENOUS = "uf_volume_ml", "therapy_time_min", "venous_pressure_mmhg"
SET, FLOW = "uf_rate_set_ml_h", "blood_flow_ml_min"
DOUBT = Validity.QUESTIONABLE


def carried() -> Plausible:
    """Over TCP."""
    return Plausible(weak=False)


def summed(**values: float) -> Plausible:
    """With a sum of eight bits; these have been said twice."""
    there = Plausible(weak=True)
    for _ in range(2):
        there.judge(values, {}, 0)
    return there


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
        assert read(carried(), 0, **{quantity.name: value}) == ({}, {quantity.name})
    for value in (quantity.low, quantity.high):
        assert read(carried(), 0, **{quantity.name: value}) == ({quantity.name: value}, set())


def test_a_total_that_falls_or_leaps_waits_for_the_next_reading() -> None:
    there = carried()
    assert read(there, 0, **{UF: 1000})[0] == {UF: 1000}
    assert read(there, 5, **{UF: 0}) == ({}, {UF})
    assert read(there, 10, **{UF: 1010}) == ({UF: 1010}, set())
    assert read(there, 15, **{UF: 1211}) == ({}, {UF})
    assert read(there, 20, **{UF: 1215}) == ({UF: 1215}, set())


def test_a_total_falls_by_nothing_however_little() -> None:
    there = carried()
    read(there, 0, **{UF: 1000})
    assert read(there, 5, **{UF: 999}) == ({}, {UF})


def test_a_total_that_begins_anew_is_believed_at_the_second_reading() -> None:
    there = carried()
    read(there, 0, **{UF: 1000, TIME: 240})
    assert read(there, 5, **{UF: 0, TIME: 0}) == ({}, {UF, TIME})
    assert read(there, 6, **{UF: 0, TIME: 0}) == ({UF: 0, TIME: 0}, set())


def test_two_wrong_readings_that_disagree_are_both_doubted() -> None:
    there = carried()
    read(there, 0, **{UF: 1000})
    assert read(there, 5, **{UF: 5000})[1] == {UF}
    assert read(there, 10, **{UF: 3000})[1] == {UF}
    assert read(there, 15, **{UF: 1020}) == ({UF: 1020}, set())


def test_a_doubted_value_must_be_confirmed_by_the_very_next_reading() -> None:
    there = carried()
    read(there, 0, **{UF: 1000})
    read(there, 5, **{UF: 5000})
    read(there, 6, **{VENOUS: 100})
    assert read(there, 7, **{UF: 5000})[1] == {UF}


def test_a_pressure_that_leaps_by_a_tenth_of_its_range_is_confirmed_first() -> None:
    there = carried()
    read(there, 0, **{VENOUS: 100})
    assert read(there, 5, **{VENOUS: 180}) == ({VENOUS: 180}, set())
    assert read(there, 10, **{VENOUS: 261}) == ({}, {VENOUS})
    assert read(there, 11, **{VENOUS: 265}) == ({VENOUS: 265}, set())


def test_after_a_gap_the_value_before_says_nothing() -> None:
    there = carried()
    read(there, 0, **{UF: 1000})
    assert read(there, GAP, **{UF: 0})[1] == {UF}
    there.judge({UF: 1000.0}, {}, GAP)
    assert read(there, 2 * GAP + 0.1, **{UF: 0}) == ({UF: 0}, set())
    there.forget()
    assert read(there, 2 * GAP + 0.2, **{UF: 900}) == ({UF: 900}, set())


def test_what_the_driver_marked_stays_marked() -> None:
    judged = carried().judge({UF: 5}, {VENOUS: Validity.NOT_AVAILABLE}, 0)
    assert (judged.values, judged.quality) == ({UF: 5}, {VENOUS: Validity.NOT_AVAILABLE})
    assert not judged.doubtful


def test_what_somebody_sets_does_not_change_by_itself() -> None:
    there = summed(**{SET: 650})
    assert read(there, 5, **{SET: 640}) == ({}, {SET})
    assert read(there, 10, **{SET: 640}) == ({SET: 640}, set())


def test_a_total_grows_by_no_more_than_its_time_allows() -> None:
    there = summed(**{UF: 1000})
    assert read(there, 6, **{UF: 1017}) == ({UF: 1017}, set())
    assert read(there, 12, **{UF: 1040}) == ({}, {UF})


def test_a_frame_in_which_one_thing_is_wrong_is_no_witness_for_what_is_new_in_it() -> None:
    there = summed(**{SET: 650, VENOUS: 120, FLOW: 250})
    kept, doubted = read(there, 5, **{SET: 620, VENOUS: 123, FLOW: 250})
    assert (kept, doubted) == ({FLOW: 250}, {SET, VENOUS})
    assert read(there, 10, **{SET: 650, VENOUS: 124, FLOW: 250})[1] == set()


def test_a_frame_of_another_form_is_no_witness_either() -> None:
    there = summed(**{VENOUS: 120})
    assert there.judge({VENOUS: 121.0}, {}, 5, odd=True).values == {}
    assert there.judge({VENOUS: 121.0}, {}, 10).values == {VENOUS: 121.0}


def test_a_broken_sensor_does_not_spoil_every_frame() -> None:
    there = summed(**{VENOUS: 120, UF: 99_999})
    kept = [read(there, at, **{VENOUS: 120 + at, UF: 99_999})[0] for at in (1, 2, 3)]
    assert kept == [{VENOUS: 121}, {VENOUS: 122}, {VENOUS: 123}]


def test_a_pump_that_speeds_up_is_believed_at_every_second_reading() -> None:
    there = Plausible(weak=True)
    told = [FLOW in read(there, 10 * n, **{FLOW: 100 + 20 * n})[0] for n in range(6)]
    assert told == [False, True, False, True, False, True]


def test_a_first_value_is_read_twice() -> None:
    there = Plausible(weak=True)
    assert read(there, 0, **{VENOUS: 120}) == ({}, {VENOUS})
    assert read(there, 0.5, **{VENOUS: 121}) == ({VENOUS: 121}, set())


def test_a_machine_that_speaks_seldom_is_believed_by_what_may_have_grown_meanwhile() -> None:
    there = summed(**{UF: 1000, VENOUS: 120})
    assert read(there, 120, **{UF: 1120, VENOUS: 123}) == ({UF: 1120, VENOUS: 123}, set())
    assert read(there, 240, **{UF: 1300, VENOUS: 125})[0] == {}
    assert read(there, 360, **{UF: 1420, VENOUS: 125}) == ({UF: 1420, VENOUS: 125}, set())


def test_a_message_without_values_between_two_readings_is_none() -> None:
    there = summed(**{SET: 650})
    read(there, 5, **{SET: 640})
    there.judge({}, {}, 6)
    assert read(there, 10, **{SET: 640}) == ({SET: 640}, set())


def test_every_quantity_of_a_frame_with_a_weak_check_has_a_step() -> None:
    weak = {name for row in PROTOCOLS if row.check is Check.SUM for name in row.quantities}
    cuff = {"nibp_sys_mmhg", "nibp_dia_mmhg", "pulse_bpm"}
    assert {name for name in weak if QUANTITY[name].step is None} == cuff


def test_a_form_is_odd_until_it_comes_a_second_time() -> None:
    shapes = Shapes()
    said = "aabababbb"
    odd = [shapes.odd(f"MS:1:{form}") for form in said]
    assert odd == [False, False, True, False, True, False, True, False, False]
    assert not shapes.odd("AL:1:x")


def test_another_patient_is_odd_until_a_second_frame_of_any_kind_speaks_of_them() -> None:
    shapes = Shapes()
    said = ("MS:1:a", "AL:1:x", "MS:2:a", "MS:2:a", "AL:2:x", "AL:3:x", "MS:2:a")
    odd = [shapes.odd(shape) for shape in said]
    assert odd == [False, False, True, False, False, True, False]
