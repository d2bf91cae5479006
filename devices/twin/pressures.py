"""Pressures in the blood line: needles, pump, clots, movement. In mmHg; flows in mL/min.

The needles' constants are plausible, not from a table: 16 G at 250 mL/min shows -78 and 134.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import Final

from devices.twin.effects import Effects
from devices.twin.script import Access

Resistance = tuple[float, float]
"""`a` and `b` of the pressure over a needle, a*Q*v + b*Q*Q."""

ARTERIAL: Mapping[int, Resistance] = {15: (0.17, 0.00060), 16: (0.24, 0.00085), 17: (0.36, 0.0014)}
VENOUS: Mapping[int, Resistance] = {15: (0.15, 0.00055), 16: (0.21, 0.00075), 17: (0.32, 0.0012)}
"""By gauge. A catheter's lumen passes for its 15 G."""

ACCESS_MMHG: Mapping[Access, tuple[float, float]] = {
    Access.FISTULA: (25, 45),
    Access.GRAFT: (25, 45),
    Access.CATHETER: (5, 15),
}
"""The pressure where the needles sit, with no flow through them."""

ONCOTIC_MMHG = 24.0
DIALYZER_MMHG_MIN_ML = 0.18
"""Loss of pressure from the dialyzer's inlet to the venous chamber, for each mL/min."""

_WHITE_ARTERIAL, _WHITE_VENOUS, _WHITE_TMP = 4.0, 3.0, 0.5
_DRIFT_SECONDS, _DRIFT_MMHG, _DRIFT_EVERY = 300.0, 3.0, 5.0
_KEPT: Final = 1 - _DRIFT_EVERY / _DRIFT_SECONDS
_KICK: Final = _DRIFT_MMHG * sqrt(1 - _KEPT * _KEPT)
_FALL: Final = 0.63
"""Part of the way that a chamber's pressure makes in a second: 95 % after a stop of three."""


def viscosity(hct_pct: float) -> float:
    """How much thicker than at a hematocrit of 33 % blood runs."""
    return 1 + 0.018 * (hct_pct - 33)


def needle_loss(resistance: Resistance, flow: float, hct_pct: float = 33.0) -> float:
    """Pressure lost over a needle."""
    a, b = resistance
    return a * flow * viscosity(hct_pct) + b * flow * flow


def tmp(uf_ml_h: float, kuf_ml_h_mmhg: float) -> float:
    """Transmembrane pressure that filters so much."""
    return uf_ml_h / kuf_ml_h_mmhg + ONCOTIC_MMHG


@dataclass(frozen=True, slots=True)
class Tubing:
    """What is between patient and dialyzer for one treatment."""

    gauge: int
    access_mmhg: float
    kuf_ml_h_mmhg: float
    clot_share: float
    """By which the dialyzer's KUF falls until the planned end."""


class Pressures:
    """The four pressures and TMP from second to second."""

    __slots__ = ("_arterial", "_chance", "_drift", "_tube", "_venous", "_venous_loss", "arterial",
                 "dialysate", "inlet", "sag_mmhg", "tmp", "venous")  # fmt: skip

    def __init__(self, tube: Tubing, chance: Random) -> None:
        self._tube, self._chance = tube, chance
        self._arterial = ARTERIAL[tube.gauge]
        self._venous = VENOUS[tube.gauge]
        self._drift = [0.0, 0.0]
        self._venous_loss = 0.0
        self.sag_mmhg = 0.0
        self.arterial = self.venous = self.inlet = self.dialysate = self.tmp = 0.0

    def step(
        self, second: int, flow: float, filtered_ml_h: float, hct_pct: float, worn: float,
        effects: Effects,
    ) -> None:  # fmt: skip
        """One second: the pump's flow, all fluid through the membrane, and `worn`, the part of
        the treatment that is over (0 to 1)."""
        noise = self._chance.gauss
        if second % _DRIFT_EVERY == 0:
            self._drift = [_KEPT * drift + _KICK * noise(0.0, 1.0) for drift in self._drift]
        access = self._tube.access_mmhg - self.sag_mmhg
        self._arterial_side(flow, access, hct_pct, effects)
        self._venous_side(flow, access, hct_pct, effects)
        kuf = self._tube.kuf_ml_h_mmhg * effects.kuf_gain * (1 - self._tube.clot_share * worn)
        aim = tmp(filtered_ml_h, kuf) + effects.tmp_mmhg
        self.tmp += (aim - self.tmp) / 8 + noise(0.0, _WHITE_TMP)
        self.dialysate = self.venous - self.tmp

    def _arterial_side(self, flow: float, access: float, hct: float, effects: Effects) -> None:
        if effects.arterial_open_mmhg is not None:
            self.arterial = effects.arterial_open_mmhg + self._chance.gauss(0.0, 2.0)
            return
        loss = needle_loss(self._arterial, flow, hct)
        moving = min(1.0, flow / 100)
        noise = self._chance.gauss(0.0, _WHITE_ARTERIAL) * moving + self._drift[0]
        self.arterial = access - loss - effects.arterial_mmhg * moving + noise

    def _venous_side(self, flow: float, access: float, hct: float, effects: Effects) -> None:
        aim = needle_loss(self._venous, flow, hct) * effects.venous_gain
        aim += effects.venous_mmhg * min(1.0, flow / 100)
        self._venous_loss += (aim - self._venous_loss) * _FALL
        moving = min(1.0, flow / 100)
        noise = self._chance.gauss(0.0, _WHITE_VENOUS) * moving + self._drift[1]
        self.venous = access + self._venous_loss + noise
        self.inlet = self.venous + DIALYZER_MMHG_MIN_ML * flow * effects.dialyzer_gain
