"""Mains and battery of one machine."""

from __future__ import annotations

from enum import Enum, auto
from random import Random

_BATTERY_SECONDS = (600.0, 1200.0)
"""For which a battery turns the blood pump."""


class Turn(Enum):
    """What a second brings: all as before, or the mains fail, come back in time, or the
    machine dies, or comes up again."""

    NONE = auto()
    FAILS = auto()
    BACK = auto()
    DIES = auto()
    BOOTS = auto()


class Power:
    """Whether there is any."""

    __slots__ = ("_chance", "_until", "dead")

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._until: float | None = None
        self.dead = False

    def step(self, now: float, out: bool, patient: bool) -> Turn:
        """One second; only with a patient is the battery used."""
        if self.dead:
            self.dead = out
            return Turn.NONE if out else Turn.BOOTS
        if not out:
            back = self._until is not None
            self._until = None
            return Turn.BACK if back else Turn.NONE
        if self._until is None and patient:
            self._until = now + self._chance.uniform(*_BATTERY_SECONDS)
            return Turn.FAILS
        if self._until is not None and now < self._until:
            return Turn.NONE
        self._until = None
        self.dead = True
        return Turn.DIES
