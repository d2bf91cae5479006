"""Dialysate as it is made: conductivity, temperature, flow. One step is one second."""

from __future__ import annotations

from random import Random

from devices.twin.effects import Effects
from devices.twin.phases import Wanted

_MIXING_SECONDS = (60.0, 90.0)
_WATER_C = (14.0, 21.0)
_LOSS = 1 / 100
_FOLLOW, _GATHER = 0.05, 0.0003
_WARMING, _HEATING = 0.3, 0.85
"""The most the heater can do for treatment and for disinfection, Celsius a second."""

_TOO_MUCH = 1.1
"""The loop starts with a little too much: an overshoot of some tenths of a degree."""

_NOISE_COND, _NOISE_C = 0.02, 0.05


class Fluids:
    """What the sensors show; conductivity of a first order, temperature of a PI loop."""

    __slots__ = ("_aimed", "_chance", "_gathered", "_mixing", "_true_c", "_true_cond", "_water_c",
                 "conductivity", "flow", "temperature")  # fmt: skip

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._mixing = 1 / chance.uniform(*_MIXING_SECONDS)
        self._water_c = chance.uniform(*_WATER_C)
        self._gathered = 0.0
        self._aimed = 0.0
        self._true_cond, self._true_c = 0.2, 20.0
        self.conductivity, self.temperature, self.flow = 0.2, 20.0, 0.0

    def step(self, wanted: Wanted, step_ms_cm: float, effects: Effects) -> None:
        """One second; `step_ms_cm` is added on purpose, to measure clearance."""
        self._mix(wanted.conductivity + step_ms_cm, effects)
        self._warm(wanted, effects)
        aim = wanted.flow * effects.flow_gain
        noise = self._chance.gauss
        self.flow += (aim - self.flow) * 0.35 + aim * noise(0.0, 0.006)
        self.conductivity = max(0.0, self._true_cond + noise(0.0, _NOISE_COND))
        self.temperature = self._true_c + noise(0.0, _NOISE_C)

    def _mix(self, aim: float, effects: Effects) -> None:
        share = self._mixing
        if effects.concentrate is not None:
            part, share = effects.concentrate
            aim *= part
        self._true_cond += (aim - self._true_cond) * share

    def _warm(self, wanted: Wanted, effects: Effects) -> None:
        """Water runs through and takes heat along; a fault's warming is beyond regulation."""
        if effects.warming_c_min:
            self._true_c += effects.warming_c_min / 60
            return
        if wanted.flow <= 0 or effects.mains_out:
            self._true_c += (21.0 - self._true_c) / 1800
            return
        if wanted.temperature != self._aimed:
            self._aimed = wanted.temperature
            self._gathered = _TOO_MUCH * (self._aimed - self._water_c) * _LOSS
        error = wanted.temperature - self._true_c
        push = _FOLLOW * error + self._gathered
        if abs(error) < 3:
            self._gathered += _GATHER * error
        push = min(_HEATING if self._aimed > 50 else _WARMING, max(0.0, push))
        self._true_c += (self._water_c - self._true_c) * _LOSS + push
