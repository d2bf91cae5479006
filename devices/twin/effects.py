"""The kinds of incidents: how often, how long, how strong, and what each does to the readings.

Rates are per treatment of four hours; they and the strengths are design assumptions that sum
up to about three alarms a treatment (docs/benchmarks.md shows what comes out).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from devices.twin.script import FaultKind

Range = tuple[float, float]


@dataclass(slots=True)
class Effects:
    """What all incidents of one second do together; as it stands here, nothing."""

    arterial_mmhg: float = 0.0
    """By which the arterial pressure is lower."""
    arterial_open_mmhg: float | None = None
    venous_mmhg: float = 0.0
    venous_gain: float = 1.0
    dialyzer_gain: float = 1.0
    kuf_gain: float = 1.0
    tmp_mmhg: float = 0.0
    concentrate: tuple[float, float] | None = None
    """The conductivity aimed at, as a part of the one set, and the part of the way made in a
    second."""
    warming_c_min: float = 0.0
    """Warming that the regulation cannot make up for."""
    flow_gain: float = 1.0
    alarms: tuple[str, ...] = ()
    """Sensors that speak up by themselves."""
    pump_stopped: bool = False
    mains_out: bool = False
    silent: bool = False
    uf_error: float = 0.0


NOTHING = Effects()
"""Shared by all quiet seconds; nobody writes to it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind: how often by chance, how long it lasts if nobody puts it right, over which
    seconds it comes to its full strength, what that is, the alarm it leads to, and how it
    shows."""

    rate: float
    lasts: Range
    ramp: Range
    strength: Range
    alarm: str
    show: Callable[[Effects, float], None]


def _arterial_low(effects: Effects, mmhg: float) -> None:
    effects.arterial_mmhg += mmhg


def _arterial_open(effects: Effects, mmhg: float) -> None:
    effects.arterial_open_mmhg = mmhg


def _venous(effects: Effects, mmhg: float) -> None:
    effects.venous_mmhg += mmhg


def _venous_low(effects: Effects, mmhg: float) -> None:
    effects.venous_mmhg -= mmhg


def _venous_clot(effects: Effects, growth: float) -> None:
    effects.venous_gain *= 1 + growth


def _dialyzer_clot(effects: Effects, growth: float) -> None:
    effects.venous_gain *= 1 + growth / 2
    effects.dialyzer_gain *= 1 + growth
    effects.kuf_gain /= 1 + growth


def _movement(effects: Effects, mmhg: float) -> None:
    effects.arterial_mmhg += mmhg
    effects.venous_mmhg += mmhg * 0.7


def _tmp_high(effects: Effects, mmhg: float) -> None:
    effects.tmp_mmhg += mmhg


def _tmp_low(effects: Effects, mmhg: float) -> None:
    effects.tmp_mmhg -= mmhg


def _concentrate_empty(effects: Effects, per_second: float) -> None:
    effects.concentrate = (0.0, per_second)


def _concentrate_wrong(effects: Effects, excess: float) -> None:
    effects.concentrate = (1 + excess, 1 / 75)


def _heater(effects: Effects, c_min: float) -> None:
    effects.warming_c_min -= c_min


def _flow_low(effects: Effects, missing: float) -> None:
    effects.flow_gain *= 1 - missing


def _sensor(code: str) -> Callable[[Effects, float], None]:
    def show(effects: Effects, strength: float) -> None:
        del strength
        effects.alarms += (code,)

    return show


def _air(effects: Effects, mmhg: float) -> None:
    effects.venous_mmhg -= mmhg
    effects.alarms += ("air",)


def _uf_deviation(effects: Effects, error: float) -> None:
    effects.uf_error = error
    effects.alarms += ("uf_deviation",)


def _pump_stop(effects: Effects, strength: float) -> None:
    del strength
    effects.pump_stopped = True


def _mains(effects: Effects, strength: float) -> None:
    del strength
    effects.mains_out = True


def _silence(effects: Effects, strength: float) -> None:
    del strength
    effects.silent = True


def _elsewhere(effects: Effects, strength: float) -> None:
    """Shown by the patient or the syringe, not here."""
    del effects, strength


_ONCE = (0.0, 0.0)
_LONG = (1200.0, 1800.0)

ROWS: Mapping[FaultKind, Row] = {
    FaultKind.ARTERIAL_LOW: Row(0.6, _LONG, (2, 10), (80, 150), "arterial_pressure", _arterial_low),
    FaultKind.ARTERIAL_OPEN: Row(0.03, _LONG, _ONCE, (40, 60), "arterial_pressure", _arterial_open),
    FaultKind.VENOUS_KINK: Row(0.4, _LONG, (0, 3), (65, 150), "venous_pressure", _venous),
    FaultKind.VENOUS_CLOT: Row(0.1, _LONG, (300, 900), (0.8, 2.0), "venous_pressure", _venous_clot),
    FaultKind.DIALYZER_CLOT: Row(0.03, _LONG, (300, 900), (1, 2), "tmp", _dialyzer_clot),
    FaultKind.VENOUS_LOW: Row(0.15, _LONG, (0, 3), (28, 60), "venous_pressure", _venous_low),
    FaultKind.MOVEMENT: Row(8, (5, 30), (1, 3), (12, 32), "", _movement),
    FaultKind.TMP_HIGH: Row(0.08, (60, 300), (30, 120), (60, 120), "tmp", _tmp_high),
    FaultKind.TMP_LOW: Row(0.04, (60, 300), (1, 10), (60, 100), "tmp", _tmp_low),
    FaultKind.CONCENTRATE_EMPTY: Row(
        0.22, (100, 360), _ONCE, (0.00057, 0.00128), "conductivity", _concentrate_empty
    ),
    FaultKind.CONCENTRATE_WRONG: Row(
        0.08, (100, 300), _ONCE, (0.1, 0.4), "conductivity", _concentrate_wrong
    ),
    FaultKind.HEATER: Row(0.06, (240, 480), _ONCE, (0.3, 0.5), "temperature", _heater),
    FaultKind.INLET_COLD: Row(0.04, (90, 240), _ONCE, (0.8, 1.5), "temperature", _heater),
    FaultKind.AIR: Row(0.12, _LONG, _ONCE, (5, 15), "air", _air),
    FaultKind.BLOOD_LEAK: Row(0.01, _LONG, _ONCE, (0, 1), "blood_leak", _sensor("blood_leak")),
    FaultKind.FLOW_LOW: Row(0.15, (40, 240), (1, 15), (0.3, 0.9), "dialysate_flow", _flow_low),
    FaultKind.WATER: Row(0, (90, 420), (2, 10), (0.4, 0.9), "dialysate_flow", _flow_low),
    FaultKind.UF_DEVIATION: Row(
        0.05, (60, 180), _ONCE, (0.02, 0.05), "uf_deviation", _uf_deviation
    ),
    FaultKind.PUMP_STOP: Row(0, (60, 240), _ONCE, (0, 1), "blood_pump_stop", _pump_stop),
    FaultKind.HYPOTENSION: Row(0, (900, 1500), _ONCE, (30, 50), "blood_pressure", _elsewhere),
    FaultKind.SYRINGE: Row(0, _LONG, _ONCE, (0, 1), "syringe", _sensor("syringe")),
    FaultKind.MAINS: Row(0, (20, 1500), _ONCE, (0, 1), "power", _mains),
    FaultKind.SELF_TEST: Row(0, (240, 600), _ONCE, (0, 1), "self_test", _elsewhere),
    FaultKind.SILENCE: Row(0.05, (20, 180), _ONCE, (0, 1), "", _silence),
    FaultKind.CLOCK: Row(0, _ONCE, _ONCE, (0, 1), "", _elsewhere),
}
