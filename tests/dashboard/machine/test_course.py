"""What is drawn of a stretch: gaps stay gaps, and nothing goes on that is not known to."""

from __future__ import annotations

from dashboard.machine.course import MINUTE_GAP, alarm_times, pressures, runs
from db.telemetry.read import Point
from domain.alarm import EdgePhase, MachineState
from domain.telemetry import EventKind, LinkStatus
from tests.dashboard.machine.said import alarm, at, event, link, pressure


def point(seconds: float) -> Point:
    return Point(at(seconds), 1, 2, 3, 12)


def test_two_points_that_are_far_apart_are_never_joined() -> None:
    found = runs([point(0), point(60), point(150), point(241)], MINUTE_GAP)
    assert [one.run for one in found] == [0, 0, 0, 1]
    assert (found[0].low, found[0].mean, found[0].high) == (1, 2, 3)
    assert runs([], MINUTE_GAP) == ()


def test_a_blood_pressure_needs_both_its_values() -> None:
    half = event(20, EventKind.BLOOD_PRESSURE, values={"nibp_sys_mmhg": 130.0})
    (one,) = pressures([pressure(10, 132, 78), half])
    assert (one.at, one.systolic, one.diastolic, one.pulse) == (at(10), 132, 78, None)


def test_an_alarm_lasts_until_the_machine_says_that_it_is_over() -> None:
    said = [alarm(10, low=20, high=300), alarm(20, EdgePhase.CONTINUE),
            alarm(30, EdgePhase.END, state=MachineState.INACTIVE)]  # fmt: skip
    (one,) = alarm_times(said)
    assert (one.first, one.end, one.lost) == (at(10), at(30), False)
    assert (one.low, one.high) == (20, 300)


def test_a_latched_alarm_is_not_over() -> None:
    (one,) = alarm_times([alarm(10), alarm(30, EdgePhase.END, state=MachineState.LATCHED)])
    assert one.end is None


def test_an_alarm_is_not_drawn_on_while_the_wire_is_lost() -> None:
    said = [alarm(10), link(15, LinkStatus.NO_REPLY), link(40, LinkStatus.ONLINE),
            alarm(41, EdgePhase.CONTINUE)]  # fmt: skip
    first, second = alarm_times(said)
    assert (first.first, first.end, first.lost) == (at(10), at(15), True)
    assert (second.first, second.end) == (at(41), None)


def test_an_alarm_of_which_the_gateway_says_that_nobody_knows_is_not_drawn_on() -> None:
    said = [alarm(10), alarm(15, EdgePhase.CONTINUE, state=MachineState.UNKNOWN),
            alarm(16, EdgePhase.CONTINUE, state=MachineState.UNKNOWN)]  # fmt: skip
    (one,) = alarm_times(said)
    assert (one.first, one.end, one.lost) == (at(10), at(15), True)


def test_alarms_stand_in_the_order_in_which_they_began() -> None:
    said = [alarm(10), alarm(11, code="air"), alarm(12, EdgePhase.END, code="air",
                                                    state=MachineState.INACTIVE)]  # fmt: skip
    assert [one.code for one in alarm_times(said)] == ["venous_pressure", "air"]
    assert alarm_times(said)[1].end == at(12)
