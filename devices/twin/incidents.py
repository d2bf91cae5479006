"""What goes wrong with a machine, by chance or on command: to come, and under way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from devices.twin.effects import NOTHING, ROWS, Effects
from devices.twin.script import Fault, FaultKind


@dataclass(slots=True)
class Incident:
    """One that is under way or to come; seconds of the twin's own time. `held`: a script said
    how long, so that nobody can put it right before; `scripted`: it did not come by chance."""

    kind: FaultKind
    begin: float
    end: float
    ramp: float
    strength: float
    held: bool
    scripted: bool

    def show(self, effects: Effects, now: float) -> None:
        """Adds what it does at this moment."""
        grown = 1.0 if self.ramp <= 0 else min(1.0, (now - self.begin) / self.ramp)
        ROWS[self.kind].show(effects, self.strength * grown)


def of_fault(fault: Fault, now: float, chance: Random, scripted: bool = True) -> Incident:
    """The incident that a fault is."""
    row = ROWS[fault.kind]
    begin = max(now, fault.at)
    lasts = chance.uniform(*row.lasts) if fault.seconds is None else fault.seconds
    low, high = row.strength
    strength = low + fault.size * (high - low)
    held = fault.seconds is not None or fault.kind is FaultKind.MAINS
    ramp = chance.uniform(*row.ramp)
    return Incident(fault.kind, begin, begin + lasts, ramp, strength, held, scripted)


def by_chance(chance: Random, begin: float, minutes: float) -> Iterator[Incident]:
    """What happens by itself in a treatment that begins then, in no order."""
    for kind, row in ROWS.items():
        moment = begin
        while row.rate > 0:
            moment += chance.expovariate(row.rate / (240 * 60))
            if moment > begin + minutes * 60:
                break
            yield of_fault(Fault(kind, moment, size=chance.random()), moment, chance, False)


class Incidents:
    """Those to come, by their begin, and those under way."""

    __slots__ = ("_coming", "_now_on")

    def __init__(self) -> None:
        self._coming: list[Incident] = []
        self._now_on: list[Incident] = []

    def expect(self, incidents: Iterable[Incident]) -> None:
        """Takes more of them."""
        self._coming = sorted([*self._coming, *incidents], key=lambda one: one.begin, reverse=True)

    def step(self, now: float) -> tuple[Effects, tuple[Incident, ...]]:
        """What they do now, and which have just begun."""
        begun: list[Incident] = []
        while self._coming and self._coming[-1].begin <= now:
            begun.append(self._coming.pop())
        if not begun and not self._now_on:
            return NOTHING, ()
        self._now_on = [one for one in (*self._now_on, *begun) if one.end > now]
        effects = Effects()
        for one in self._now_on:
            one.show(effects, now)
        return effects, tuple(begun)

    def cure(self, alarm: str) -> bool:
        """The operator has put right what led to this alarm; false if it cannot be done yet."""
        self._now_on = [one for one in self._now_on if ROWS[one.kind].alarm != alarm or one.held]
        return all(ROWS[one.kind].alarm != alarm for one in self._now_on)

    def leave(self, staying: frozenset[FaultKind]) -> None:
        """The patient has gone: only such kinds go on or are still to come."""
        self._coming = [one for one in self._coming if one.scripted or one.kind in staying]
        self._now_on = [one for one in self._now_on if one.kind in staying]
