"""The driver's tables for the JSDT common protocol, version 4, one for each class of message.

Identifiers are used again with another meaning in another class (`DD` is the ultrafiltration
rate in a status, the pulse in a blood pressure, an alarm in an alarm message): there must never
be one table for all. Second hand, from an implementation; to be confirmed with the published
document (J. Jpn Soc Dial Ther 50(6): 343-362, 2017).
"""

from __future__ import annotations

STATUS = (
    (b"CK", "therapy_time_min", 1),
    (b"CA", "uf_target_ml", 1000),
    (b"CB", "uf_volume_ml", 1000),
    (b"CC", "uf_rate_set_ml_h", 1000),
    (b"DD", "uf_rate_ml_h", 1000),
    (b"CD", "blood_flow_set_ml_min", 1),
    (b"DE", "blood_flow_ml_min", 1),
    (b"CE", "anticoag_rate_ml_h", 1),
    (b"DF", "anticoag_volume_ml", 1),
    (b"DG", "dialysate_temp_c", 1),
    (b"DH", "dialysate_cond_ms_cm", 1),
    (b"CH", "venous_pressure_mmhg", 1),
    (b"CI", "dialysate_pressure_mmhg", 1),
    (b"CJ", "tmp_mmhg", 1),
    (b"DI", "inlet_pressure_mmhg", 1),
    (b"DJ", "arterial_pressure_mmhg", 1),
    (b"CL", "dialysate_flow_ml_min", 1),
    (b"CO", "substitution_target_l", 1),
    (b"CQ", "substitution_rate_l_h", 1),
    (b"CP", "substitution_volume_l", 1),
)
"""Identifier, quantity, and how many of our units the machine's is: volumes come in liters."""

STATUS_WIDTHS = {
    **dict.fromkeys((name for name, _, _ in STATUS), 4),
    b"CD": 3,
    b"DE": 3,
    b"CI": 6,
    **dict.fromkeys((b"CM", b"CN"), 1),
    b"DL": 2,
    **dict.fromkeys((b"CF", b"CG", b"CR", b"DK", b"DM", b"DN"), 4),
    **dict.fromkeys((b"DA", b"DB", b"DC"), 14),
}
"""With those that we have no use for: flag, modality, boluses, temperatures that are set,
concentration that is set, emergency fluid; clock, start and end of the treatment."""

SELDOM = {
    **{name: STATUS_WIDTHS[name] for name in (b"CM", b"CN", b"CF", b"CG", b"CR", b"DB", b"DC")},
    b"DA": len("yyyymmddhh"),
}
"""What of it stays for an hour or longer, in characters."""

CUFF = (
    (b"DB", "nibp_sys_mmhg", 1),
    (b"DC", "nibp_dia_mmhg", 1),
    (b"DD", "pulse_bpm", 1),
)

ALARMS = {
    b"DB": "conductivity",
    b"DC": "venous_pressure",
    b"DD": "dialysate_pressure",
    b"DE": "tmp",
    b"DF": "inlet_pressure",
    b"DG": "arterial_pressure",
    b"DH": "air",
    b"DI": "blood_leak",
    b"DJ": "temperature",
    b"DK": "blood_pressure",
    b"DM": "machine",
    b"DO": "notice",
    b"DP": "notice",
    b"DQ": "notice",
    b"DR": "notice",
}
ALARM_TEXT = b"02"
ALARM_WIDTHS = {b"DA": 14, **dict.fromkeys(ALARMS, 1), ALARM_TEXT: 50}

QUANTITIES = frozenset(name for _, name, _ in (*STATUS, *CUFF))
"""All that the messages can carry."""
