"""What the codes of IEEE 11073-10101 mean to us, as the guide lists them.

An observation is known by its identifier (OBX-3) alone: its place in the tree (OBX-4) changes
from treatment to treatment. The code decides; where it is 0 (not assigned when the guide was
printed), missing or private, the reference id does. A setting is 0x01000000 above what is
measured, and never taken for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.alarm import Priority
from domain.quantity import QUANTITIES

SETTING = 0x0100_0000
MODE, PUMP_ON, BYPASS = 158594, 158596, 158597
SERIAL = 531972
EVENT_ALARM, EVENT_HIGH, EVENT_LOW = 196616, 196648, 196670
ALERT_SOURCE, EVENT_PHASE, ALARM_STATE, INACTIVATION = 68480, 68481, 68482, 68483

_BY_CODE = {quantity.mdc: quantity.name for quantity in QUANTITIES if quantity.mdc is not None}
_SUMMED = {
    158892: "substitution_rate_l_h",  # after the filter, and before it
    158940: "substitution_rate_l_h",
    158900: "substitution_volume_l",
    158948: "substitution_volume_l",
    SETTING + 158900: "substitution_target_l",
    SETTING + 158948: "substitution_target_l",
}
SUMMED = frozenset(_SUMMED.values())
"""Quantities of which a machine may report two parts."""

_BY_REFID = {
    "MACH_THERAPY_TIME": "therapy_time_min",
    "MACH_TIME_REMAIN": "time_remaining_min",
    "ANTICOAG_INFUS_RATE": "anticoag_rate_ml_h",
    "ANTICOAG_ACCUM_DELIV": "anticoag_volume_ml",
    "BLD_PUMP_BLOOD_FLOW_RATE": "blood_flow_ml_min",
    "BLD_PUMP_BLOOD_FLOW_RATE_SETTING": "blood_flow_set_ml_min",
    "BLD_PRESS_ART": "arterial_pressure_mmhg",
    "BLD_PUMP_PRESS_ART_POST_PUMP": "inlet_pressure_mmhg",
    "BLD_PUMP_BLOOD_PROCESSED_TOTAL": "blood_processed_l",
    "BLD_PUMP_PRESS_VEN": "venous_pressure_mmhg",
    "DIALYSATE_COND": "dialysate_cond_ms_cm",
    "DIALYSATE_FLOW_RATE": "dialysate_flow_ml_min",
    "DIALYSATE_TEMP": "dialysate_temp_c",
    "FILTER_TRANSMEMBRANE_PRESS": "tmp_mmhg",
    "THERAPY_RATIO_SPKT_OVER_V_DELIVERED": "ktv_sp",
    "THERAPY_UREA_CLEARANCE": "clearance_ml_min",
    "UF_TARGET_VOL_TO_REMOVE": "uf_target_ml",
    "UF_ACTUAL_REMOVED_VOL": "uf_volume_ml",
    "UF_RATE": "uf_rate_ml_h",
    "UF_RATE_SETTING": "uf_rate_set_ml_h",
    "REL_BLOOD_VOL": "rbv_pct",
    "PRESS_BLD_NONINV_SYS": "nibp_sys_mmhg",
    "PRESS_BLD_NONINV_DIA": "nibp_dia_mmhg",
    "PRESS_BLD_NONINV_MEAN": "nibp_map_mmhg",
    "PULS_RATE_NON_INV": "pulse_bpm",
    "CONC_HCT_GEN": "hct_pct",
    "RF_POST_FILTER_FLOW_RATE": "substitution_rate_l_h",
    "RF_PRE_FILTER_FLOW_RATE": "substitution_rate_l_h",
    "RF_POST_FILTER_VOL": "substitution_volume_l",
    "RF_PRE_FILTER_VOL": "substitution_volume_l",
    "RF_POST_FILTER_VOL_SETTING": "substitution_target_l",
    "RF_PRE_FILTER_VOL_SETTING": "substitution_target_l",
}
QUANTITY_NAMES = frozenset(_BY_REFID.values())

_WORD = re.compile(r"MDC[A-Z0-9_]{1,64}")
_GUIDE = range(158592, 159048)
_NODES = range(70929, 70976)
_OTHERS = frozenset({
    67880, 67916, 67979, 68135, 68142, 68489, 68546, 69642, 69643, 70686, 70687, 149530, 150316,
    150456, 160120, 184195, 184199, 188508, 531969, 531970, 531972, 531975, 0,
    ALERT_SOURCE, EVENT_PHASE, ALARM_STATE, INACTIVATION, EVENT_ALARM, EVENT_HIGH, EVENT_LOW,
})  # fmt: skip


class Standing(StrEnum):
    """What an identifier is to us: ours, the guide's but not kept, or one to wonder about."""

    OURS = "ours"
    GUIDE = "guide"
    STRANGE = "strange"


@dataclass(frozen=True, slots=True)
class Term:
    """An identifier: its code (0 if it has none), its reference id without the prefixes, and
    the quantity it names, if it is one of ours."""

    code: int
    refid: str
    standing: Standing
    quantity: str = ""

    @property
    def shown(self) -> str:
        """Code and reference id alone: whatever else was sent in their place stays out."""
        return f"{self.code}^{self.refid}"

    @property
    def setting(self) -> bool:
        """True for what somebody has set."""
        return self.code >= SETTING or self.refid.endswith("_SETTING")


@dataclass(frozen=True, slots=True)
class EventTerm:
    """Which alarm of ours an event of the guide is; the priority to take where the machine
    names none and our kind is too wide to know better. `flagged` is false for events that
    come with every message and are no alarm."""

    kind: str
    priority: Priority | None = None
    flagged: bool = True


EVENTS: dict[int, EventTerm] = {
    198236: EventTerm("syringe"),
    198238: EventTerm("syringe"),
    198240: EventTerm("syringe"),
    198242: EventTerm("blood_pump_stop"),
    198244: EventTerm("blood_leak"),
    198246: EventTerm("machine"),
    198248: EventTerm("machine"),
    198250: EventTerm("notice", flagged=False),
    198252: EventTerm("air"),
    198254: EventTerm("machine"),
    198256: EventTerm("machine"),
    198258: EventTerm("machine"),
    198216: EventTerm("self_test"),
    198260: EventTerm("machine", Priority.HIGH),  # a venous needle that may be out
    198262: EventTerm("air"),
    198264: EventTerm("machine", Priority.HIGH),  # wet: perhaps blood
    198266: EventTerm("machine"),
    198268: EventTerm("machine"),
    198270: EventTerm("notice"),
    198272: EventTerm("uf_deviation"),
    198274: EventTerm("uf_deviation"),
    198276: EventTerm("uf_deviation"),
    198278: EventTerm("uf_goal"),
    196638: EventTerm("machine", Priority.LOW),
}
_NAMED = {
    "EVT_HDIALY_ANTICOAG_STOP": 198236,
    "EVT_HDIALY_ANTICOAG_SYRINGE_EMPTY": 198238,
    "EVT_HDIALY_ANTICOAG_SYRINGE_SIZE": 198240,
    "EVT_HDIALY_BLD_PUMP_STOP": 198242,
    "EVT_HDIALY_BLOOD_LEAK": 198244,
    "EVT_HDIALY_RF_EXCESS_DELIV": 198246,
    "EVT_HDIALY_RF_INSUFF_DELIV": 198248,
    "EVT_HDIALY_SAFETY_ART_AIR_DETECT": 198252,
    "EVT_HDIALY_SAFETY_DIALYSATE_AIR_DETECT": 198254,
    "EVT_HDIALY_SAFETY_DIALYSATE_COMPOSITION": 198256,
    "EVT_HDIALY_SAFETY_SYSTEM_GENERAL": 198258,
    "EVT_SELFTEST_FAILURE": 198216,
    "EVT_HDIALY_SAFETY_VEN_ACCESS": 198260,
    "EVT_HDIALY_SAFETY_VEN_AIR_DETECT": 198262,
    "EVT_HDIALY_UF_LO": 198272,
    "EVT_HDIALY_UF_NEG": 198274,
    "EVT_HDIALY_UF_RATE_RANGE": 198276,
    "EVT_HDIALY_UF_GOAL_MET": 198278,
}
"""Codes of events by the guide's name for them, to tell a code that is another's."""

SOURCES: dict[int, str] = {
    158744: "arterial_pressure", 158756: "inlet_pressure", 158776: "venous_pressure",
    158788: "conductivity", 158792: "dialysate_flow", 158796: "temperature", 158852: "tmp",
    150021: "blood_pressure", 150022: "blood_pressure", 150023: "blood_pressure",
}  # fmt: skip
PRIVATE_KINDS = {
    "MDCX_CLEARSHIFT_DIALYSATE_PRESS": "dialysate_pressure",
    "MDCX_CLEARSHIFT_EVT_MAINS": "power",
    "MDCX_CLEARSHIFT_EVT_NOTICE": "notice",
}
"""Private terms are known by their name alone: a number above 0xF000 of another maker means
something else. These are our simulated machine's, for what the guide has no word for."""


def term(code: str, refid: str) -> Term:
    """What OBX-3 (its two first components) names."""
    digits = code.strip()
    value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else 0
    word = refid.strip().upper()
    word = word if _WORD.fullmatch(word) else ""
    short = word.removeprefix("MDC_").removeprefix("HDIALY_")
    by_refid = _BY_REFID.get(short, "")
    by_code = _BY_CODE.get(value) or _SUMMED.get(value, "")
    other_event = value and _NAMED.get(short, value) != value
    if other_event or (value and by_refid and by_refid != by_code):
        return Term(value, short, Standing.STRANGE)  # code and name speak of two things
    if quantity := by_code or by_refid:
        return Term(value, short, Standing.OURS, quantity)
    return Term(value, short, _standing(value, word))


def _standing(code: int, word: str) -> Standing:
    measured = code & ~SETTING
    listed = measured in _GUIDE or measured in _NODES or code in _OTHERS or code in EVENTS
    return Standing.GUIDE if listed and (code or word) else Standing.STRANGE
