"""Messages typed by hand after the guide's examples, misprints and all; none is from a machine.

A string to a segment, framed here: 0x0B before the message, 0x1C 0x0D behind it.
"""

from __future__ import annotations

from devices.protocols.example import Example

_SENDER = "ACME_Machine^080019FFFE3ED02D^EUI-64"
_STATUS = "IHE_PCD_001^IHEPCD^1.3.6.1.4.1.19376.1.6.1.1.1^ISO"
_ALERT = "IHE_PCD_001^IHEPCD^1.3.6.1.4.1.19376.1.6.1.4.1^ISO"
_PID = 'PID|||0000771234^^^^MR~Scrubber 2000/SC678932^^^"^U||^^^^^^U'
"""The first number is a made-up patient's, which must go no further than the driver."""


def _framed(*rows: str, end: str = "\r") -> bytes:
    return b"\x0b" + "".join(row + end for row in rows).encode("utf-8") + b"\x1c\x0d"


def _status(*rows: str, end: str = "\r") -> bytes:
    """A PCD-01 message."""
    return _framed(
        rf"MSH|^~\&|{_SENDER}||||20191003092006+0000||ORU^R01^ORU_R01|20191003092005|P|2.6"
        f"|||AL|NE|||||{_STATUS}",
        _PID,
        f"OBR|1||080019FFFE3ED02D20110602045842^{_SENDER}|"
        "70929^MDC_DEV_HDIALY_MACHINE_MDS^MDC|||20191003092005+0000",
        *rows,
        end=end,
    )


def _alarm(*rows: str) -> bytes:
    """A PCD-04 message."""
    return _framed(
        rf"MSH|^~\&|{_SENDER}||||20191003092025+0000||ORU^R40^ORU_R40|20191003092024|P|2.6"
        f"|||AL|NE|||||{_ALERT}",
        _PID,
        f"OBR|1||080019FFFE3ED02D20110602045842^{_SENDER}|"
        "196616^MDC_EVT_ALARM^MDC|||20191003092024+0000",
        "OBX|1|ST|70929^MDC_DEV_HDIALY_MACHINE_MDS^MDC|1.0.0|||||||F",
        "OBX|2|ST|70934^MDC_DEV_HDIALY_VMD^MDC|1.1|||||||F",
        *rows,
    )


IDLE = Example(
    "idle: the machine's own channel and no value",
    _status(
        "OBX|1|ST|70929^MDC_DEV_HDIALY_MACHINE_MDS^MDC|1.0.0|||||||F",
        "OBX|2|ST|531969^MDC_ID_MODEL_NUMBER^MDC|1.0.0.3|Scrubber 2000||||||F",
        "OBX|3|ST|70934^MDC_DEV_HDIALY_VMD^MDC|1.1|||||||F",
        "OBX|4|ST|70939^MDC_DEV_HDIALY_MACH_CONFIG_CHAN^MDC|1.1.1|||||||F",
        "OBX|5|DTM|158592^MDC_HDIALY_MACH_TIME^MDC|1.1.1.1|20191003092005+0000||||||F",
        "OBX|6|ST|158594^MDC_HDIALY_MACH_MODE_OF_OPERATION^MDC|1.1.1.3|IDL||||||F",
    ),
)
TREATING = Example(
    "the guide's misprints together: ml/h, ml/hr, L, ml[Hg]; two OBX with one place, OBX 323; "
    "OBC for ORC; haematocrit 0.45 and Kt/V 1.1 with a percent sign; a setting without code; "
    "segments that end in a line feed",
    _status(
        "OBC|NW|1234",
        "OBX|1|ST|70929^MDC_DEV_HDIALY_MACHINE_MDS^MDC|1.0.0|||||||F",
        "OBX|5|ST|531972^MDC_ID_PROD_SPEC_SERIAL^MDC|1.0.0.4|1000478||||||F",
        "OBX|12|ST|158594^MDC_HDIALY_MACH_MODE_OF_OPERATION^MDC|1.1.1.3|TX||||||F",
        "OBX|17|ST|158597^MDC_HDIALY_MACH_TX_FLUID_BYPASS^MDC|1.1.1.8|F||||||F",
        "OBX|18|ST|158598^MDC_HDIALY_MACH_TX_MODALITY^MDC|1.1.1.9|HDF||||||F",
        "OBX|19|NM|158720^MDC_HDIALY_MACH_THERAPY_TIME^MDC|1.1.1.10|180|min^min^UCUM|||||F",
        "OBX|20|NM|158724^MDC_HDIALY_MACH_TIME_REMAIN^MDC|1.1.1.11|600|min^min^UCUM|||||F",
        "OBX|26|NM|0^MDC_HDIALY_ANTICOAG_INFUS_RATE_SETTING^MDC|1.1.2.7|50.0|ml/hr^ml/hr^UCUM|||||F",
        "OBX|27|NM|158736^MDC_HDIALY_ANTICOAG_INFUS_RATE^MDC|1.1.2.8|5.0|ml/hr^ml/hr^UCUM|||||F",
        "OBX|28|NM|158728^MDC_HDIALY_ANTICOAG_ACCUM_DELIV^MDC|1.1.2.9|6.5|ml^ml^UCUM|||||F",
        "OBX|323|NM|158603^MDC_HDIALY_ANTICOAG_SYRINGE_VOL^MDC|1.1.2.13|60|ml^ml^UCUM|||||F",
        "OBX|36|NM|16935956^MDC_HDIALY_BLD_PUMP_BLOOD_FLOW_RATE_SETTING^MDC|1.1.3.2|250|"
        "ml/min^ml/min^UCUM|||||F||||||MSET^manual-setting^MDC",
        "OBX|38|NM|158744^MDC_HDIALY_BLD_PRESS_ART^MDC|1.1.3.4|-75|mm[Hg]^mm[Hg]^UCUM|< -200||||F",
        "OBX|44|NM|158756^MDC_HDIALY_BLD_PUMP_PRESS_ART_POST_PUMP^MDC|1.1.3.10|100|"
        "ml[Hg]^ml[Hg]^UCUM|||||F",
        "OBX|47|NM|158772^MDC_HDIALY_BLD_PUMP_BLOOD_PROCESSED_TOTAL^MDC|1.1.3.14|42|L^L^UCUM|||||F",
        "OBX|48|NM|158776^MDC_HDIALY_BLD_PUMP_PRESS_VEN^MDC|1.1.3.15|200|"
        "mm[Hg]^mm[Hg]^UCUM|20-400||||F",
        "OBX|54|NM|158788^MDC_HDIALY_DIALYSATE_COND^MDC|1.1.4.3|13.81|mS/cm^mS/cm^UCUM|||||F",
        "OBX|64|ST|158608^MDC_HDIALY_DIALYSATE_NAME^MDC|1.1.4.16|Acid A 35||Acid B 35||||F",
        "OBX|63|ST|198244^MDC_EVT_HDIALY_BLOOD_LEAK^MDC|1.1.4.15|F||||||F",
        "OBX|85|NM|158892^MDC_HDIALY_RF_POST_FILTER_FLOW_RATE^MDC|1.1.6.12|60|"
        "ml/min^ml/min^UCUM|||||F",
        "OBX|112|NM|158940^MDC_HDIALY_RF_PRE_FILTER_FLOW_RATE^MDC|1.1.6.29|40|"
        "ml/min^ml/min^UCUM|||||F",
        "OBX|145|NM|158988^MDC_HDIALY_THERAPY_RATIO_SPKT_OVER_V_DELIVERED^MDC|1.1.8.6|1.1|"
        "%^%^UCUM |||||F",
        "OBX|155|NM|159016^MDC_HDIALY_THERAPY_UREA_CLEARANCE^MDC|1.1.8.20|196||||||F",
        "OBX|162|NM|159032^MDC_HDIALY_UF_ACTUAL_REMOVED_VOL^MDC|1.1.9.5|0.555|L^L^UCUM|||||F",
        "OBX|166|NM|159036^MDC_HDIALY_UF_RATE^MDC|1.1.9.9|100|ml/h^ml/h^UCUM|||||F",
        "OBX|167|NM|16936252^MDC_HDIALY_UF_RATE_SETTING^MDC|1.1.9.9|110|mL/h^mL/h^UCUM|||||F",
        "OBX|175|NM|150022^MDC_PRESS_BLD_NONINV_DIA^MDC|1.2.1.3|80|mm[Hg]^mm[Hg]^UCUM|||||F"
        "|||20191003085024+0000",
        "OBX|178|NM|150021^MDC_PRESS_BLD_NONINV_SYS^MDC|1.2.1.6|120|mm[Hg]^mm[Hg]^UCUM|||||F"
        "|||20191003085024+0000",
        "OBX|188|NM|160132^MDC_CONC_HCT_GEN^MDC|1.4.1.3|0.45|%{vol}^%{vol}^UCUM|||||F",
        "OBX|190|NM|159044^MDC_HDIALY_REL_BLOOD_VOL^MDC|1.4.1.5|35|%^%^UCUM|||||F",
        end="\n",
    ),
    {
        "therapy_time_min": 180,
        "time_remaining_min": 600,
        "anticoag_rate_ml_h": 5.0,
        "anticoag_volume_ml": 6.5,
        "blood_flow_set_ml_min": 250,
        "arterial_pressure_mmhg": -75,
        "inlet_pressure_mmhg": 100,
        "blood_processed_l": 42,
        "venous_pressure_mmhg": 200,
        "dialysate_cond_ms_cm": 13.81,
        "substitution_rate_l_h": 6.0,
        "ktv_sp": 1.1,
        "clearance_ml_min": 196,
        "uf_volume_ml": 555,
        "uf_rate_ml_h": 100,
        "uf_rate_set_ml_h": 110,
        "nibp_dia_mmhg": 80,
        "nibp_sys_mmhg": 120,
        "hct_pct": 45,
        "rbv_pct": 35,
    },
)
VENOUS_LOW = Example(
    "a low venous pressure begins, with both limits",
    _alarm(
        "OBX|3|CWE|196670^MDC_EVT_LO^MDC|1.0.0.0.1|158776^MDC_HDIALY_BLD_PUMP_PRESS_VEN^MDC"
        "|||PH~SP|||F",
        "OBX|4|NM|158776^MDC_HDIALY_BLD_PUMP_PRESS_VEN^MDC|1.1.3.15.2|15|"
        "mm[Hg]^Millimeters of Mercury^UCUM |20-400||||F",
        "OBX|5|ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1.0.0.0.3|start||||||F",
        "OBX|6|ST|68482^MDC_ATTR_ALARM_STATE^MDC|1.0.0.0.4|active||||||F",
        "OBX|7|ST|68483^MDC_ATTR_ALARM_INACTIVATION_STATE^MDC|1.0.0.0.5|enabled||||||F",
    ),
    {},
    frozenset({"venous_pressure"}),
)
ARTERIAL_LOW_MUTED = Example(
    "a low arterial pressure goes on, muted; `< -200` is its lower limit",
    _alarm(
        "OBX|3|CWE|196670^MDC_EVT_LO^MDC|1.0.0.0.1|158744^MDC_HDIALY_BLD_PRESS_ART^MDC"
        "|||L~SP~PM|||F",
        "OBX|4|NM|158744^MDC_HDIALY_BLD_PRESS_ART^MDC|1.1.3.4.2|-231|"
        "mm[Hg]^mm[Hg]^UCUM|< -200||||F",
        "OBX|5|ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1.0.0.0.3|Continue||||||F",
        "OBX|6|ST|68482^MDC_ATTR_ALARM_STATE^MDC|1.0.0.0.4|latched||||||F",
        "OBX|7|ST|68483^MDC_ATTR_ALARM_INACTIVATION_STATE^MDC|1.0.0.0.5|audio-paused||||||F",
    ),
    {},
    frozenset({"arterial_pressure"}),
)
PUMP_STOP_OVER = Example(
    "a stopped blood pump runs again: another name for the event, no source, `End`",
    _alarm(
        "OBX|3|CWE|196616^MDC_EVT_ALARM^MDC|1.0.0.0.1|198242^MDC_EVT_HDIALY_ALARM_BLD_PUMP_STOP^MDC"
        "||||||F",
        "OBX|4|CWE|68480^MDC_ATTR_ALERT_SOURCE^MDC|1.1.3.0.2|||||||F",
        "OBX|5|ST|68481^MDC_ATTR_EVENT_PHASE^MDC|1.0.0.0.3|End||||||F",
        "OBX|6|ST|68482^MDC_ATTR_ALARM_STATE^MDC|1.0.0.0.4|inactive||||||F",
        "OBX|7|ST|68483^MDC_ATTR_ALARM_INACTIVATION_STATE^MDC|1.0.0.0.5|enabled||||||F",
    ),
    {},
    frozenset(),
)
EXAMPLES = (IDLE, TREATING, VENOUS_LOW, ARTERIAL_LOW_MUTED, PUMP_STOP_OVER)
