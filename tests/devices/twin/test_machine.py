"""A whole treatment at one machine."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from devices.twin.machine import Twin
from devices.twin.script import Modality, TwinTreatment
from devices.twin.truth import Truth
from domain.quantity import QUANTITY
from domain.telemetry import Phase
from tests.devices.twin.twin_world import MORNING, PLAN, assigned, treating, twin, until


@pytest.fixture(scope="module")
def course() -> tuple[Truth, ...]:
    """A treatment from the switch to the pause after disinfection, every 20 seconds."""
    one = assigned()
    return tuple(one.advance(20) for _ in range(22_000 // 20))


def phases(course: tuple[Truth, ...]) -> Iterator[tuple[Phase, float, float]]:
    """Each phase, its first and its last second."""
    begin = course[0]
    for before, after in pairwise(course):
        if after.phase is not before.phase:
            yield before.phase, begin.seconds, after.seconds
            begin = after
    yield begin.phase, begin.seconds, course[-1].seconds


def test_the_phases_come_in_their_order_and_take_their_time(course: tuple[Truth, ...]) -> None:
    found = {phase: (end - begin) / 60 for phase, begin, end in phases(course)}
    assert list(found) == [
        Phase.SELF_TEST, Phase.PRIMING, Phase.READY, Phase.CONNECTING, Phase.TREATMENT,
        Phase.REINFUSION, Phase.DRAIN, Phase.DISINFECTION, Phase.IDLE,
    ]  # fmt: skip
    grain = 0.7
    assert 8 - grain <= found[Phase.SELF_TEST] <= 20 + grain
    assert 10 - grain <= found[Phase.PRIMING] <= 20 + grain
    assert 2 - grain <= found[Phase.CONNECTING] <= 5 + grain
    assert 240 <= found[Phase.TREATMENT] <= 260
    assert 25 - grain <= found[Phase.DISINFECTION] <= 45 + grain


def test_the_patient_is_connected_when_the_plan_says(course: tuple[Truth, ...]) -> None:
    begins = {phase: begin for phase, begin, _ in phases(course)}
    assert begins[Phase.CONNECTING] == pytest.approx(2700, abs=21)


def test_every_value_can_be_believed(course: tuple[Truth, ...]) -> None:
    doubted = [
        (truth.seconds, name, value)
        for truth in course
        for name, value in truth.values.items()
        if not QUANTITY[name].believable(value)
    ]
    assert doubted == []


def test_counters_only_grow_and_stay_until_the_next_treatment(course: tuple[Truth, ...]) -> None:
    for name in ("uf_volume_ml", "therapy_time_min", "blood_processed_l", "anticoag_volume_ml"):
        found = [truth.values[name] for truth in course if name in truth.values]
        assert found == sorted(found)
        assert course[-1].phase is Phase.IDLE
        assert found[-1] > 0


def test_only_what_a_phase_measures_is_there(course: tuple[Truth, ...]) -> None:
    shown = {truth.phase: frozenset(truth.values) for truth in course}
    assert "blood_flow_ml_min" not in shown[Phase.SELF_TEST] | shown[Phase.DISINFECTION]
    assert "uf_rate_ml_h" not in shown[Phase.READY] | shown[Phase.REINFUSION]
    assert "nibp_sys_mmhg" not in shown[Phase.DRAIN]
    assert "dialysate_cond_ms_cm" not in shown[Phase.IDLE]
    assert shown[Phase.TREATMENT] == frozenset(QUANTITY) - {
        "substitution_target_l", "substitution_volume_l", "substitution_rate_l_h"
    }  # fmt: skip


def test_heat_raises_no_alarm(course: tuple[Truth, ...]) -> None:
    hot = [truth for truth in course if truth.phase is Phase.DISINFECTION]
    assert 80 < max(truth.values["dialysate_temp_c"] for truth in hot) <= 85
    assert not any(truth.alarms or truth.changes for truth in hot)


def test_the_cuff_measures_every_half_hour_and_stays_constant_between(
    course: tuple[Truth, ...],
) -> None:
    taken = {truth.nibp_at: truth.values["nibp_sys_mmhg"] for truth in course if truth.nibp_at}
    assert 8 <= len(taken) <= 12
    for truth in course:
        if truth.nibp_at:
            assert truth.values["nibp_sys_mmhg"] == taken[truth.nibp_at]
            assert truth.nibp_at <= truth.clock


def test_the_first_value_of_clearance_is_not_before_twenty_minutes(
    course: tuple[Truth, ...],
) -> None:
    first = next(truth for truth in course if "clearance_ml_min" in truth.values)
    assert 19 <= first.values["therapy_time_min"] <= 31


def test_the_outcome_is_that_of_the_reference() -> None:
    one = assigned()
    one.run(22_000)
    (found,) = one.outcomes
    assert found.sp_ktv == pytest.approx(1.46, abs=0.06)
    assert found.e_ktv == pytest.approx(1.27, abs=0.06)
    assert found.removed_ml == pytest.approx(2600, rel=0.02)
    assert found.treated_min == pytest.approx(240, abs=0.1)
    assert not found.aborted


def test_the_same_seed_gives_the_same_course_whatever_the_steps() -> None:
    fine, coarse, other = assigned(), assigned(), assigned(seed=2)
    for _ in range(40_000):
        fine.run(0.1)
    fine.run(6000)
    truth = coarse.advance(10_000)
    assert fine.look().values == truth.values
    assert other.advance(10_000).values != truth.values


def test_hours_and_treatments_are_counted() -> None:
    one = assigned()
    before = one.look()
    assert (before.operating_hours, before.treatments) == (0, 0)
    assert one.advance(22_000).operating_hours == pytest.approx(22_000 / 3600)
    assert one.look().treatments == 1


def test_the_machine_s_clock_is_its_own() -> None:
    assert twin().advance(90.5).clock == MORNING.replace(minute=1, second=30, microsecond=500_000)


def test_the_name_at_the_machine_goes_with_the_patient() -> None:
    one = assigned(TwinTreatment(start=2700, patient="P007"))
    assert one.look().patient == ""
    assert until(one, lambda truth: truth.phase is Phase.PRIMING, 20).patient == "P007"
    assert until(one, lambda truth: truth.phase is Phase.DISINFECTION, 20).patient == ""


def test_long_after_its_last_treatment_a_machine_is_off_and_says_nothing() -> None:
    one = assigned()
    truth = until(one, lambda truth: truth.phase is Phase.OFF, 60)
    assert not truth.powered
    assert truth.values == {}
    hours = truth.operating_hours
    assert one.advance(3600).operating_hours == hours


def test_a_machine_without_treatments_stands_idle() -> None:
    assert twin().advance(86_400).phase is Phase.IDLE


def test_two_treatments_follow_with_disinfection_between() -> None:
    one = assigned()
    second = TwinTreatment(start=2700 + 240 * 60 + 80 * 60, minutes=200, uf_ml=1500)
    one.assign(second)
    assert one.waiting == (PLAN, second)
    until(one, lambda truth: truth.treatments == 1, 20)
    hot = until(one, lambda truth: truth.phase is Phase.DISINFECTION, 20)
    assert hot.values["uf_volume_ml"] == pytest.approx(2600, rel=0.02)
    ready = until(one, lambda truth: truth.phase is Phase.CONNECTING, 5)
    assert ready.values["uf_volume_ml"] == 0
    assert ready.values["uf_target_ml"] == 1500
    assert ready.seconds == pytest.approx(second.start, abs=300)
    until(one, lambda truth: truth.phase is Phase.IDLE, 60)
    assert [found.treatment for found in one.outcomes] == [PLAN, second]


@pytest.mark.parametrize("model", ["basic", "standard", "full"])
def test_a_model_shows_what_it_is_equipped_with(model: str) -> None:
    one = twin(model=model)
    one.assign(PLAN)
    values = one.advance(2700 + 3600).values
    assert ("rbv_pct" in values) is (model == "full")
    assert ("nibp_sys_mmhg" in values) is (model != "basic")


def test_substitution_adds_up_and_clears_more() -> None:
    plan = TwinTreatment(start=2700, modality=Modality.HDF, substitution_l=16)
    hdf, hd = treating(plan, minutes=200), treating(minutes=200)
    values, plain = hdf.look().values, hd.look().values
    assert hdf.look().modality == "HDF"
    treated = values["therapy_time_min"] / 240
    assert values["substitution_volume_l"] == pytest.approx(16 * treated, rel=0.01)
    assert values["substitution_rate_l_h"] == pytest.approx(4)
    assert values["tmp_mmhg"] > plain["tmp_mmhg"] + 50
    assert values["clearance_ml_min"] > plain["clearance_ml_min"]


def test_ultrafiltration_alone_needs_no_dialysate_and_thins_nothing() -> None:
    one = treating(TwinTreatment(start=2700, minutes=120, modality=Modality.ECUM), minutes=60)
    values = one.look().values
    assert values["dialysate_flow_ml_min"] < 5
    assert values["uf_volume_ml"] > 900
    until(one, lambda truth: truth.phase is Phase.IDLE, 60)
    assert one.outcomes[0].urea_ratio == pytest.approx(1, abs=0.03)


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        twin().advance(-1)


def lasted(one: Twin) -> float:
    return until(one, lambda truth: truth.phase is Phase.REINFUSION, 20).seconds


def test_who_comes_late_to_an_empty_machine_is_served_as_soon_as_can_be() -> None:
    one = twin()
    one.run(5000)
    one.assign(PLAN)
    truth = until(one, lambda truth: truth.phase is Phase.CONNECTING, 5)
    assert 18 * 60 <= truth.seconds - 5000 <= 28 * 60
    assert lasted(one) > truth.seconds + 240 * 60
