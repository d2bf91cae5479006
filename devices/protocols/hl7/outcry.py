"""How a simulated machine words one alarm: the five observations of the guide's PCD-04.

Written from the guide's table of alarms, never from the driver's. Limits are written as its
chapter on alarms writes them, with `<` for a lower limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.twin.truth import TrueAlarm
from domain.alarm import ALARM_KIND, Cause, Direction, EdgePhase, Priority

AlarmKey = tuple[str, Direction | None]


@dataclass(frozen=True, slots=True)
class Outcry:
    """An alarm and what is to be said of it."""

    alarm: TrueAlarm
    phase: EdgePhase


@dataclass(frozen=True, slots=True)
class Measured:
    """The parameter whose limit was passed: identifier, place in the tree, unit, decimals."""

    identifier: str
    place: str
    unit: str
    decimals: int = 0


_H = "MDC_HDIALY_"
_E = "MDC_EVT_HDIALY_"
_MEASURED = {
    "arterial_pressure": Measured(f"158744^{_H}BLD_PRESS_ART^MDC", "1.1.3.13", "mm[Hg]"),
    "venous_pressure": Measured(f"158776^{_H}BLD_PUMP_PRESS_VEN^MDC", "1.1.3.16", "mm[Hg]"),
    "inlet_pressure": Measured(
        f"158756^{_H}BLD_PUMP_PRESS_ART_POST_PUMP^MDC", "1.1.3.14", "mm[Hg]"
    ),
    "dialysate_pressure": Measured(
        "192513^MDCX_CLEARSHIFT_DIALYSATE_PRESS^MDC", "1.1.4.20", "mm[Hg]"
    ),
    "tmp": Measured(f"158852^{_H}FILTER_TRANSMEMBRANE_PRESS^MDC", "1.1.5.11", "mm[Hg]"),
    "conductivity": Measured(f"158788^{_H}DIALYSATE_COND^MDC", "1.1.4.12", "mS/cm", 2),
    "temperature": Measured(f"158796^{_H}DIALYSATE_TEMP^MDC", "1.1.4.13", "Cel", 1),
    "dialysate_flow": Measured(f"158792^{_H}DIALYSATE_FLOW_RATE^MDC", "1.1.4.11", "ml/min"),
    "blood_pressure": Measured("150021^MDC_PRESS_BLD_NONINV_SYS^MDC", "1.2.1.14", "mm[Hg]"),
}
_HAPPENED = {
    "air": (f"198262^{_E}SAFETY_VEN_AIR_DETECT^MDC", "1.1.7.0.2"),
    "blood_leak": (f"198244^{_E}BLOOD_LEAK^MDC", "1.1.4.0.2"),
    "uf_deviation": (f"198276^{_E}UF_RATE_RANGE^MDC", "1.1.9.0.2"),
    "uf_goal": (f"198278^{_E}UF_GOAL_MET^MDC", "1.1.9.0.2"),
    "blood_pump_stop": (f"198242^{_E}BLD_PUMP_STOP^MDC", "1.1.3.0.2"),
    "syringe": (f"198238^{_E}ANTICOAG_SYRINGE_EMPTY^MDC", "1.1.2.0.2"),
    "self_test": ("198216^MDC_EVT_SELFTEST_FAILURE^MDC", "1.1.7.0.2"),
    "power": ("192514^MDCX_CLEARSHIFT_EVT_MAINS^MDC", "1.1.7.0.2"),
    "notice": ("192515^MDCX_CLEARSHIFT_EVT_NOTICE^MDC", "1.1.1.0.2"),
}
_GENERAL = (f"198258^{_E}SAFETY_SYSTEM_GENERAL^MDC", "1.1.7.0.2")
_TYPES = {
    Direction.HIGH: "196648^MDC_EVT_HI^MDC",
    Direction.LOW: "196670^MDC_EVT_LO^MDC",
    None: "196616^MDC_EVT_ALARM^MDC",
}
_PRIORITIES = {
    Priority.HIGH: "PH", Priority.MEDIUM: "PM", Priority.LOW: "PL",
    Priority.INFORMATION: "PI", Priority.UNKNOWN: "PU",
}  # fmt: skip
_CAUSES = {Cause.PHYSIOLOGICAL: "SP", Cause.TECHNICAL: "ST", Cause.ADVISORY: "SA"}
_ABNORMAL = {Direction.HIGH: "~H", Direction.LOW: "~L", None: ""}


def key(alarm: TrueAlarm) -> AlarmKey:
    """What tells one alarm of a machine from another."""
    return alarm.code, alarm.direction


def alarm_rows(one: Outcry) -> list[str]:
    """The observations without their numbers: the tree's head, then the five."""
    alarm = one.alarm
    measured = _MEASURED.get(alarm.code)
    what, place = _HAPPENED.get(alarm.code, _GENERAL)
    kind = _TYPES[alarm.direction if measured else None]
    marks = f"{_PRIORITIES[alarm.priority]}~{_CAUSES[ALARM_KIND[alarm.code].cause]}"
    marks += _ABNORMAL[alarm.direction]
    subject = measured.identifier if measured else what
    quiet = alarm.inactivation.value
    state = "inactive" if one.phase is EdgePhase.END else alarm.state.value
    return [
        "ST|70929^MDC_DEV_HDIALY_MACHINE_MDS^MDC|1.0.0|||||||F",
        "ST|70934^MDC_DEV_HDIALY_VMD^MDC|1.1|||||||F",
        f"CWE|{kind}|1.0.0.0.1|{subject}|||{marks}|||F",
        _measure(measured, alarm)
        if measured
        else f"CWE|68480^MDC_ATTR_ALERT_SOURCE^MDC|{place}|||||||F",
        f"ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1.0.0.0.3|{one.phase.value}||||||F",
        f"ST|68482^MDC_ATTR_ALARM_STATE^MDC|1.0.0.0.4|{state}||||||F",
        f"ST|68483^MDC_ATTR_ALARM_INACTIVATION_STATE^MDC|1.0.0.0.5|{quiet}||||||F",
    ]


def _measure(what: Measured, alarm: TrueAlarm) -> str:
    unit = f"{what.unit}^{what.unit}^UCUM"
    value, low, high = (_number(number, what) for number in (alarm.value, alarm.low, alarm.high))
    limits = f"{low}-{high}" if low and high else f"< {low}" if low else f"> {high}" if high else ""
    return f"NM|{what.identifier}|{what.place}.2|{value}|{unit}|{limits}||||F"


def _number(value: float | None, what: Measured) -> str:
    return "" if value is None else f"{round(value, what.decimals) or 0.0:.{what.decimals}f}"
