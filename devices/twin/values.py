"""What the sensors and counters of a machine show in each phase, by quantity name.

What a phase does not measure is not there. Counters stay after a treatment until the next
one begins; models differ in what they are equipped with.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sin

from devices.twin.fluids import Fluids
from devices.twin.session import Session
from domain.telemetry import Phase

_EXTRAS = frozenset({"hct_pct", "rbv_pct", "ktv_sp", "clearance_ml_min", "inlet_pressure_mmhg"})
_CUFF = frozenset({"nibp_sys_mmhg", "nibp_dia_mmhg", "nibp_map_mmhg", "pulse_bpm"})

LACKS: Mapping[str, frozenset[str]] = {
    "basic": _EXTRAS | _CUFF,
    "standard": _EXTRAS,
    "full": frozenset(),
}
"""Quantities that a model does not measure; a model of another name has everything."""

_LINES = frozenset(
    {Phase.PRIMING, Phase.READY, Phase.CONNECTING, Phase.TREATMENT, Phase.REINFUSION}
)
_COUNTED = frozenset(Phase) - {Phase.OFF, Phase.SELF_TEST, Phase.SERVICE}


def shown(
    phase: Phase, age: float, fluids: Fluids, session: Session | None,
    bypass: bool, model: str,
) -> dict[str, float]:  # fmt: skip
    """All values of this moment; `age` are the seconds since the phase began."""
    if phase is Phase.OFF:
        return {}
    values = {"dialysate_temp_c": fluids.temperature}
    if phase is not Phase.IDLE:
        values["dialysate_cond_ms_cm"] = fluids.conductivity
        values["dialysate_flow_ml_min"] = 0.0 if bypass else max(0.0, fluids.flow)
    if phase is Phase.SELF_TEST:
        values |= _swing(age)
    if session is not None and phase in _LINES:
        values |= _lines(session)
    if session is not None and phase in _COUNTED:
        values |= _counters(session)
    if session is not None and phase is Phase.TREATMENT:
        values |= _treating(session)
    lacks = LACKS.get(model, frozenset())
    return {name: value for name, value in values.items() if name not in lacks}


def _swing(age: float) -> dict[str, float]:
    """Pressures go through their test values."""
    wave = sin(age / 25)
    return {
        "arterial_pressure_mmhg": -60 + 180 * wave,
        "venous_pressure_mmhg": 120 + 180 * wave,
        "dialysate_pressure_mmhg": -150 * wave,
        "tmp_mmhg": 60 + 90 * wave,
    }


def _lines(session: Session) -> dict[str, float]:
    pressures = session.pressures
    return {
        "blood_flow_ml_min": session.flow,
        "blood_flow_set_ml_min": session.set_flow,
        "arterial_pressure_mmhg": pressures.arterial,
        "venous_pressure_mmhg": pressures.venous,
        "inlet_pressure_mmhg": pressures.inlet,
        "dialysate_pressure_mmhg": pressures.dialysate,
        "tmp_mmhg": pressures.tmp,
    }


def _counters(session: Session) -> dict[str, float]:
    """What adds up, and what it is to become."""
    values = {
        "uf_target_ml": session.treatment.uf_ml,
        "uf_volume_ml": session.uf_ml,
        "therapy_time_min": session.treated_s / 60,
        "blood_processed_l": session.blood_ml / 1000,
        "anticoag_volume_ml": session.anticoag_ml,
    }
    if session.treatment.substitution_l > 0:
        values["substitution_target_l"] = session.treatment.substitution_l
        values["substitution_volume_l"] = session.substituted_ml / 1000
    return values


def _treating(session: Session) -> dict[str, float]:
    values = {
        "blood_flow_ml_min": session.effective_flow,
        "uf_rate_ml_h": session.uf_rate,
        "uf_rate_set_ml_h": session.uf_rate_set,
        "time_remaining_min": session.left_min,
        "anticoag_rate_ml_h": session.anticoag_rate,
        "hct_pct": session.hct_pct,
        "rbv_pct": session.body.volume.relative_pct,
    }
    if session.treatment.substitution_l > 0:
        values["substitution_rate_l_h"] = session.substituting * 60 / 1000
    if session.dialysance.clearance is not None:
        values["clearance_ml_min"] = session.dialysance.clearance
        values["ktv_sp"] = session.dialysance.ktv(session.water_l)
    if (cuff := session.cuff) is not None:
        values["nibp_sys_mmhg"] = cuff.systolic
        values["nibp_dia_mmhg"] = cuff.diastolic
        values["nibp_map_mmhg"] = cuff.mean
        values["pulse_bpm"] = cuff.pulse
    return values
