"""Alarms: what machines raise, and the two lives of each.

The machine's life (is the condition there, is the signal paused) is only ever reported; ours
(who has seen it, what was noted) is kept by us. Neither closes the other. This program is not
the alarm: the machine is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.words import Words, words


class Priority(StrEnum):
    """As IEC 60601-1-8 ranks them."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"
    INFORMATION = "I"
    UNKNOWN = "U"


class Cause(StrEnum):
    """Physiological, technical or advisory."""

    PHYSIOLOGICAL = "phy"
    TECHNICAL = "tec"
    ADVISORY = "adv"


class EdgePhase(StrEnum):
    """What is said of the condition: it begins, it is still there, it has ended."""

    START = "start"
    CONTINUE = "continue"
    END = "end"


class MachineState(StrEnum):
    """The machine's own word on the alarm; `unknown` once the wire is lost."""

    INACTIVE = "inactive"
    ACTIVE = "active"
    LATCHED = "latched"
    OFF = "off"
    UNKNOWN = "unknown"


class Inactivation(StrEnum):
    """What the operator did to the alarm at the machine."""

    ENABLED = "enabled"
    AUDIO_PAUSED = "audio-paused"
    AUDIO_OFF = "audio-off"
    ALARM_PAUSED = "alarm-paused"
    ALARM_OFF = "alarm-off"
    ACKNOWLEDGED = "alert-acknowledged"


class Direction(StrEnum):
    """Which limit was passed."""

    HIGH = "HI"
    LOW = "LO"


@dataclass(frozen=True, slots=True)
class AlarmKind:
    """A row of the catalog: the code we use, its priority where the machine names none, the
    quantity it watches, and the MDC event or alarm source it is known by."""

    code: str
    title: Words
    cause: Cause
    priority: Priority
    quantity: str = ""
    mdc: int | None = None
    latches: bool = False


ALARM_KINDS: tuple[AlarmKind, ...] = (
    AlarmKind(
        "arterial_pressure", words("arterial pressure"), Cause.PHYSIOLOGICAL, Priority.HIGH,
        "arterial_pressure_mmhg", 158744, latches=True,
    ),
    AlarmKind(
        "venous_pressure", words("venous pressure"), Cause.PHYSIOLOGICAL, Priority.HIGH,
        "venous_pressure_mmhg", 158776, latches=True,
    ),
    AlarmKind(
        "inlet_pressure", words("dialyzer inlet pressure"), Cause.PHYSIOLOGICAL, Priority.HIGH,
        "inlet_pressure_mmhg", 158756, latches=True,
    ),
    AlarmKind(
        "dialysate_pressure", words("dialysate pressure"), Cause.TECHNICAL, Priority.MEDIUM,
        "dialysate_pressure_mmhg",
    ),
    AlarmKind(
        "tmp", words("transmembrane pressure"), Cause.PHYSIOLOGICAL, Priority.MEDIUM,
        "tmp_mmhg", 158852,
    ),
    AlarmKind(
        "conductivity", words("conductivity"), Cause.TECHNICAL, Priority.MEDIUM,
        "dialysate_cond_ms_cm", 158788,
    ),
    AlarmKind(
        "temperature", words("dialysate temperature"), Cause.TECHNICAL, Priority.MEDIUM,
        "dialysate_temp_c", 158796,
    ),
    AlarmKind(
        "dialysate_flow", words("dialysate flow"), Cause.TECHNICAL, Priority.MEDIUM,
        "dialysate_flow_ml_min", 158792,
    ),
    AlarmKind(
        "air", words("air in the blood line"), Cause.TECHNICAL, Priority.HIGH, mdc=198262,
        latches=True,
    ),
    AlarmKind(
        "blood_leak", words("blood leak"), Cause.TECHNICAL, Priority.HIGH, mdc=198244,
        latches=True,
    ),
    AlarmKind(
        "uf_deviation", words("ultrafiltration deviates"), Cause.TECHNICAL, Priority.MEDIUM,
        "uf_volume_ml", 198276,
    ),
    AlarmKind(
        "uf_goal", words("fluid goal reached"), Cause.ADVISORY, Priority.LOW, "uf_volume_ml", 198278
    ),
    AlarmKind(
        "blood_pump_stop", words("blood pump stopped"), Cause.TECHNICAL, Priority.MEDIUM,
        "blood_flow_ml_min", 198242,
    ),
    AlarmKind(
        "blood_pressure", words("blood pressure of the patient"), Cause.PHYSIOLOGICAL,
        Priority.MEDIUM, "nibp_sys_mmhg", 150021,
    ),
    AlarmKind(
        "syringe", words("anticoagulant syringe"), Cause.TECHNICAL, Priority.LOW,
        "anticoag_volume_ml", 198238,
    ),
    AlarmKind("power", words("mains power"), Cause.TECHNICAL, Priority.HIGH, latches=True),
    AlarmKind("self_test", words("self test"), Cause.TECHNICAL, Priority.MEDIUM, mdc=198216),
    AlarmKind("machine", words("other alarm"), Cause.TECHNICAL, Priority.MEDIUM, mdc=198258),
    AlarmKind("notice", words("notice"), Cause.ADVISORY, Priority.INFORMATION),
)  # fmt: skip

ALARM_KIND: dict[str, AlarmKind] = {kind.code: kind for kind in ALARM_KINDS}


@dataclass(frozen=True, slots=True)
class AlarmEdge:
    """What the machine said of one alarm at one moment. `code` is one of `ALARM_KINDS`.

    `priority_from_machine` is false where our table stands in for a protocol that names none;
    `inferred` is true where the direction was read off the value, not said."""

    code: str
    phase: EdgePhase
    priority: Priority
    priority_from_machine: bool
    state: MachineState = MachineState.ACTIVE
    inactivation: Inactivation = Inactivation.ENABLED
    direction: Direction | None = None
    inferred: bool = False
    value: float | None = None
    low: float | None = None
    high: float | None = None
    text: str = ""
