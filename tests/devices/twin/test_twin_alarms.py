"""The machine's alarms: begin, growth, silence, latching, reset, end."""

from random import Random

import pytest

from devices.twin.alarms import PATIENTS, REACTIONS, Alarms
from devices.twin.truth import AlarmChange
from domain.alarm import ALARM_KIND, Direction, EdgePhase, Inactivation, MachineState, Priority


def alarms() -> Alarms:
    return Alarms(Random(1))


def cured(code: str) -> bool:
    del code
    return True


def stubborn(code: str) -> bool:
    del code
    return False


def lived(one: Alarms, seconds: range, easy: bool = True) -> list[AlarmChange]:
    for second in seconds:
        one.step(second, cured if easy else stubborn)
    return list(one.taken())


def test_every_reaction_is_one_to_a_known_alarm() -> None:
    assert set(REACTIONS) <= set(ALARM_KIND)


@pytest.mark.parametrize("code", sorted(code for code in REACTIONS if ALARM_KIND[code].latches))
def test_what_latches_needs_somebody_to_reset_it(code: str) -> None:
    assert REACTIONS[code].answer is not None


def test_a_begin_is_told_once() -> None:
    one = alarms()
    one.begin("air", 10)
    one.begin("air", 11)
    assert [change.phase for change in one.taken()] == [EdgePhase.START]
    assert one.taken() == ()
    assert "air" in one


def test_an_alarm_that_does_not_latch_ends_with_its_condition() -> None:
    one = alarms()
    one.begin("conductivity", 10, Direction.LOW, 13.1, 13.3, 14.7)
    assert one.bypass
    assert one.uf_off
    assert not one.stops_pump
    one.over("conductivity")
    assert not one.bypass
    assert [change.phase for change in one.taken()] == [EdgePhase.START, EdgePhase.END]


def test_an_alarm_that_latches_stays_until_it_is_reset() -> None:
    one = alarms()
    one.begin("venous_pressure", 0, Direction.HIGH, 220, 110, 175)
    one.over("venous_pressure")
    assert one.now[0].state is MachineState.LATCHED
    assert one.stops_pump
    changes = lived(one, range(200))
    assert [change.phase for change in changes][-1] is EdgePhase.END
    assert changes[-1].alarm.state is MachineState.INACTIVE
    assert changes[-1].alarm.began == 0
    assert not one.stops_pump


def test_staff_silence_it_before_they_reset_it() -> None:
    one = alarms()
    one.begin("air", 0)
    changes = lived(one, range(200))
    assert [change.alarm.inactivation for change in changes] == [
        Inactivation.ENABLED, Inactivation.AUDIO_PAUSED, Inactivation.AUDIO_PAUSED
    ]  # fmt: skip


def test_a_condition_that_comes_back_wakes_the_latched_alarm() -> None:
    one = alarms()
    one.begin("air", 0)
    one.over("air")
    one.begin("air", 5)
    assert [change.alarm.state for change in one.taken()] == [
        MachineState.ACTIVE, MachineState.LATCHED, MachineState.ACTIVE
    ]  # fmt: skip


def test_what_cannot_be_put_right_is_not_reset() -> None:
    one = alarms()
    one.begin("venous_pressure", 0)
    lived(one, range(600), easy=False)
    assert "venous_pressure" in one
    lived(one, range(600, 620))
    assert "venous_pressure" not in one


@pytest.mark.parametrize(("code", "after"), [("conductivity", 120), ("blood_pump_stop", 60)])
def test_an_unanswered_alarm_grows(code: str, after: int) -> None:
    one = alarms()
    one.begin(code, 0)
    changes = lived(one, range(after))
    assert {change.alarm.priority for change in changes} <= {Priority.MEDIUM}
    lived(one, range(after, after + 1))
    assert one.now[0].priority is Priority.HIGH


def test_slow_staff_take_longer() -> None:
    fast, slow = alarms(), alarms()
    slow.staff = 3.0
    for one in (fast, slow):
        one.begin("air", 0)

    def ended(one: Alarms) -> int:
        second = 0
        while "air" in one:
            one.step(second, cured)
            second += 1
        return second

    assert ended(slow) == pytest.approx(3 * ended(fast), abs=5)


def test_an_advice_waits_for_somebody_whatever_its_condition() -> None:
    one = alarms()
    one.begin("uf_goal", 0)
    one.over("uf_goal")
    assert "uf_goal" in one
    lived(one, range(200))
    assert "uf_goal" not in one


def test_the_end_of_an_alarm_that_is_not_there_is_no_change() -> None:
    one = alarms()
    one.over("air")
    assert one.taken() == ()


def test_the_patient_s_alarms_end_when_the_patient_leaves() -> None:
    one = alarms()
    one.begin("air", 0)
    one.begin("power", 0)
    one.drop(PATIENTS)
    assert [alarm.code for alarm in one.now] == ["power"]
