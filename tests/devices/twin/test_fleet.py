"""Machines that share water, mains and staff."""

from collections.abc import Iterable

import pytest

from devices.twin.fleet import Fleet, Room
from devices.twin.script import Fault, FaultKind, TwinTreatment, read_script
from domain.alarm import EdgePhase
from domain.telemetry import Phase
from tests.devices.twin.twin_world import twin

NAMES = ("M01", "M02", "M03", "M04")
STILL = Room(0, 0)


def fleet(room: Room = STILL, seed: int = 1, starts: Iterable[float] = (2700,) * 4) -> Fleet:
    one = Fleet([twin(seed, name) for name in NAMES], seed, room)
    for machine, start in zip(one.twins.values(), starts, strict=True):
        machine.assign(TwinTreatment(start=start))
    return one


def begun(one: Fleet, seconds: int, code: str) -> dict[str, float]:
    """When this alarm began at each machine, within so many seconds."""
    found: dict[str, float] = {}
    for _ in range(seconds):
        for name, truth in one.advance(1).items():
            for change in truth.changes:
                if change.alarm.code == code and change.phase is EdgePhase.START:
                    found.setdefault(name, change.alarm.began)
    return found


def test_water_fails_for_several_machines_within_seconds() -> None:
    one = fleet()
    one.advance(6000)
    one.inflict(Fault(FaultKind.WATER, size=1.0), NAMES[1:])
    found = begun(one, 40, "dialysate_flow")
    assert set(found) == set(NAMES[1:])
    assert max(found.values()) - min(found.values()) <= 15


def test_mains_fail_for_the_whole_room_at_once() -> None:
    one = fleet()
    one.advance(6000)
    one.inflict(Fault(FaultKind.MAINS, at=6010, seconds=60))
    assert begun(one, 20, "power") == dict.fromkeys(NAMES, 6010.0)


def test_the_loop_fails_by_itself_and_hits_its_far_end() -> None:
    one = fleet(Room(water_per_hour=1.0, mains_per_hour=0))
    found = begun(one, 14_000, "dialysate_flow")
    assert len(found) >= 2
    assert NAMES[-1] in found


def test_the_mains_fail_by_themselves() -> None:
    one = fleet(Room(water_per_hour=0, mains_per_hour=1.0))
    assert len(begun(one, 14_000, "power")) == 4


def test_the_same_seed_gives_the_same_room() -> None:
    rooms = [fleet(Room(1, 0)) for _ in range(2)]
    fine = begun(rooms[0], 9000, "dialysate_flow")
    assert fine == begun(rooms[1], 9000, "dialysate_flow")


def test_staff_are_slow_while_all_patients_come() -> None:
    one = fleet()
    while one.twins["M01"].phase is not Phase.CONNECTING:
        one.advance(10)
    one.advance(30)
    assert {machine.staff_pace for machine in one.twins.values()} == {1.8}
    one.advance(1200)
    assert {machine.staff_pace for machine in one.twins.values()} == {1.0}


def test_a_script_is_played() -> None:
    one = Fleet([twin(1, name) for name in NAMES], 1, STILL)
    lines = [
        '{"machine": "M02", "treatment": {"start": 2700, "patient": "P1"}}',
        '{"machines": ["M02"], "fault": {"kind": "pump_stop", "at": 4500, "seconds": 60}}',
    ]
    one.play(read_script(lines))
    truths = one.advance(4520)
    assert truths["M01"].phase is Phase.IDLE
    assert (truths["M02"].patient, truths["M02"].pump_on) == ("P1", False)


def test_a_machine_that_is_not_here_is_refused() -> None:
    with pytest.raises(KeyError, match="M99"):
        fleet().inflict(Fault(FaultKind.AIR), ["M99"])
