"""How many seats a zone has in a turn, and what takes some of the stations away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.calendar import Turn
from domain.center import Modality
from domain.problem import Problem
from domain.shortage import Cap
from scheduler.check import enabled
from scheduler.places import Spot
from scheduler.rules.rule import Rule

Cell = tuple[str, Turn]
"""A zone in a turn."""


@dataclass(frozen=True, slots=True)
class Supply:
    """One zone in one turn: the open stations, how many of them are held back, and how many
    patients the nurses may care for (`None` where nobody counts nurses)."""

    stations: tuple[str, ...]
    held: int
    staffed: int | None

    def split(self, able: frozenset[str] | None) -> tuple[int, int, int]:
        """Stations, and of these held back and unstaffed; of the able stations, if given."""
        count = sum(able is None or code in able for code in self.stations)
        free = min(count, max(0, len(self.stations) - self.held))
        staffed = free if self.staffed is None else min(free, self.staffed)
        return count, count - free, free - staffed


class OpenSeats:
    """The supply of every zone and turn, as far as the center has the rules on."""

    def __init__(self, problem: Problem, rules: Iterable[Rule]) -> None:
        on = {rule.name for rule in enabled(problem, rules)}
        self._problem = problem
        self._able: dict[tuple[Modality, date], frozenset[str]] = {}
        self._supply: dict[Cell, Supply] = {}
        for turn in problem.turns:
            for zone, stations in problem.zone_stations.items():
                nurses = problem.nurses(zone, turn) if "nurse_ratio" in on else None
                self._supply[zone, turn] = Supply(
                    tuple(
                        code
                        for code in stations
                        if "open_station" not in on or problem.is_open(code, turn)
                    ),
                    problem.held(zone, turn) if "held_back" in on else 0,
                    None if nurses is None else nurses * problem.limit("nurse_ratio", turn.day),
                )

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every zone and turn."""
        return tuple(self._supply)

    def of(self, zone: str, turn: Turn) -> Supply:
        """The supply of a zone in a turn."""
        return self._supply[zone, turn]

    def able(self, modality: Modality, day: date) -> frozenset[str]:
        """Stations whose machine can do the modality on the day."""
        key = (modality, day)
        if key not in self._able:
            can = {code: self._problem.abilities(code, day) for code in self._problem.station}
            self._able[key] = frozenset(s for s, kinds in can.items() if modality in (kinds or ()))
        return self._able[key]

    def count(self, cells: Iterable[Cell], modality: Modality | None) -> tuple[int, int, int]:
        """Stations, held back and unstaffed in all these turns; those that can do the modality,
        if one is named."""
        stations = held = unstaffed = 0
        for zone, turn in cells:
            able = None if modality is None else self.able(modality, turn.day)
            split = self._supply[zone, turn].split(able)
            stations, held, unstaffed = (
                stations + split[0],
                held + split[1],
                unstaffed + split[2],
            )
        return stations, held, unstaffed

    def spot(
        self,
        zone: str,
        turn: Turn,
        stations: tuple[str, ...],
        seats: int,
        modality: Modality | None,
    ) -> Spot:
        """Seats in names. Without stations, it is nurses or holds that limit the zone; stations
        that are all that are open are not named; `modality` is what they are wanted for."""
        supply = self._supply[zone, turn]
        if not stations:
            cap = Cap.NURSES if supply.split(None)[2] else Cap.HELD
            return Spot(zone, turn, (), None, seats, cap)
        names = frozenset(stations)
        if names.issuperset(supply.stations):
            return Spot(zone, turn, (), None, seats, Cap.STATIONS)
        can = self.able(modality, turn.day) if modality else frozenset()
        kind = modality if names == can.intersection(supply.stations) else None
        return Spot(zone, turn, tuple(sorted(names)), kind, seats, Cap.STATIONS)
