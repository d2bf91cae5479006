"""How much urea a treatment removes: clearance, two pools, Kt/V. Pure arithmetic.

Volumes in liters, flows and clearances in mL/min, urea in mmol/L, time in minutes unless
said otherwise. Sources: Watson 1980 (volume), Daugirdas 1993 (second generation, and the
rate equation for the equilibrated value).
"""

from __future__ import annotations

from math import exp, log

BLOOD_WATER = 0.86
"""Share of whole blood that carries urea."""

EXCHANGE_ML_MIN = 800.0
"""Between the two pools of body water."""

GENERATION_MMOL_MIN = 0.11


def watson_l(male: bool, age: float, height_cm: float, kg: float) -> float:
    """Body water (Watson)."""
    if male:
        return 2.447 - 0.09516 * age + 0.1074 * height_cm + 0.3362 * kg
    return -2.097 + 0.1069 * height_cm + 0.2466 * kg


def effective_flow(set_ml_min: float, arterial_mmhg: float) -> float:
    """What the pump truly moves: its tube does not fill if the arterial pressure is low."""
    return set_ml_min * (1 - 0.0006 * max(0.0, abs(arterial_mmhg) - 80))


def clearance(blood: float, dialysate: float, koa: float, filtration: float = 0.0) -> float:
    """Urea clearance of a dialyzer in countercurrent, with filtration on top; 0 without flow
    of blood, filtration alone without dialysate."""
    water = BLOOD_WATER * blood
    if water <= 0:
        return 0.0
    diffusive = _diffusive(water, dialysate, koa) if dialysate > 0 else 0.0
    return diffusive * (1 - filtration / water) + filtration


def _diffusive(water: float, dialysate: float, koa: float) -> float:
    ratio = water / dialysate
    if abs(1 - ratio) < 1e-6:
        return water * koa / (koa + water)
    power = koa / water * (1 - ratio)
    if power > 50:
        return water
    grown = exp(power)
    return water * (grown - 1) / (grown - ratio)


def sp_ktv(ratio: float, hours: float, uf_l: float, kg: float) -> float:
    """Single-pool Kt/V from urea after / before (Daugirdas, second generation); `kg` after."""
    return -log(ratio - 0.008 * hours) + (4 - 3.5 * ratio) * uf_l / kg


def e_ktv(sp: float, hours: float, arterial: bool = True) -> float:
    """Equilibrated Kt/V by the rate equation; `arterial`: the access is a fistula or graft."""
    return sp - 0.6 * sp / hours + 0.03 if arterial else sp - 0.47 * sp / hours + 0.02


class Urea:
    """Urea in two pools, a third of body water that blood reaches and two thirds behind."""

    __slots__ = ("inner", "inner_l", "outer", "outer_l")

    def __init__(self, water_l: float, concentration: float) -> None:
        """Both pools in equilibrium; `water_l` before the treatment."""
        self.outer_l, self.inner_l = water_l / 3, water_l * 2 / 3
        self.outer = self.inner = concentration

    def step(self, minutes: float, cleared_ml_min: float, uf_ml_min: float) -> None:
        """Some minutes, few enough to take flows as constant. Fluid leaves the outer pool,
        which is made up for from the inner one by a third."""
        passing = EXCHANGE_ML_MIN / 1000 * (self.inner - self.outer)
        passing += uf_ml_min / 1000 / 3 * self.inner
        outer = self.outer * self.outer_l + minutes * (
            passing + GENERATION_MMOL_MIN - cleared_ml_min / 1000 * self.outer
        )
        inner = self.inner * self.inner_l - minutes * passing
        self.outer_l -= minutes * uf_ml_min / 1000 * 2 / 3
        self.inner_l -= minutes * uf_ml_min / 1000 / 3
        self.outer, self.inner = outer / self.outer_l, inner / self.inner_l

    @property
    def balanced(self) -> float:
        """The concentration once both pools have mixed."""
        whole = self.outer * self.outer_l + self.inner * self.inner_l
        return whole / (self.outer_l + self.inner_l)
