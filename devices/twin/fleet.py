"""Machines in one room: a water loop, mains and a staff that they share.

Some trouble is not a machine's own: the pressure in the loop falls and several machines lack
water within seconds, the mains fail for all, and while many patients come and go at the
change of shifts, staff take longer to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random

from devices.twin.machine import Twin
from devices.twin.script import Cue, Fault, FaultKind
from devices.twin.truth import Truth
from domain.telemetry import Phase

SHARED = frozenset({FaultKind.WATER, FaultKind.MAINS})
"""Kinds that hit every machine that a fault names, one after the other along the loop."""

_COMING_AND_GOING = frozenset({Phase.CONNECTING, Phase.REINFUSION, Phase.DRAIN})
_BUSY_SHARE = 0.25
_BUSY_PACE = 1.8
"""Staff take so many times as long while a quarter of all patients come or go."""

_LOOP_SECONDS = 1.5
"""From one machine on the loop to the next, at most."""

_GRAIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Room:
    """How often what is shared fails, per hour: the loop somewhere, the mains."""

    water_per_hour: float = 0.02
    mains_per_hour: float = 0.0005


class Fleet:
    """Twins in the order in which they stand along the loop."""

    def __init__(self, twins: Iterable[Twin], seed: int, room: Room = Room()) -> None:
        self.twins: Mapping[str, Twin] = {twin.serial: twin for twin in twins}
        self._chance = Random(f"{seed}/room")
        self._room = room
        self._seconds = 0.0
        self._next_water = self._pause(room.water_per_hour)
        self._next_mains = self._pause(room.mains_per_hour)

    def advance(self, seconds: float) -> Mapping[str, Truth]:
        """Lets time pass in the whole room; what is true then, by serial number."""
        left = seconds
        while left > 0:
            lot = min(left, _GRAIN_SECONDS)
            self._fail(lot)
            pace = self._pace()
            for twin in self.twins.values():
                twin.staff_pace = pace
                twin.run(lot)
            self._seconds += lot
            left -= lot
        return {serial: twin.look() for serial, twin in self.twins.items()}

    def inflict(self, fault: Fault, machines: Iterable[str] = ()) -> None:
        """A fault for these machines, or for all. What runs along the loop reaches them one
        after the other. Raises KeyError for a machine that is not here."""
        hit = [self.twins[name] for name in machines] or list(self.twins.values())
        begin = max(fault.at, self._seconds)
        for twin in hit:
            twin.inflict(replace(fault, at=begin))
            if fault.kind is FaultKind.WATER:
                begin += self._chance.uniform(0.2, _LOOP_SECONDS)

    def play(self, cues: Iterable[Cue]) -> None:
        """Hands the lines of a script out. Raises KeyError for a machine that is not here."""
        for cue in cues:
            if isinstance(cue.what, Fault):
                self.inflict(cue.what, cue.machines)
            else:
                self.twins[cue.machines[0]].assign(cue.what)

    def _pause(self, per_hour: float) -> float:
        return self._seconds + (
            self._chance.expovariate(per_hour / 3600) if per_hour > 0 else float("inf")
        )

    def _fail(self, seconds: float) -> None:
        """What the room does by itself in the next seconds."""
        until = self._seconds + seconds
        if self._next_water < until:
            self.inflict(self._water(self._next_water), self._stretch())
            self._next_water = until + self._pause(self._room.water_per_hour) - self._seconds
        if self._next_mains < until:
            length = self._chance.lognormvariate(3.5, 1.2)
            self.inflict(Fault(FaultKind.MAINS, self._next_mains, length))
            self._next_mains = until + self._pause(self._room.mains_per_hour) - self._seconds

    def _water(self, at: float) -> Fault:
        return Fault(FaultKind.WATER, at, self._chance.uniform(90, 420), self._chance.random())

    def _stretch(self) -> tuple[str, ...]:
        """The far end of the loop, where pressure is missed first: a third to all of it."""
        names = tuple(self.twins)
        first = self._chance.randint(0, len(names) * 2 // 3)
        return names[min(first, len(names) - 1) :]

    def _pace(self) -> float:
        busy = sum(twin.phase in _COMING_AND_GOING for twin in self.twins.values())
        return _BUSY_PACE if busy >= max(2, _BUSY_SHARE * len(self.twins)) else 1.0
