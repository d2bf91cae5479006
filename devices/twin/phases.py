"""The course of a machine from switching on to disinfection: what comes next, how long it
takes, and which fluid it wants meanwhile. Durations in minutes as quoted in the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from domain.telemetry import Phase

MINUTES: Mapping[Phase, tuple[float, float]] = {
    Phase.SELF_TEST: (8, 20),
    Phase.PRIMING: (10, 20),
    Phase.CONNECTING: (2, 5),
    Phase.REINFUSION: (5, 8),
    Phase.DRAIN: (3, 5),
    Phase.DISINFECTION: (25, 45),
}
"""Shortest and longest; who is late takes the shortest."""

AFTER: Mapping[Phase, Phase] = {
    Phase.SELF_TEST: Phase.PRIMING,
    Phase.PRIMING: Phase.READY,
    Phase.READY: Phase.CONNECTING,
    Phase.CONNECTING: Phase.TREATMENT,
    Phase.TREATMENT: Phase.REINFUSION,
    Phase.REINFUSION: Phase.DRAIN,
    Phase.DRAIN: Phase.DISINFECTION,
    Phase.DISINFECTION: Phase.IDLE,
}

WITH_PATIENT = frozenset({Phase.CONNECTING, Phase.TREATMENT, Phase.REINFUSION})
PREPARING = frozenset({Phase.SELF_TEST, Phase.PRIMING, Phase.READY})
RESTING = frozenset({Phase.OFF, Phase.IDLE})

LEAD_SECONDS = 45 * 60.0
"""Before the start of a treatment its machine is switched on."""

IDLE_SECONDS = 60 * 60.0
"""So long after disinfection it is switched off, unless the next treatment is near."""

_RINSE_SECONDS = 8 * 60.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """The fluid that a phase works with: mS/cm, Celsius, mL/min."""

    conductivity: float
    temperature: float
    flow: float


class Course:
    """Which phase, since when, and until when if that is settled. Seconds."""

    __slots__ = ("_chance", "phase", "since", "until")

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.phase, self.since, self.until = Phase.IDLE, 0.0, 0.0

    def enter(self, phase: Phase, now: float, late: bool = False) -> None:
        """Begins a phase; `until` is meaningful for those with a duration."""
        shortest, longest = MINUTES.get(phase, (0.0, 0.0))
        drawn = self._chance.uniform(shortest, longest)
        self.phase, self.since = phase, now
        self.until = now + 60 * (shortest if late else drawn)

    def wanted(self, now: float, set_to: Wanted, heat_c: float) -> Wanted:
        """The fluid for this moment; `set_to` for treatment, `heat_c` for disinfection."""
        match self.phase:
            case Phase.OFF:
                return Wanted(0.0, 20.0, 0.0)
            case Phase.IDLE:
                return Wanted(0.2, 24.0, 0.0)
            case Phase.SELF_TEST:
                return _filling(now - self.since, set_to)
            case Phase.DISINFECTION:
                return _heat(now, self.since, self.until, heat_c)
            case _:
                return set_to


def _filling(age: float, set_to: Wanted) -> Wanted:
    """Water, then bicarbonate alone, then acid too."""
    stage = 0.6 if age < 40 else 3.0 if age < 100 else set_to.conductivity
    return Wanted(stage, set_to.temperature, set_to.flow)


def _heat(now: float, since: float, until: float, heat_c: float) -> Wanted:
    """Citric acid and heat, then water until the end."""
    if now < until - _RINSE_SECONDS:
        return Wanted(2.2 if now - since < 240 else 1.6, heat_c, 400.0)
    return Wanted(0.2, 37.0, 600.0)
