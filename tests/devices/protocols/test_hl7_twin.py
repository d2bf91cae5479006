"""A simulated machine speaks as the guide wants: what, when, and again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from devices.protocols.hl7.codec import MllpCodec
from devices.protocols.hl7.driver import Hl7Driver
from devices.protocols.hl7.tree import SHOWN
from devices.protocols.hl7.twin import PACE, REPEAT, RETRY, Face
from devices.protocols.listed import PROTOCOL
from devices.protocols.protocol import Frame, Report
from devices.twin.truth import AlarmChange, TrueAlarm, Truth
from domain.alarm import (
    ALARM_KINDS,
    AlarmKind,
    Direction,
    EdgePhase,
    Inactivation,
    MachineState,
    Priority,
)
from domain.quantity import QUANTITIES
from domain.telemetry import Phase
from tests.devices.protocols.hl7_words import AT, PATIENT

CLOCK = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
ALL = {quantity.name: (quantity.low + quantity.high) / 2 for quantity in QUANTITIES}
LOW = TrueAlarm("venous_pressure", Priority.HIGH, 0, Direction.LOW, value=15, low=20, high=400)


def truth(seconds: float = 0.0, phase: Phase = Phase.TREATMENT, **values: float) -> Truth:
    """A machine that shows these values."""
    clock = CLOCK + timedelta(seconds=seconds)
    return Truth(seconds, "SN-1", "T|1", True, phase, clock, values, patient=PATIENT)


def with_alarm(seconds: float, *alarms: TrueAlarm) -> Truth:
    """The same with alarms."""
    return replace(truth(seconds, venous_pressure_mmhg=100), alarms=alarms)


class Line:
    """A machine and us, every message acknowledged at once."""

    def __init__(self) -> None:
        self.face, self.codec, self.driver = Face("SN-1"), MllpCodec(), Hl7Driver()

    def heard(self, moment: Truth) -> list[tuple[str, Report]]:
        """What we make of what it says now."""
        told = []
        for piece in self.codec.feed(self.face.speak(moment)):
            assert isinstance(piece, Frame)
            told.append((piece.kind, self.driver.interpret(piece)))
            self.face.hear(self.driver.answer(piece, AT, True), moment)
        return told

    def kinds(self, moment: Truth) -> list[str]:
        """Which messages it sends now."""
        return [kind for kind, _ in self.heard(moment)]

    def edges(self, moment: Truth) -> list[tuple[EdgePhase, MachineState]]:
        """What becomes of its alarms now."""
        return [(e.phase, e.state) for _, report in self.heard(moment) for e in report.edges]


def test_the_state_comes_at_its_pace() -> None:
    line = Line()
    sent = [line.kinds(truth(second, uf_volume_ml=second)) for second in range(11)]
    assert [second for second, kinds in enumerate(sent) if kinds] == [0, PACE, 2 * PACE]


@pytest.mark.parametrize(
    "change",
    [
        {"phase": Phase.REINFUSION},
        {"bypass": True},
        {"pump_on": True},
        {"nibp_at": CLOCK},
        {"modality": "HDF"},
    ],
)
def test_a_change_of_state_comes_at_once(change: dict[str, object]) -> None:
    line = Line()
    line.heard(truth(0))
    assert line.kinds(truth(1)) == []
    assert line.kinds(replace(truth(1), **change)) == ["ORU^R01"]  # type: ignore[arg-type]


def test_it_carries_all_that_the_protocol_claims_to_carry() -> None:
    assert PROTOCOL["hl7"].quantities == SHOWN
    ((_, report),) = Line().heard(replace(truth(0), values=ALL))
    assert report.values.keys() == SHOWN
    assert report.serial == "SN-1"
    assert report.device_time == CLOCK
    assert report.unparsed == b""


@pytest.mark.parametrize("phase", [Phase.IDLE, Phase.SERVICE])
def test_an_idle_machine_shows_its_own_channel_alone(phase: Phase) -> None:
    raw = Face("SN-1").speak(truth(0, phase, venous_pressure_mmhg=3))
    assert re.findall(rb"\^(MDC_DEV_\w+_CHAN)\^", raw) == [b"MDC_DEV_HDIALY_MACH_CONFIG_CHAN"]


def test_an_alarm_begins_goes_on_changes_and_ends() -> None:
    line = Line()
    line.heard(with_alarm(0))
    active, quiet = MachineState.ACTIVE, replace(LOW, inactivation=Inactivation.AUDIO_PAUSED)
    assert line.edges(with_alarm(1, LOW)) == [(EdgePhase.START, active)]
    assert line.edges(with_alarm(2, replace(LOW, value=12))) == []
    assert line.edges(with_alarm(3, quiet)) == [(EdgePhase.CONTINUE, active)]
    assert line.edges(with_alarm(3 + REPEAT - 1, quiet)) == []
    assert line.edges(with_alarm(3 + REPEAT, quiet)) == [(EdgePhase.CONTINUE, active)]
    assert line.edges(with_alarm(30)) == [(EdgePhase.END, MachineState.INACTIVE)]
    assert line.edges(with_alarm(31)) == []


def test_an_alarm_that_began_and_ended_between_two_looks_is_told() -> None:
    line = Line()
    line.heard(with_alarm(0))
    changes = (AlarmChange(LOW, EdgePhase.START), AlarmChange(LOW, EdgePhase.END))
    told = line.edges(replace(with_alarm(1), changes=changes))
    assert [phase for phase, _ in told] == [EdgePhase.START, EdgePhase.END]
    assert line.edges(replace(with_alarm(1), changes=changes)) == []


@pytest.mark.parametrize("kind", ALARM_KINDS, ids=lambda kind: kind.code)
@pytest.mark.parametrize("direction", [Direction.HIGH, Direction.LOW, None])
def test_every_alarm_of_ours_arrives_as_what_it_is(
    kind: AlarmKind, direction: Direction | None
) -> None:
    alarm = TrueAlarm(kind.code, Priority.MEDIUM, 0, direction, MachineState.LATCHED)
    edge = next(edge for _, report in Line().heard(with_alarm(0, alarm)) for edge in report.edges)
    assert (edge.code, edge.direction) == (kind.code, direction)
    assert (edge.priority, edge.priority_from_machine) == (Priority.MEDIUM, True)
    assert (edge.phase, edge.state) == (EdgePhase.START, MachineState.LATCHED)


def test_the_value_and_the_limits_of_an_alarm_arrive() -> None:
    (edge,) = (edge for _, report in Line().heard(with_alarm(0, LOW)) for edge in report.edges)
    assert (edge.value, edge.low, edge.high) == (15, 20, 400)
    only = replace(LOW, code="arterial_pressure", value=-231, low=-200, high=None)
    (edge,) = (edge for _, report in Line().heard(with_alarm(0, only)) for edge in report.edges)
    assert (edge.value, edge.low, edge.high) == (-231, -200, None)


def test_a_lower_limit_alone_is_written_as_the_guide_s_chapter_on_alarms_does() -> None:
    only = replace(LOW, low=20, high=None)
    assert b"|mm[Hg]^mm[Hg]^UCUM|< 20||||F\r" in Face("SN-1").speak(with_alarm(0, only))
    above = replace(LOW, direction=Direction.HIGH, value=450, low=None, high=400)
    assert b"|450|mm[Hg]^mm[Hg]^UCUM|> 400||||F\r" in Face("SN-1").speak(with_alarm(0, above))


def test_what_is_not_answered_is_said_once_more_and_kept_once() -> None:
    face, codec, driver = Face("SN-1", pace=1e9), MllpCodec(), Hl7Driver()
    first = face.speak(truth(0))
    assert [face.speak(truth(second)) for second in (1, RETRY - 1)] == [b"", b""]
    again = face.speak(truth(RETRY))
    assert again == first
    assert face.speak(truth(5 * RETRY)) == b""
    reports = []
    for piece in codec.feed(first + again):
        assert isinstance(piece, Frame)
        reports.append(driver.interpret(piece))
        driver.answer(piece, AT, True)
    assert [report.complete for report in reports] == [True, False]


def test_an_answer_in_pieces_is_understood() -> None:
    face, driver = Face("SN-1", pace=1e9), Hl7Driver()
    (piece,) = MllpCodec().feed(face.speak(truth(0)))
    assert isinstance(piece, Frame)
    for byte in driver.answer(piece, AT, False):
        assert face.hear(bytes([byte]), truth(1)) == b""
    assert face.speak(truth(2 * RETRY)) == b""


def test_noise_from_the_host_fills_no_memory() -> None:
    face = Face("SN-1")
    for _ in range(100):
        face.hear(b"x" * 10_000, truth(0))
    assert len(face._heard) <= 4096


def test_a_machine_that_lost_power_begins_anew() -> None:
    line = Line()
    line.heard(with_alarm(0, LOW))
    assert line.face.speak(replace(with_alarm(1, LOW), powered=False)) == b""
    told = line.heard(with_alarm(2, LOW))
    assert [kind for kind, _ in told] == ["ORU^R40", "ORU^R01"]


def test_each_machine_has_an_address_of_its_own() -> None:
    names = {
        re.findall(rb"\^([0-9A-F]{6}FFFE[0-9A-F]{6})\^EUI-64", Face(serial).speak(truth()))[0]
        for serial in ("SN-1", "SN-2", "SN-3")
    }
    assert len(names) == 3


def test_a_machine_without_a_zone_has_no_time_that_we_could_use() -> None:
    local = replace(truth(0), clock=CLOCK.replace(tzinfo=None))
    ((_, report),) = Line().heard(local)
    assert report.device_time is None
