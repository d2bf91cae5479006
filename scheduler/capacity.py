"""Wanted against possible, before any search: what no plan whatever can seat, in numbers.

Pure counting and one maximum flow: every `short` is a proven lower bound on missing sessions.
It may be too low, since gaps between days are not part of it, but never too high.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from domain.calendar import Turn, monday_of
from domain.center import Modality
from domain.problem import Problem
from domain.shortage import Cap, Capacity, Shortfall, Tally
from domain.words import Words, words
from scheduler.check import enabled
from scheduler.demand import Demand, demands
from scheduler.model import Model
from scheduler.places import Spot, places
from scheduler.planner import build_model
from scheduler.rules import RULES
from scheduler.rules.rule import Rule
from scheduler.seat_flow import Cut, Pit, SeatFlow
from scheduler.walks import zone_masks

_FEW = 8
"""Patients that a sentence names one by one."""


def capacity(
    problem: Problem, rules: Iterable[Rule] = RULES, model: Model | None = None
) -> Capacity:
    """The horizon's arithmetic under the enabled hard rules.

    `model` is what `build_model` made of the same problem and rules; with it, nothing has to
    be encoded again.
    """
    hard = tuple(rule for rule in rules if rule.hard)
    return _Count(model or build_model(problem, hard), _seat_table(problem, hard)).all()


@dataclass(frozen=True, slots=True)
class _Seats:
    """One zone and turn: stations that are open, kept free of these, and under the nurses."""

    open: tuple[str, ...]
    held: int
    staffed: int

    def tally(self, able: Collection[str] | None) -> tuple[int, int, int]:
        """Stations, held back and unstaffed; of those that are able only, if any are named."""
        stations = len(self.open) if able is None else sum(s in able for s in self.open)
        free = min(stations, max(0, len(self.open) - self.held))
        return stations, stations - free, free - min(free, self.staffed)


_Table = Mapping[tuple[str, Turn], _Seats]


def _seat_table(problem: Problem, rules: tuple[Rule, ...]) -> _Table:
    """What stations, holds and nurses leave, as far as the center has their rules on."""
    on = {rule.name for rule in enabled(problem, rules)}
    found = {}
    for turn in problem.turns:
        for zone, stations in problem.zone_stations.items():
            nurses = problem.nurses(zone, turn) if "nurse_ratio" in on else None
            found[zone, turn] = _Seats(
                tuple(s for s in stations if "open_station" not in on or problem.is_open(s, turn)),
                problem.held(zone, turn) if "held_back" in on else 0,
                len(stations)
                if nurses is None
                else nurses * problem.limit("nurse_ratio", turn.day),
            )
    return found


class _Count:
    """All tallies over one network."""

    def __init__(self, model: Model, seats: _Table) -> None:
        self._model = model
        self._problem = model.problem
        self._table = seats
        zones = zone_masks(model)
        self._demands = demands(model, zones)
        self._flow = SeatFlow(model, self._demands, zones)

    def all(self) -> Capacity:
        """Total, then part by part."""
        wanted = [demand.wanted for demand in self._demands]
        total = self._tally(wanted, wanted, self._table)
        parts = {
            "weeks": tuple(self._weeks()),
            "zones": tuple(self._zones()),
            "modalities": tuple(self._modalities()),
            "shifts": tuple(self._shifts()),
            "days": tuple(self._days()),
        }
        every = (total, *(tally for part in parts.values() for tally in part))
        return Capacity(
            total=total,
            **parts,
            short=max(tally.short for tally in every),
            patients=max(self._patients(tally.shortfalls) for tally in every),
        )

    def _weeks(self) -> Iterator[Tally]:
        for monday in self._problem.mondays:
            mine = self._of(lambda demand, monday=monday: demand.monday == monday)
            seats = self._cells(lambda _, turn, monday=monday: monday_of(turn.day) == monday)
            yield replace(self._tally(mine, mine, seats), monday=monday)

    def _zones(self) -> Iterator[Tally]:
        """Every zone; zones that share patients also together; and who belongs nowhere."""
        shared = {demand.zones for demand in self._demands}
        single = {(zone,) for zone in self._problem.zone_stations}
        for zones in sorted(shared | single, key=lambda one: (len(one) != 1, one)):
            yield replace(self._of_zones(zones, None), zones=zones)

    def _modalities(self) -> Iterator[Tally]:
        kinds = {(demand.zones, demand.modality) for demand in self._demands if demand.zones}
        for zones, modality in sorted(kinds):
            yield replace(self._of_zones(zones, modality), zones=zones, modality=modality)

    def _of_zones(self, zones: tuple[str, ...], modality: Modality | None) -> Tally:
        inside = frozenset(zones)

        def only(demand: Demand) -> bool:
            alone = inside.issuperset(demand.zones) if inside else True
            return alone and bool(demand.zones) == bool(inside) and asked(demand)

        def asked(demand: Demand) -> bool:
            return modality in (None, demand.modality)

        return self._tally(
            self._of(only),
            self._of(lambda demand: (only(demand) or bool(inside & {*demand.zones}))
                     and asked(demand)),
            self._cells(lambda zone, _: zone in inside),
            modality=modality,
        )  # fmt: skip

    def _shifts(self) -> Iterator[Tally]:
        for code in self._problem.shift:
            turns = tuple(turn for turn in self._problem.turns if turn.shift == code)
            yield replace(self._of_turns(turns, shift=code), shift=code)

    def _days(self) -> Iterator[Tally]:
        for day in self._problem.days:
            turns = self._problem.turns_on(day)
            if turns:
                yield replace(self._of_turns(turns, day=day), day=day)

    def _of_turns(
        self, turns: tuple[Turn, ...], shift: str | None = None, day: date | None = None
    ) -> Tally:
        concerned = [day is None or demand.monday == monday_of(day) for demand in self._demands]
        pairs = list(zip(self._demands, concerned, strict=True))
        least = [one.least_in(shift, day) if here else 0 for one, here in pairs]
        most = [one.most_in(shift, day) if here else 0 for one, here in pairs]
        inside = frozenset(turns)
        return self._tally(least, most, self._cells(lambda _, turn: turn in inside), turns)

    # --- one tally --------------------------------------------------------------------------

    def _of(self, concerns: Callable[[Demand], bool]) -> list[int]:
        return [demand.wanted if concerns(demand) else 0 for demand in self._demands]

    def _cells(self, inside: Callable[[str, Turn], bool]) -> _Table:
        return {key: seats for key, seats in self._table.items() if inside(*key)}

    def _tally(
        self,
        need: Sequence[int],
        most: Sequence[int],
        seats: _Table,
        turns: tuple[Turn, ...] | None = None,
        modality: Modality | None = None,
    ) -> Tally:
        counted = np.array(
            [s.tally(self._able(modality, turn)) for (_, turn), s in seats.items()], np.int64
        ).reshape(-1, 3)
        stations, held, unstaffed = (int(n) for n in counted.sum(axis=0))
        shortfalls = tuple(self._shortfalls(need, turns))
        return Tally(
            wanted=sum(need),
            most=sum(most),
            stations=stations,
            held=held,
            unstaffed=unstaffed,
            possible=stations - held - unstaffed,
            short=sum(shortfall.short for shortfall in shortfalls),
            cap=Cap.NURSES if unstaffed else Cap.HELD if held else Cap.STATIONS,
            shortfalls=shortfalls,
        )

    def _able(self, modality: Modality | None, turn: Turn) -> frozenset[str] | None:
        if modality is None:
            return None
        problem = self._problem
        return frozenset(
            station
            for station in problem.station
            if modality in (problem.abilities(station, turn.day) or ())
        )
