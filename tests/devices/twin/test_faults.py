"""What each fault looks like, what the machine does about it, and how it ends."""

from itertools import pairwise

import pytest

from devices.twin.effects import ROWS
from devices.twin.machine import Twin
from devices.twin.script import Fault, FaultKind, Person, TwinTreatment
from devices.twin.truth import AlarmChange, Truth
from domain.alarm import Direction, EdgePhase, MachineState, Priority
from domain.quantity import QUANTITY
from domain.telemetry import Phase
from tests.devices.twin.twin_world import PLAN, assigned, treating, twin, until

LOW_FLUX = TwinTreatment(start=2700, kuf_ml_h_mmhg=12)


def quiet(plan: TwinTreatment = PLAN) -> Twin:
    """An hour into a treatment, with nothing under way or to come by chance."""
    one = treating(plan, minutes=30)
    one._works.incidents.leave(frozenset())
    one.run(600)
    one.look()
    return one


def struck(kind: FaultKind, seconds: int = 900, size: float = 0.5) -> list[Truth]:
    """Every second after a fault."""
    one = quiet()
    one.inflict(Fault(kind, size=size))
    return [one.advance(1) for _ in range(seconds)]


def changes(truths: list[Truth]) -> list[AlarmChange]:
    return [change for truth in truths for change in truth.changes]


STOPS = (
    (FaultKind.ARTERIAL_LOW, "arterial_pressure", Direction.LOW),
    (FaultKind.ARTERIAL_OPEN, "arterial_pressure", Direction.HIGH),
    (FaultKind.VENOUS_KINK, "venous_pressure", Direction.HIGH),
    (FaultKind.VENOUS_LOW, "venous_pressure", Direction.LOW),
    (FaultKind.AIR, "air", None),
    (FaultKind.BLOOD_LEAK, "blood_leak", None),
)


@pytest.mark.parametrize("size", [0.0, 1.0])
@pytest.mark.parametrize(("kind", "code", "direction"), STOPS)
def test_what_endangers_blood_stops_the_pump_until_somebody_comes(
    kind: FaultKind, code: str, direction: Direction | None, size: float
) -> None:
    truths = struck(kind, 500, size)
    found = changes(truths)
    assert found[0].alarm.code == code
    assert found[0].alarm.direction is direction
    assert found[0].phase is EdgePhase.START
    assert found[0].alarm.priority is Priority.HIGH
    assert {change.alarm.code for change in found} <= {code, "blood_pump_stop"}
    began = found[0].alarm.began
    stopped = [truth for truth in truths if began + 6 < truth.seconds < began + 30]
    for truth in stopped:
        assert not truth.pump_on
        assert truth.values["blood_flow_ml_min"] == 0
        assert truth.values["uf_rate_ml_h"] == 0
        assert 5 < truth.values["venous_pressure_mmhg"] < 65
    assert len({truth.values["therapy_time_min"] for truth in stopped}) == 1
    assert len({truth.values["uf_volume_ml"] for truth in stopped}) == 1
    ended = next(truth for truth in truths if not truth.alarms and truth.seconds > began)
    assert 25 <= ended.seconds - began <= 305
    assert truths[-1].pump_on
    assert truths[-1].values["uf_rate_ml_h"] > 0


def test_a_pressure_alarm_latches_once_the_pump_stands() -> None:
    states = [change.alarm.state for change in changes(struck(FaultKind.VENOUS_KINK, 200))]
    assert states[:2] == [MachineState.ACTIVE, MachineState.LATCHED]
    assert states[-1] is MachineState.INACTIVE


def test_the_alarm_carries_the_value_and_the_limit_it_passed() -> None:
    alarm = changes(struck(FaultKind.VENOUS_KINK, 30))[0].alarm
    assert alarm.value is not None
    assert alarm.high is not None
    assert alarm.value > alarm.high


def test_a_clot_is_seen_coming() -> None:
    truths = struck(FaultKind.VENOUS_CLOT, 1200, 1.0)
    began = changes(truths)[0].alarm.began - truths[0].seconds
    assert began > 60
    before = [truths[int(began) - back].values["venous_pressure_mmhg"] for back in (100, 50, 5)]
    assert before == sorted(before)
    assert changes(truths)[0].alarm.direction is Direction.HIGH


BYPASSES = (
    (FaultKind.CONCENTRATE_EMPTY, "conductivity", Direction.LOW, "dialysate_cond_ms_cm"),
    (FaultKind.CONCENTRATE_WRONG, "conductivity", Direction.HIGH, "dialysate_cond_ms_cm"),
    (FaultKind.HEATER, "temperature", Direction.LOW, "dialysate_temp_c"),
    (FaultKind.INLET_COLD, "temperature", Direction.LOW, "dialysate_temp_c"),
    (FaultKind.FLOW_LOW, "dialysate_flow", Direction.LOW, "dialysate_flow_ml_min"),
    (FaultKind.WATER, "dialysate_flow", Direction.LOW, "dialysate_flow_ml_min"),
    (FaultKind.TMP_HIGH, "tmp", Direction.HIGH, "tmp_mmhg"),
    (FaultKind.TMP_LOW, "tmp", Direction.LOW, "tmp_mmhg"),
)


@pytest.mark.parametrize(("kind", "code", "direction", "quantity"), BYPASSES)
def test_wrong_dialysate_goes_past_the_dialyzer_and_blood_runs_on(
    kind: FaultKind, code: str, direction: Direction, quantity: str
) -> None:
    truths = struck(kind, 1000)
    first = changes(truths)[0].alarm
    assert (first.code, first.direction) == (code, direction)
    assert quantity in truths[0].values
    bypass = [truth for truth in truths if truth.bypass]
    assert 10 < len(bypass) < 700
    settled = bypass[3:]
    for truth in settled:
        assert truth.pump_on
        assert truth.values["dialysate_flow_ml_min"] == 0
        assert truth.values["uf_rate_ml_h"] == 0
    assert len({truth.values["therapy_time_min"] for truth in settled}) == 1
    assert {change.alarm.code for change in changes(truths)} == {code}
    assert not truths[-1].alarms


def test_a_clotting_dialyzer_is_an_alarm_of_the_membrane_and_no_storm() -> None:
    one = quiet(LOW_FLUX)
    one.inflict(Fault(FaultKind.DIALYZER_CLOT, size=1.0))
    truths = [one.advance(1) for _ in range(2400)]
    begun = [change for change in changes(truths) if change.phase is EdgePhase.START]
    assert "tmp" in {change.alarm.code for change in begun}
    assert len(begun) <= 6


def test_a_clotting_dialyzer_of_high_flux_is_seen_at_its_inlet_where_there_is_a_sensor() -> None:
    truths = struck(FaultKind.DIALYZER_CLOT, 1000, 1.0)
    first = changes(truths)[0].alarm
    assert (first.code, first.direction) == ("inlet_pressure", Direction.HIGH)
    assert first.value is not None
    assert first.high is not None
    assert first.value > first.high
    assert first.priority is Priority.HIGH
    blind = quiet()
    blind._works._guard._senses_inlet = False
    blind.inflict(Fault(FaultKind.DIALYZER_CLOT, size=1.0))
    begun = changes([blind.advance(1) for _ in range(1000)])
    assert begun
    assert "inlet_pressure" not in {change.alarm.code for change in begun}


def test_a_long_conductivity_alarm_becomes_one_of_high_priority() -> None:
    one = quiet()
    one.inflict(Fault(FaultKind.CONCENTRATE_WRONG, seconds=400))
    found = changes([one.advance(1) for _ in range(400)])
    assert (found[0].alarm.code, found[0].alarm.priority) == ("conductivity", Priority.MEDIUM)
    assert found[-1].alarm.priority is Priority.HIGH


def test_a_deviation_stops_filtration_alone() -> None:
    truths = struck(FaultKind.UF_DEVIATION, 60)
    assert truths[-1].values["uf_rate_ml_h"] == 0
    assert truths[-1].pump_on
    assert not truths[-1].bypass
    assert truths[-1].values["therapy_time_min"] > truths[0].values["therapy_time_min"]


def test_a_pump_that_stands_for_two_minutes_is_an_alarm_of_its_own() -> None:
    one = quiet()
    one.inflict(Fault(FaultKind.PUMP_STOP, seconds=200))
    found = changes([one.advance(1) for _ in range(260)])
    assert {change.alarm.code for change in found} == {"blood_pump_stop"}
    assert (found[0].phase, found[-1].phase) == (EdgePhase.START, EdgePhase.END)
    assert found[-1].alarm.priority is Priority.HIGH


def test_a_cause_that_is_held_keeps_the_pump_stopped_and_alarms_chain() -> None:
    one = quiet()
    one.inflict(Fault(FaultKind.VENOUS_KINK, seconds=400))
    truths = [one.advance(1) for _ in range(460)]
    codes = [change.alarm.code for change in changes(truths) if change.phase is EdgePhase.START]
    assert codes == ["venous_pressure", "blood_pump_stop"]
    assert not truths[395].pump_on
    assert truths[-1].pump_on


def test_hypotension_lowers_pressure_raises_the_pulse_and_asks_for_a_cuff() -> None:
    one = quiet()
    before = one.look()
    one.inflict(Fault(FaultKind.HYPOTENSION, size=1.0))
    truths = [one.advance(30) for _ in range(60)]
    lowest = min(truths, key=lambda truth: truth.values["nibp_sys_mmhg"])
    assert lowest.values["nibp_sys_mmhg"] < before.values["nibp_sys_mmhg"] - 20
    fastest = max(truth.values["pulse_bpm"] for truth in truths)
    assert fastest > before.values["pulse_bpm"] + 5
    assert len({truth.nibp_at for truth in truths}) >= 3


def test_a_pressure_of_the_patient_outside_its_limits_is_an_alarm_until_the_next() -> None:
    plan = TwinTreatment(person=Person(systolic_mmhg=190), start=2700)
    one = assigned(plan)
    truth = until(one, lambda truth: any(a.code == "blood_pressure" for a in truth.alarms))
    assert truth.pump_on
    assert truth.values["nibp_sys_mmhg"] > 170
    until(one, lambda truth: not any(a.code == "blood_pressure" for a in truth.alarms), 30)


def test_a_movement_is_no_alarm() -> None:
    truths = struck(FaultKind.MOVEMENT, 60, 1.0)
    assert changes(truths) == []
    assert min(truth.values["arterial_pressure_mmhg"] for truth in truths) < -95


def test_an_empty_syringe_is_said_once_and_nothing_flows_from_it() -> None:
    one = assigned(TwinTreatment(start=2700, anticoag_ml_h=2, syringe_ml=1))
    truths = [one.advance(10) for _ in range(900)]
    begun = [c for c in changes(truths) if c.alarm.code == "syringe" and c.phase is EdgePhase.START]
    assert len(begun) == 1
    assert truths[-1].values["anticoag_rate_ml_h"] == 0
    assert truths[-1].values["anticoag_volume_ml"] == pytest.approx(1, abs=0.01)
    assert changes(struck(FaultKind.SYRINGE, 5))[0].alarm.code == "syringe"


def test_a_self_test_that_fails_takes_longer() -> None:
    well, ill = assigned(), assigned()
    ill.inflict(Fault(FaultKind.SELF_TEST, at=100))
    assert [alarm.code for alarm in ill.advance(120).alarms] == ["self_test"]
    ready = [until(one, lambda truth: truth.phase is Phase.PRIMING) for one in (well, ill)]
    assert ready[1].seconds >= ready[0].seconds
    assert ready[1].alarms == ()


def test_a_dead_line_is_no_alarm_of_the_machine() -> None:
    one = quiet()
    one.inflict(Fault(FaultKind.SILENCE, seconds=60))
    assert one.advance(10).changes == ()
    assert one.silent
    one.run(60)
    assert not one.silent


def test_a_clock_that_jumps_takes_nothing_else_along() -> None:
    one = twin()
    one.inflict(Fault(FaultKind.CLOCK, at=10, seconds=-3600))
    before, after = one.advance(9), one.advance(2)
    assert (after.clock - before.clock).total_seconds() == 2 - 3600
    assert after.seconds == 11


def test_the_battery_turns_the_pump_and_the_mains_alarm_waits_for_a_hand() -> None:
    one = quiet()
    one.inflict(Fault(FaultKind.MAINS, seconds=120))
    truth = one.advance(60)
    assert (truth.pump_on, truth.bypass) == (True, True)
    assert [alarm.code for alarm in truth.alarms] == ["power"]
    assert truth.values["dialysate_flow_ml_min"] == 0
    until(one, lambda truth: not truth.alarms, most=700)
    assert one.phase is Phase.TREATMENT


def test_after_a_long_power_cut_the_treatment_is_lost_and_the_machine_disinfects() -> None:
    one = quiet()
    one.inflict(Fault(FaultKind.MAINS, seconds=3000))
    truth = one.advance(1300)
    assert not truth.powered
    assert truth.alarms == ()
    assert one.outcomes[0].aborted
    assert one.advance(1800).phase is Phase.DISINFECTION
    assert "uf_volume_ml" not in one.look().values
    until(one, lambda truth: truth.phase is Phase.IDLE, 20)


@pytest.mark.parametrize(("second", "after"), [(600, Phase.SELF_TEST), (None, Phase.IDLE)])
def test_without_a_patient_the_power_cut_means_beginning_again(
    second: int | None, after: Phase
) -> None:
    one = twin() if second is None else assigned()
    one.run(second or 100)
    one.inflict(Fault(FaultKind.MAINS, seconds=60))
    assert not one.advance(30).powered
    assert one.advance(35).phase is after


@pytest.mark.parametrize("kind", list(FaultKind))
def test_whatever_happens_values_can_be_believed_and_counters_only_grow(kind: FaultKind) -> None:
    one = quiet()
    one.inflict(Fault(kind, size=1.0))
    truths = [one.advance(1) for _ in range(600)]
    for truth in truths:
        assert all(QUANTITY[name].believable(value) for name, value in truth.values.items())
    powered = [truth for truth in truths if truth.phase is Phase.TREATMENT]
    for name in ("uf_volume_ml", "therapy_time_min", "blood_processed_l"):
        assert all(a.values[name] <= b.values[name] for a, b in pairwise(powered))


def test_every_kind_has_a_row() -> None:
    assert set(ROWS) == set(FaultKind)


def test_late_hypotension_makes_a_treatment_longer_and_the_fluid_still_goes() -> None:
    longer = 0
    for seed in range(6):
        one = assigned(seed=seed)
        until(one, lambda truth: truth.values.get("therapy_time_min", 0) > 224, 20)
        one.inflict(Fault(FaultKind.HYPOTENSION))
        until(one, lambda truth: truth.phase is Phase.REINFUSION, 20)
        (found,) = one.outcomes
        assert found.hypotensions >= 1
        assert found.removed_ml == pytest.approx(2600, rel=0.02)
        longer += found.treated_min > 241
    assert longer >= 2


def test_after_a_pause_in_the_middle_the_rate_makes_up_for_it() -> None:
    one = quiet()
    before = one.look().values["uf_rate_ml_h"]
    one.inflict(Fault(FaultKind.UF_DEVIATION, seconds=1200))
    one.run(1100)
    assert one.look().values["uf_rate_ml_h"] == 0
    one.run(200)
    assert before * 1.05 < one.look().values["uf_rate_ml_h"] <= before * 1.4


def test_a_pause_that_no_rate_makes_up_for_costs_time() -> None:
    one = quiet()
    one.inflict(Fault(FaultKind.UF_DEVIATION, seconds=7800))
    one.run(7700)
    left = one.look().values["time_remaining_min"]
    one.run(300)
    assert one.look().values["time_remaining_min"] > left + 10


def test_one_self_test_in_a_hundred_fails() -> None:
    failed = 0
    for seed in range(250):
        one = assigned(TwinTreatment(start=0), seed)
        until(one, lambda truth: bool(truth.changes) or truth.phase is Phase.PRIMING, 300)
        failed += one.look().phase is Phase.SELF_TEST
    assert 1 <= failed <= 8


def test_without_filtration_the_membrane_relaxes_and_the_blood_recovers() -> None:
    one = quiet(LOW_FLUX)
    one.run(3600)
    before = one.look().values
    assert before["tmp_mmhg"] > 24 + before["uf_rate_ml_h"] / 12 - 15
    one.inflict(Fault(FaultKind.UF_DEVIATION, seconds=1500))
    after = one.advance(1490).values
    assert after["uf_rate_ml_h"] == 0
    assert after["tmp_mmhg"] == pytest.approx(24, abs=5)
    assert after["rbv_pct"] > before["rbv_pct"] + 1
    assert after["hct_pct"] < before["hct_pct"]
    assert after["dialysate_pressure_mmhg"] > before["dialysate_pressure_mmhg"] + 20
