"""From reports to samples and events: nothing invented, nothing closed by a lost line."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from devices.gateway.belief import HELD, Belief, Memory, Speaker, Trust
from devices.gateway.remembered import kept, recalled
from devices.protocols.protocol import AlarmLevel, BloodPressure, Report
from domain.alarm import (
    AlarmEdge,
    Direction,
    EdgePhase,
    Inactivation,
    MachineState,
    Priority,
)
from domain.telemetry import Event, EventKind, Generation, LinkStatus, Phase, Sample, Validity
from tests.devices.gateway.world import BOOT, NOW

SPEAKER = Speaker("HD-1", "gw", BOOT, "polled", Generation.TEST)
AIR = frozenset({AlarmLevel("air")})
NONE: frozenset[AlarmLevel] = frozenset()
START, GOES_ON, END = EdgePhase.START, EdgePhase.CONTINUE, EdgePhase.END


def asking(memory: Memory | None = None) -> Belief:
    """We poll it, and its frames have a sum of eight bits."""
    return Belief(SPEAKER, Trust(weak=True, asks=True), memory)


def hearing(memory: Memory | None = None) -> Belief:
    """It speaks unasked, over TCP."""
    return Belief(SPEAKER, Trust(weak=False, asks=False), memory)


def pushing() -> Belief:
    """It speaks unasked, and its frames have a sum of eight bits."""
    return Belief(SPEAKER, Trust(weak=True, asks=False))


def report(
    levels: frozenset[AlarmLevel] | None = None,
    values: Mapping[str, float] | None = None,
    phase: Phase | None = None,
    cuff: BloodPressure | None = None,
) -> Report:
    return Report(
        complete=True, values=values or {}, levels=levels, phase=phase, blood_pressure=cuff
    )


def events(belief: Belief, said: Report, now: float = 0) -> list[Event]:
    return [one for one in belief.take(said, now, NOW).entries if isinstance(one, Event)]


def edges(belief: Belief, said: Report) -> list[tuple[str, EdgePhase, MachineState]]:
    alarms = [one.alarm for one in events(belief, said) if one.alarm]
    return [(edge.code, edge.phase, edge.state) for edge in alarms]


def test_a_whole_report_is_a_sample_that_says_who_and_when() -> None:
    believed = hearing().take(report(values={"tmp_mmhg": 92, "ktv_sp": 9}), 0, NOW)
    (sample,) = believed.entries
    assert isinstance(sample, Sample)
    assert (sample.key.machine, sample.key.boot, sample.key.seq) == ("HD-1", BOOT, 0)
    assert (sample.origin.gateway, sample.origin.ts) == ("gw", NOW)
    assert sample.origin.generation is Generation.TEST
    assert sample.values == {"tmp_mmhg": 92}
    assert sample.quality == {"ktv_sp": Validity.QUESTIONABLE}


def test_an_acknowledgement_alone_is_no_sample() -> None:
    assert asking().take(Report(complete=False, values={"tmp_mmhg": 92}), 0, NOW).entries == ()


def test_a_level_that_is_polled_opens_an_alarm_at_the_second_reading() -> None:
    belief = asking()
    first = belief.take(report(AIR), 0, NOW)
    assert (len(first.entries), first.again) == (1, True)
    (event,) = events(belief, report(AIR, {"venous_pressure_mmhg": 5}), 1)
    assert (event.kind, event.alarm) == (
        EventKind.ALARM, AlarmEdge("air", START, Priority.HIGH, priority_from_machine=False),
    )  # fmt: skip
    assert events(belief, report(AIR)) == []
    assert not belief.take(report(AIR), 2, NOW).again


def test_a_level_that_one_frame_alone_shows_is_no_alarm() -> None:
    belief = asking()
    assert edges(belief, report(AIR)) == []
    assert edges(belief, report(NONE)) == []
    assert edges(belief, report(AIR)) == []


def test_a_level_that_one_frame_alone_lacks_does_not_end_its_alarm() -> None:
    belief = asking()
    events(belief, report(AIR))
    events(belief, report(AIR))
    assert edges(belief, report(NONE)) == []
    assert edges(belief, report(AIR)) == []
    assert edges(belief, report(NONE)) == []
    assert edges(belief, report(NONE)) == [("air", END, MachineState.INACTIVE)]
    assert belief.active == ()


def test_a_frame_that_does_not_speak_of_alarms_ends_none() -> None:
    belief = asking()
    for _ in range(2):
        events(belief, report(AIR))
    assert [edges(belief, report(None)) for _ in range(3)] == [[], [], []]
    assert [edge.code for edge in belief.active] == ["air"]


def test_the_side_of_an_alarm_may_change_between_the_two_readings() -> None:
    belief = asking()
    high, low = (
        frozenset({AlarmLevel("venous_pressure", one, inferred=True)}) for one in Direction
    )
    assert edges(belief, report(high)) == []
    assert edges(belief, report(low)) == [("venous_pressure", START, MachineState.ACTIVE)]
    assert edges(belief, report(high)) == []
    assert len(belief.active) == 1


def test_a_machine_whose_frames_are_carried_safely_is_believed_at_once() -> None:
    level = frozenset({AlarmLevel("venous_pressure", Direction.HIGH, inferred=True)})
    (event,) = events(hearing(), report(level, {"venous_pressure_mmhg": 310}))
    assert event.alarm is not None
    assert (event.alarm.direction, event.alarm.inferred) == (Direction.HIGH, True)
    assert (event.alarm.value, event.alarm.priority_from_machine) == (310, False)


def test_a_lost_line_makes_alarms_unknown_and_closes_none() -> None:
    belief = hearing()
    events(belief, report(AIR))
    said = belief.status(LinkStatus.NO_REPLY, NOW)
    link, alarm = (one for one in said if isinstance(one, Event))
    assert (link.kind, link.text) == (EventKind.LINK, "no_reply")
    assert alarm.alarm is not None
    assert (alarm.alarm.phase, alarm.alarm.state) == (GOES_ON, MachineState.UNKNOWN)
    assert (belief.known, [edge.code for edge in belief.active]) == (False, ["air"])
    assert len(belief.status(LinkStatus.PORT_ERROR, NOW)) == 1


def test_after_a_lost_line_alarms_go_on_or_end_as_the_machine_says() -> None:
    there, gone = hearing(), hearing()
    for belief in (there, gone):
        events(belief, report(AIR))
        belief.status(LinkStatus.NO_REPLY, NOW)
        belief.status(LinkStatus.ONLINE, NOW)
        assert not belief.known
    assert edges(there, report(AIR)) == [("air", GOES_ON, MachineState.ACTIVE)]
    assert edges(gone, report(NONE)) == [("air", END, MachineState.INACTIVE)]
    assert (there.known, gone.known) == (True, True)


def test_a_restart_ends_the_alarms_that_are_over_and_begins_no_second_time() -> None:
    before = hearing()
    events(before, report(AIR | {AlarmLevel("tmp")}, phase=Phase.TREATMENT))
    after = hearing(recalled(kept(before.memory)))
    assert not after.known
    assert edges(after, report(AIR, phase=Phase.TREATMENT)) == [
        ("air", GOES_ON, MachineState.ACTIVE),
        ("tmp", END, MachineState.INACTIVE),
    ]


def test_what_is_remembered_and_cannot_be_read_is_nothing() -> None:
    assert recalled(b"") == recalled(b"{") == recalled(b'{"phase":"sleep"}') == Memory()


def test_a_buffered_blood_pressure_is_one_until_its_time_changes() -> None:
    belief = asking()
    first = BloodPressure("101500", {"nibp_sys_mmhg": 132, "nibp_dia_mmhg": 78})
    later = BloodPressure("104500", first.values)
    told = [events(belief, report(cuff=one)) for one in (first, first, first, later, later, later)]
    assert [len(one) for one in told] == [0, 1, 0, 0, 1, 0]
    assert told[1][0].kind is EventKind.BLOOD_PRESSURE
    assert told[4][0].values == first.values


def test_a_restart_does_not_measure_the_blood_pressure_again() -> None:
    cuff = BloodPressure("101500", {"nibp_sys_mmhg": 132})
    after = asking(recalled(kept(Memory(taken="101500"))))
    assert [events(after, report(cuff=cuff)) for _ in range(3)] == [[], [], []]


@pytest.mark.parametrize(
    "values",
    [{}, {"nibp_sys_mmhg": 999}, {"nibp_sys_mmhg": 80, "nibp_dia_mmhg": 120}],
    ids=["none", "out of range", "upside down"],
)
def test_a_blood_pressure_that_cannot_be_is_none(values: Mapping[str, float]) -> None:
    assert events(hearing(), report(cuff=BloodPressure("1", values))) == []


def test_a_phase_is_an_event_when_it_changes_and_is_read_twice() -> None:
    belief = asking()
    said = [Phase.IDLE, Phase.IDLE, Phase.IDLE, Phase.TREATMENT, Phase.IDLE, Phase.IDLE]
    told = [[one.text for one in events(belief, report(phase=phase))] for phase in said]
    assert told == [[], ["idle"], [], [], [], []]


def test_the_end_of_a_phase_that_is_followed_by_none_is_an_event() -> None:
    belief = hearing()
    said = [Phase.TREATMENT, None, None]
    told = [[one.text for one in events(belief, report(phase=phase))] for phase in said]
    assert told == [["treatment"], [""], []]
    alone = Report(complete=False)
    events(belief, report(phase=Phase.TREATMENT))
    assert events(belief, alone) == []


def test_edges_of_the_machine_are_passed_on_but_not_repeated() -> None:
    belief = hearing()

    def say(phase: EdgePhase, inactivation: Inactivation = Inactivation.ENABLED) -> int:
        edge = AlarmEdge("air", phase, Priority.HIGH, True, inactivation=inactivation)
        return len(events(belief, Report(complete=False, edges=(edge,))))

    paused = Inactivation.AUDIO_PAUSED
    assert [say(START), say(START), say(GOES_ON), say(GOES_ON, paused)] == [1, 0, 0, 1]
    assert say(GOES_ON, paused) == 0
    assert [say(END), belief.active] == [1, ()]


def test_an_operation_is_an_event_with_its_values() -> None:
    said = Report(complete=False, values={"uf_target_ml": 2600}, operation="target changed")
    (event,) = events(hearing(), said)
    assert (event.kind, event.text) == (EventKind.OPERATION, "target changed")
    assert event.values == {"uf_target_ml": 2600}


def test_a_phase_that_is_pushed_is_an_event_once_it_was_said_twice_in_a_row() -> None:
    belief = pushing()
    said = [Phase.TREATMENT, Phase.TREATMENT, None, Phase.TREATMENT, None, None]
    told = [[one.text for one in events(belief, report(phase=phase))] for phase in said]
    assert told == [[], ["treatment"], [], [], [], [""]]


def test_an_alarm_between_two_samples_does_not_make_a_phase_wait_longer() -> None:
    belief = pushing()
    events(belief, report(phase=Phase.TREATMENT))
    events(belief, alarms(AIR))
    assert [one.text for one in events(belief, report(phase=Phase.TREATMENT))] == ["treatment"]


def test_a_sample_says_nothing_of_a_phase_in_doubt() -> None:
    belief = pushing()
    told = [belief.take(report(phase=Phase.TREATMENT), 0, NOW).entries[0] for _ in range(2)]
    assert [one.phase for one in told if isinstance(one, Sample)] == [None, Phase.TREATMENT]


def alarms(levels: frozenset[AlarmLevel], shape: str = "AL:1:usual") -> Report:
    """A message that is not said again."""
    return Report(complete=False, levels=levels, shape=shape)


def test_an_alarm_that_is_pushed_once_is_told_at_once_if_it_looks_as_ever() -> None:
    belief = pushing()
    assert edges(belief, alarms(AIR)) == [("air", START, MachineState.ACTIVE)]
    assert edges(belief, alarms(NONE)) == [("air", END, MachineState.INACTIVE)]


def test_an_alarm_in_an_odd_message_is_held_until_it_is_said_again() -> None:
    belief = pushing()
    events(belief, alarms(NONE))
    first = belief.take(alarms(AIR, "AL:1:odd"), 1, NOW)
    assert (first.entries, first.held) == ((), True)
    assert edges(belief, alarms(AIR, "AL:1:odd")) == [("air", START, MachineState.ACTIVE)]


def test_an_odd_message_is_taken_back_by_one_that_looks_as_ever() -> None:
    belief = pushing()
    events(belief, alarms(NONE))
    belief.take(alarms(AIR, "AL:1:odd"), 1, NOW)
    assert events(belief, alarms(NONE), 2) == []
    assert events(belief, report(), 2 + HELD) == []


def test_an_odd_message_that_nobody_takes_back_is_not_lost() -> None:
    belief = pushing()
    events(belief, alarms(NONE))
    belief.take(alarms(AIR, "AL:1:odd"), 1, NOW)
    assert events(belief, report(), HELD) == []
    (event,) = events(belief, report(), 1 + HELD)
    assert event.alarm is not None
    assert (event.alarm.code, event.alarm.phase) == ("air", START)


def test_what_the_machine_says_is_not_there_ends_an_alarm_that_was_remembered() -> None:
    air = AlarmEdge("air", START, Priority.HIGH, True)
    belief = hearing(recalled(kept(Memory(active=(air,)))))
    gone = Report(complete=True, cleared=frozenset({"air", "tmp"}))
    assert edges(belief, gone) == [("air", END, MachineState.INACTIVE)]
    assert edges(belief, gone) == []
    assert belief.active == ()
