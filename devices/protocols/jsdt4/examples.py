"""Messages typed by hand from the framing rule and the tables; none is from a machine, and the
patient's id is made up."""

from __future__ import annotations

from devices.protocols.example import Example

STATUS = Example(
    "MS: a status in treatment",
    b"S4144  0000123456MSCM1CN0CK0095CA2.60CB1.03CC0.65DD0.64CD240DE238CE01.0DF01.6DG36.5DH14.0"
    b"CH0128CI-00030CJ0092DI0245DJ-085CL0500CO00.0CQ0.00CP00.0DA2026030210151211\r\n",
    {
        "therapy_time_min": 95,
        "uf_target_ml": 2600,
        "uf_volume_ml": 1030,
        "uf_rate_set_ml_h": 650,
        "uf_rate_ml_h": 640,
        "blood_flow_set_ml_min": 240,
        "blood_flow_ml_min": 238,
        "anticoag_rate_ml_h": 1.0,
        "anticoag_volume_ml": 1.6,
        "dialysate_temp_c": 36.5,
        "dialysate_cond_ms_cm": 14.0,
        "venous_pressure_mmhg": 128,
        "dialysate_pressure_mmhg": -30,
        "tmp_mmhg": 92,
        "inlet_pressure_mmhg": 245,
        "arterial_pressure_mmhg": -85,
        "dialysate_flow_ml_min": 500,
        "substitution_target_l": 0,
        "substitution_rate_l_h": 0,
        "substitution_volume_l": 0,
    },
)
CUFF = Example(
    "BP: 132/78, pulse 76, in fields of four",
    b"S4036  0000123456BPDA20260302101500DB0132DC0078DD007619\r\n",
)
NARROW_CUFF = Example(
    "BP: the same in fields of three, padded with blanks, a second before midnight",
    b"S4033  0000123456BPDA20260302235959DB132DC 78DD 7680\r\n",
)
ALARM = Example(
    "AL: venous pressure, with the machine's words in Shift-JIS",
    b"S4115  0000123456ALDA20260302101701DB0DC1DD0DE0DF0DG0DH0DI0DJ0DK0DM0DO0DP0DQ0DR0"
    b"02\x90\xc3\x96\xac\x88\xb3\x88\xd9\x8f\xed                                        4a\r\n",
    alarms=frozenset({"venous_pressure"}),
)
OPERATION = Example(
    "OL: an operation log, whose table is not known",
    b"S4024  0000123456OLDA20260302102000XA024083\r\n",
)

EXAMPLES = (STATUS, CUFF, NARROW_CUFF, ALARM, OPERATION)

STATUS_ACCEPTED = b"R4002  0000123456MSed\r\n"
ALARM_REFUSED = b"E4002  0000123456ALcd\r\n"
"""Two acknowledgements, as we send them."""
