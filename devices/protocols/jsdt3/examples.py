"""Replies typed by hand from the framing rule and the table of items; none is from a machine."""

from __future__ import annotations

from devices.protocols.example import Example

EARLY = Example(
    "early in a treatment, firmware with few items, dialysate pressure negative",
    b"K3074M1K00007A03.20B00.07C00.80D00250E001.0F036.5G014.0H00120I-0030J00060L005005d\r\n",
    {
        "therapy_time_min": 7,
        "uf_target_ml": 3200,
        "uf_volume_ml": 70,
        "uf_rate_ml_h": 800,
        "blood_flow_ml_min": 250,
        "anticoag_rate_ml_h": 1.0,
        "dialysate_temp_c": 36.5,
        "dialysate_cond_ms_cm": 14.0,
        "venous_pressure_mmhg": 120,
        "dialysate_pressure_mmhg": -30,
        "tmp_mmhg": 60,
        "dialysate_flow_ml_min": 500,
    },
)
FULL = Example(
    "all 32 items, a blood pressure of 10:15:00, no alarm",
    b"K3149M1K00095A02.60B01.03C00.65D00240E001.0F036.5G014.0H00128I00036J00092L00500"
    b"N0O000.0P000.0Q00.00R000.0S101500T00132U00078V00076W001.6a0b0c0d0e0f0g0h0i0eb\r\n",
    {
        "therapy_time_min": 95,
        "uf_target_ml": 2600,
        "uf_volume_ml": 1030,
        "uf_rate_ml_h": 650,
        "blood_flow_ml_min": 240,
        "anticoag_rate_ml_h": 1.0,
        "dialysate_temp_c": 36.5,
        "dialysate_cond_ms_cm": 14.0,
        "venous_pressure_mmhg": 128,
        "dialysate_pressure_mmhg": 36,
        "tmp_mmhg": 92,
        "dialysate_flow_ml_min": 500,
        "substitution_target_l": 0,
        "substitution_volume_l": 0,
        "substitution_rate_l_h": 0,
        "anticoag_volume_ml": 1.6,
    },
    frozenset(),
)
IDLE = Example(
    "idle, a few items only",
    b"K3032M0F036.4G013.9a0b0c0d0e0f0g0h0i050\r\n",
    {"dialysate_temp_c": 36.4, "dialysate_cond_ms_cm": 13.9},
    frozenset(),
)
TROUBLE = Example(
    "pump stopped by an air alarm, a blank, a field without a number, signs",
    b"K3092M1K00120A02.40B-0.03C     D00000E-----F035.0G012.9H-0012I-0145J00007L00000"
    b"a0b1c1d0e0f1g0h0i029\r\n",
    {
        "therapy_time_min": 120,
        "uf_target_ml": 2400,
        "uf_volume_ml": -30,
        "blood_flow_ml_min": 0,
        "dialysate_temp_c": 35.0,
        "dialysate_cond_ms_cm": 12.9,
        "venous_pressure_mmhg": -12,
        "dialysate_pressure_mmhg": -145,
        "tmp_mmhg": 7,
        "dialysate_flow_ml_min": 0,
    },
    frozenset({"conductivity", "venous_pressure", "air"}),
)
UNKNOWN_ITEM = Example(
    "an item that the table does not have, and one behind it",
    b"K3020M1H00128X12345D0024062\r\n",
    {"venous_pressure_mmhg": 128},
)

EXAMPLES = (EARLY, FULL, IDLE, TROUBLE, UNKNOWN_ITEM)
