"""Wanted against possible, before any search: what no plan whatever can seat, in numbers.

Pure counting and one maximum flow: every `short` is a proven lower bound on missing sessions.
It may be too low, since gaps between days are mostly not part of it, but never too high.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from domain.calendar import monday_of
from domain.center import Modality
from domain.problem import Problem
from domain.shortage import Cap, Capacity, Tally
from scheduler.demand import demands
from scheduler.model import Model
from scheduler.open_seats import Cell, OpenSeats
from scheduler.planner import build_model
from scheduler.rules import RULES
from scheduler.rules.rule import Rule
from scheduler.seat_flow import SeatFlow
from scheduler.shortfalls import Prover, least_out
from scheduler.walks import zone_masks


def capacity(
    problem: Problem, rules: Iterable[Rule] = RULES, model: Model | None = None
) -> Capacity:
    """The horizon's arithmetic under the enabled hard rules.

    `model` is what `build_model` made of the same problem and rules; with it, nothing has to
    be encoded again.
    """
    hard = tuple(rule for rule in rules if rule.hard)
    return _Count(model or build_model(problem, hard), OpenSeats(problem, hard)).all()


class _Count:
    """All tallies over one network."""

    def __init__(self, model: Model, seats: OpenSeats) -> None:
        zones = zone_masks(model)
        self._problem = model.problem
        self._seats = seats
        self._demands = demands(model, zones)
        flow = SeatFlow(model, self._demands, zones)
        self._prover = Prover(model, seats, self._demands, flow)

    def all(self) -> Capacity:
        """Total, then part by part."""
        need = [demand.wanted for demand in self._demands]
        total = self._tally(need, need, self._seats.cells)
        fits = not total.short
        weeks = tuple(self._weeks(fits))
        zones = tuple(self._zones(fits))
        modalities = tuple(self._modalities(fits))
        shifts, days = tuple(self._shifts()), tuple(self._days())
        every = (total, *weeks, *zones, *modalities, *shifts, *days)
        return Capacity(
            total=total,
            weeks=weeks,
            zones=zones,
            modalities=modalities,
            shifts=shifts,
            days=days,
            short=max(tally.short for tally in every),
            patients=max(least_out(tally.shortfalls) for tally in every),
        )

    # --- parts ------------------------------------------------------------------------------

    def _weeks(self, fits: bool) -> Iterator[Tally]:
        for monday in self._problem.mondays:
            need = [one.wanted if one.monday == monday else 0 for one in self._demands]
            cells = [key for key in self._seats.cells if monday_of(key[1].day) == monday]
            yield replace(self._tally(need, need, cells, fits=fits), monday=monday)

    def _zones(self, fits: bool) -> Iterator[Tally]:
        """Every zone; zones that share patients also together; and who belongs nowhere."""
        shared = {demand.zones for demand in self._demands}
        single = {(zone,) for zone in self._problem.zone_stations}
        for zones in sorted(shared | single, key=lambda one: (len(one) != 1, one)):
            yield self._of_zones(zones, None, fits)

    def _modalities(self, fits: bool) -> Iterator[Tally]:
        kinds = {(demand.zones, demand.modality) for demand in self._demands if demand.zones}
        for zones, modality in sorted(kinds):
            yield self._of_zones(zones, modality, fits)

    def _of_zones(self, zones: tuple[str, ...], modality: Modality | None, fits: bool) -> Tally:
        inside = frozenset(zones)
        need, most = [], []
        for demand in self._demands:
            asked = demand.wanted if modality in {None, demand.modality} else 0
            same, own = demand.zones == zones, frozenset(demand.zones)
            need.append(asked if same or (own and own <= inside) else 0)
            most.append(asked if same or own & inside else 0)
        cells = [cell for cell in self._seats.cells if cell[0] in inside]
        tally = self._tally(need, most, cells, modality=modality, fits=fits)
        return replace(tally, zones=zones)

    def _shifts(self) -> Iterator[Tally]:
        for code in self._problem.shift:
            least = [demand.least_in(code, None) for demand in self._demands]
            most = [demand.most_in(code, None) for demand in self._demands]
            cells = [key for key in self._seats.cells if key[1].shift == code]
            yield replace(self._tally(least, most, cells, scoped=True), shift=code)

    def _days(self) -> Iterator[Tally]:
        for day in self._problem.days:
            cells = [key for key in self._seats.cells if key[1].day == day]
            if cells:
                mine = [one if one.monday == monday_of(day) else None for one in self._demands]
                least = [one.least_in(None, day) if one else 0 for one in mine]
                most = [one.most_in(None, day) if one else 0 for one in mine]
                yield replace(self._tally(least, most, cells, scoped=True), day=day)

    # --- one tally --------------------------------------------------------------------------

    def _tally(
        self,
        need: Sequence[int],
        most: Sequence[int],
        cells: Sequence[Cell],
        *,
        modality: Modality | None = None,
        scoped: bool = False,
        fits: bool = False,
    ) -> Tally:
        """`scoped`: only the turns of these cells will do; `fits`: nothing can be short."""
        stations, held, unstaffed = self._seats.count(cells, modality)
        turns = {turn for _, turn in cells} if scoped else None
        none = fits or not any(need)
        shortfalls = () if none else tuple(self._prover.shortfalls(need, turns))
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
            modality=modality,
        )
