"""PCD-04 read: priorities, limits, phases and states as the guide says them, and as it
misspells them."""

from __future__ import annotations

import pytest

from devices.protocols.hl7.driver import Hl7Driver
from devices.protocols.hl7.examples import ARTERIAL_LOW_MUTED, PUMP_STOP_OVER, VENOUS_LOW
from devices.protocols.protocol import Refused
from domain.alarm import (
    AlarmEdge,
    Direction,
    EdgePhase,
    Inactivation,
    MachineState,
    Priority,
)
from tests.devices.protocols.hl7_words import alarm, read

VENOUS = "158776^MDC_HDIALY_BLD_PUMP_PRESS_VEN^MDC"
LOW, HIGH, OTHER = "196670^MDC_EVT_LO^MDC", "196648^MDC_EVT_HI^MDC", "196616^MDC_EVT_ALARM^MDC"
PUMP_STOP = "198242^MDC_EVT_HDIALY_BLD_PUMP_STOP^MDC"
UNIT = "mm[Hg]^mm[Hg]^UCUM"


def rows(
    kind: str = LOW,
    about: str = VENOUS,
    marks: str = "PH~SP",
    measured: str = f"NM|{VENOUS}|1.1.3.15.2|15|{UNIT}|20-400||||F",
    phase: str = "start",
    state: str = "active",
    quiet: str = "enabled",
) -> tuple[str, ...]:
    """The five observations of an alarm."""
    return (
        f"CWE|{kind}|1.0.0.0.1|{about}|||{marks}|||F",
        measured,
        f"ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1.0.0.0.3|{phase}||||||F",
        f"ST|68482^MDC_ATTR_ALARM_STATE^MDC|1.0.0.0.4|{state}||||||F",
        f"ST|68483^MDC_ATTR_ALARM_INACTIVATION_STATE^MDC|1.0.0.0.5|{quiet}||||||F",
    )


def edge_of(*observations: str) -> AlarmEdge:
    """The one edge that a message of these observations tells."""
    (edge,) = read(alarm(*observations)).edges
    return edge


def measured(value: str, limits: str, about: str = VENOUS, unit: str = UNIT) -> str:
    """The observation of the number that passed its limit."""
    return f"NM|{about}|1.1.3.15.2|{value}|{unit}|{limits}||||F"


def test_an_alarm_begins_with_its_value_and_both_limits() -> None:
    (edge,) = read(VENOUS_LOW.raw).edges
    assert edge == AlarmEdge(
        "venous_pressure",
        EdgePhase.START,
        Priority.HIGH,
        True,
        MachineState.ACTIVE,
        Inactivation.ENABLED,
        Direction.LOW,
        value=15,
        low=20,
        high=400,
    )


def test_below_an_arrow_that_points_the_wrong_way_lies_a_lower_limit() -> None:
    (edge,) = read(ARTERIAL_LOW_MUTED.raw).edges
    assert (edge.low, edge.high, edge.value) == (-200, None, -231)
    assert (edge.phase, edge.priority) == (EdgePhase.CONTINUE, Priority.MEDIUM)
    assert (edge.state, edge.inactivation) == (MachineState.LATCHED, Inactivation.AUDIO_PAUSED)
    assert (edge.direction, edge.inferred) == (Direction.LOW, False)


def test_an_event_known_by_another_name_ends() -> None:
    (edge,) = read(PUMP_STOP_OVER.raw).edges
    assert (edge.code, edge.phase) == ("blood_pump_stop", EdgePhase.END)
    assert (edge.state, edge.direction, edge.value) == (MachineState.INACTIVE, None, None)
    assert (edge.priority, edge.priority_from_machine) == (Priority.MEDIUM, False)


def test_an_alarm_message_is_no_sample() -> None:
    report = read(VENOUS_LOW.raw)
    assert (report.complete, report.values) == (False, {})


@pytest.mark.parametrize(
    ("kind", "limits", "low", "high"),
    [
        (HIGH, "> 400", None, 400),
        (HIGH, "< 400", None, 400),  # the other chapter's arrow
        (HIGH, "400", None, 400),
        (LOW, "<-200", -200, None),
        (LOW, ">-200", -200, None),
        (LOW, "-200--50", -200, -50),
        (LOW, "-200 - 50", -200, 50),
        (LOW, "20\u2013400", 20, 400),
        (LOW, "400-20", None, None),
        (LOW, "", None, None),
        (LOW, "about 20", None, None),
    ],
)
def test_limits_are_told_apart_by_what_was_passed(
    kind: str, limits: str, low: float | None, high: float | None
) -> None:
    edge = edge_of(*rows(kind=kind, measured=measured("-210", limits)))
    assert (edge.low, edge.high, edge.inferred) == (low, high, False)


@pytest.mark.parametrize(
    ("value", "limits", "direction"),
    [
        ("15", "20-400", Direction.LOW),
        ("450", "20-400", Direction.HIGH),
        ("200", "20-400", None),
        ("450", "> 400", Direction.HIGH),
        ("15", "> 20", Direction.LOW),
        ("", "> 400", None),
    ],
)
def test_a_direction_that_was_not_said_is_read_off_the_value(
    value: str, limits: str, direction: Direction | None
) -> None:
    edge = edge_of(*rows(kind=OTHER, measured=measured(value, limits)))
    assert (edge.direction, edge.inferred) == (direction, direction is not None)


@pytest.mark.parametrize(
    ("marks", "priority", "from_machine"),
    [
        ("PH~SP~L", Priority.HIGH, True),
        ("ST~PM", Priority.MEDIUM, True),
        ("pl", Priority.LOW, True),
        ("PI~SA", Priority.INFORMATION, True),
        ("PU~ST", Priority.UNKNOWN, True),
        ("PN~ST", Priority.HIGH, False),
        ("", Priority.HIGH, False),
    ],
)
def test_the_priority_is_the_machine_s_where_it_names_one(
    marks: str, priority: Priority, from_machine: bool
) -> None:
    edge = edge_of(*rows(marks=marks))
    assert (edge.priority, edge.priority_from_machine) == (priority, from_machine)


@pytest.mark.parametrize("word", ["start", "Start", "START "])
def test_a_phase_is_read_in_any_spelling(word: str) -> None:
    assert edge_of(*rows(phase=word)).phase is EdgePhase.START


@pytest.mark.parametrize(
    ("state", "phase"),
    [("active", EdgePhase.CONTINUE), ("latched", EdgePhase.CONTINUE), ("inactive", EdgePhase.END)],
)
def test_without_a_phase_the_state_tells_it(state: str, phase: EdgePhase) -> None:
    assert edge_of(*rows(phase="", state=state)).phase is phase


@pytest.mark.parametrize("changed", [{"phase": "soon"}, {"phase": "", "state": "shy"}])
def test_an_alarm_in_no_phase_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(Refused, match="OBX"):
        read(alarm(*rows(**changed)))


def test_an_alarm_message_without_an_alarm_is_refused() -> None:
    with pytest.raises(Refused, match="without an alarm"):
        read(alarm("ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1|start||||||F"))


@pytest.mark.parametrize(
    ("about", "kind", "priority"),
    [
        ("198262^MDC_EVT_HDIALY_SAFETY_VEN_AIR_DETECT^MDC", "air", Priority.HIGH),
        ("198252^^MDC", "air", Priority.HIGH),
        ("198244^MDC_EVT_HDIALY_BLOOD_LEAK^MDC", "blood_leak", Priority.HIGH),
        ("198260^MDC_EVT_HDIALY_SAFETY_VEN_ACCESS^MDC", "machine", Priority.HIGH),
        ("198272^MDC_EVT_HDIALY_UF_LO^MDC", "uf_deviation", Priority.MEDIUM),
        ("198270^MDC_EVT_HDIALY_THERAPY_TX_END_TIME^MDC", "notice", Priority.INFORMATION),
        ("0^MDC_HDIALY_DIALYSATE_COND^MDC", "conductivity", Priority.MEDIUM),
        ("158764^MDC_HDIALY_BLD_PUMP_SINGLE_NEEDLE_PRESS^MDC", "machine", Priority.MEDIUM),
        ("123456^MDC_NEW_THING^MDC", "machine", Priority.MEDIUM),
        ("", "machine", Priority.MEDIUM),
    ],
)
def test_every_alarm_is_one_of_ours_even_if_we_have_no_kind_for_it(
    about: str, kind: str, priority: Priority
) -> None:
    source = "CWE|68480^MDC_ATTR_ALERT_SOURCE^MDC|1.1.3.0.2|||||||F"
    edge = edge_of(*rows(kind=OTHER, about=about, marks="", measured=source))
    assert (edge.code, edge.priority) == (kind, priority)


def test_an_alarm_of_another_quantity_lends_its_number_to_none() -> None:
    pulse = "149546^MDC_PULS_RATE_NON_INV^MDC"
    edge = edge_of(
        *rows(kind=HIGH, about=pulse, measured=measured("150", "> 140", pulse, "{beats}/min"))
    )
    assert (edge.code, edge.text) == ("machine", "PULS_RATE_NON_INV")
    assert (edge.value, edge.low, edge.high) == (None, None, None)


def test_the_number_of_an_alarm_is_that_of_its_own_quantity() -> None:
    told = rows()
    arterial = measured("-75", "-300-50", "158744^MDC_HDIALY_BLD_PRESS_ART^MDC")
    edge = edge_of(told[0], arterial, *told[1:])
    assert (edge.value, edge.low, edge.high) == (15, 20, 400)


def test_words_in_place_of_a_name_are_not_passed_on() -> None:
    edge = edge_of(*rows(kind=OTHER, about="Li Ming", measured="ST|1^X^L|1|Li Ming||||||F"))
    assert "Li" not in repr(edge)


def test_limits_come_in_our_unit() -> None:
    edge = edge_of(*rows(measured=measured("2", "2.5-50", unit="kPa")))
    assert edge.low == pytest.approx(18.75, abs=0.01)
    assert edge.high == pytest.approx(375, abs=0.1)


AIR = "198262^MDC_EVT_HDIALY_SAFETY_VEN_AIR_DETECT^MDC"
ARTERIAL_AIR = "198252^MDC_EVT_HDIALY_SAFETY_ART_AIR_DETECT^MDC"


def air(about: str, phase: str, second: int = 0) -> bytes:
    """An air alarm at this second."""
    source = "CWE|68480^MDC_ATTR_ALERT_SOURCE^MDC|1.1.7.0.2|||||||F"
    state = "inactive" if phase == "end" else "active"
    told = rows(OTHER, about, "PH~ST", source, phase, state)
    return alarm(*told, at=f"20191003{9 + second // 3600:02}{second // 60 % 60:02}00+0000")


def phases(*messages: bytes) -> list[EdgePhase]:
    """What becomes of messages on one line."""
    driver = Hl7Driver()
    return [edge.phase for raw in messages for edge in read(raw, driver).edges]


def test_a_kind_of_ours_ends_when_the_last_of_its_alarms_does() -> None:
    start, go_on, end = EdgePhase.START, EdgePhase.CONTINUE, EdgePhase.END
    told = phases(
        air(AIR, "start"), air(ARTERIAL_AIR, "start"), air(AIR, "end"), air(ARTERIAL_AIR, "end")
    )
    assert told == [start, start, go_on, end]


def test_an_alarm_whose_end_was_lost_does_not_keep_another_alive() -> None:
    told = phases(air(AIR, "start"), air(ARTERIAL_AIR, "start", 60), air(ARTERIAL_AIR, "end", 180))
    assert told[-1] is EdgePhase.END
