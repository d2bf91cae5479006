"""Who sits where, once it is known who comes when: one program for each zone and week.

A column says at which station a patient sits in each of the week's turns. There are far too
many to list, but they price easily: a patient's turns fall into blocks, one for each station
used, and for given prices every block takes its cheapest station.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from domain.calendar import Turn
from scheduler.matching import match
from scheduler.model import Model
from scheduler.program import SCALE, Bools, Columns, Ints, Overflow

_NEVER = 1 << 40
"""A cost, in units, that no legal seat has."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A patient's turns in one zone and week: `turns` index the program's turns, `cost[k, s]`
    is that of station s in the k-th turn (`_NEVER` where it is not allowed), `spread` that of
    every station beyond the first."""

    patient: str
    turns: tuple[int, ...]
    cost: Ints
    spread: int


@dataclass(frozen=True, slots=True)
class Seating:
    """The program: rows are slots, numbered turn by turn, each for one patient."""

    turns: tuple[Turn, ...]
    stations: tuple[str, ...]
    sittings: tuple[Sitting, ...]
    limit: Ints
    overflow: Overflow

    @property
    def groups(self) -> int:
        """Patients."""
        return len(self.sittings)

    def opening(self) -> Columns:
        """Every patient at one station all week."""
        wide = len(self.stations)
        found = []
        for group, sitting in enumerate(self.sittings):
            whole = sitting.cost.sum(axis=0)
            for station in np.flatnonzero(whole < _NEVER):
                at = [turn * wide + int(station) for turn in sitting.turns]
                found.append((group, int(whole[station]), at))
        return _columns(found)

    def priced(self, prices: Ints) -> SeatingPriced:
        """Every way to sit at the given prices of the slots."""
        grid = prices.reshape(len(self.turns), len(self.stations))
        return SeatingPriced(self, grid, *_cheapest(self, grid))

    def column(self, group: int, seats: tuple[int, ...]) -> Columns:
        """The column in which the patient takes these stations, turn by turn."""
        sitting = self.sittings[group]
        at = [turn * len(self.stations) + s for turn, s in zip(sitting.turns, seats, strict=True)]
        own = sum(int(sitting.cost[k, s]) for k, s in enumerate(seats))
        return _columns([(group, own + sitting.spread * (len(set(seats)) - 1), at)])

    def seats(self, columns: Columns) -> Iterator[tuple[str, Turn, str]]:
        """Patient, turn and station of every seat in the columns."""
        wide = len(self.stations)
        for j, group in enumerate(columns.group):
            for row in columns.row[columns.start[j] : columns.start[j + 1]]:
                turn, station = divmod(int(row), wide)
                yield self.sittings[group].patient, self.turns[turn], self.stations[station]


def build_seating(
    model: Model,
    turns: tuple[Turn, ...],
    zone: str,
    who: dict[str, tuple[Turn, ...]],
    factor: Mapping[int, int],
) -> Seating:
    """The program of one zone: who sits in it, and in which of the turns of one week.
    `factor` multiplies the costs of each tier so that earlier ones outweigh later ones."""
    stations = model.problem.zone_stations[zone]
    number = {turn: index for index, turn in enumerate(turns)}
    sittings = tuple(
        Sitting(
            patient,
            tuple(number[turn] for turn in mine),
            np.array(
                [_seat_costs(model, patient, turn, stations, factor) for turn in mine], np.int64
            ),
            sum(weight * factor[tier] for tier, weight in model.spread.get(patient, ())),
        )
        for patient, mine in sorted(who.items())
    )
    slots = len(turns) * len(stations)
    room = 1 if model.one_per_station else len(who)
    return Seating(
        turns, stations, sittings, np.full(slots, room, np.int64), Overflow.none()
    )


def seating_factors(model: Model) -> dict[int, int]:
    """Multipliers of the tiers that seating can cost something in, last tier 1."""
    sessions = len(model.problem.turns)
    worst: Counter[int] = Counter()
    for homes in model.homes.values():
        worst.update({tier: weight for tier, weight, _ in homes})
    for prices in model.spread.values():
        worst.update({tier: weight * sessions for tier, weight in prices})
    factors: dict[int, int] = {}
    outweigh = 1
    for tier in sorted(worst, reverse=True):
        factors[tier] = outweigh
        outweigh *= 1 + worst[tier]
    return factors


def _seat_costs(
    model: Model,
    patient: str,
    turn: Turn,
    stations: tuple[str, ...],
    factor: Mapping[int, int],
) -> list[int]:
    allowed = model.allowed(patient, turn)
    homes = model.homes.get((patient, turn), ())
    costs = []
    for station in stations:
        bit = model.mask((station,))
        away = sum(weight * factor[tier] for tier, weight, mask in homes if not bit & mask)
        costs.append(away if bit & allowed else _NEVER)
    return costs


@dataclass(frozen=True, slots=True)
class SeatingPriced:
    """Seatings at some prices. `best[g]` holds, for every set of the patient's turns as bits,
    the least reduced cost of spending all of them at one station."""

    program: Seating
    grid: Ints
    cheapest: Ints
    best: tuple[Ints, ...]

    def under(self, ceiling: Ints, most: int | None) -> Columns:
        """The columns below their group's ceiling; with `most`, a good few of each group."""
        found: list[tuple[int, int, list[int]]] = []
        for group in np.flatnonzero(self.cheapest < ceiling):
            mine = list(self._of_group(int(group), int(ceiling[group]), most))
            mine.sort(key=lambda one: one[0])
            found.extend((int(group), cost, at) for _, cost, at in mine[:most])
        return _columns(found)

    def _of_group(
        self, group: int, ceiling: int, most: int | None
    ) -> Iterator[tuple[int, int, list[int]]]:
        """Reduced cost, cost and rows of one patient's columns below the ceiling."""
        sitting = self.program.sittings[group]
        reduced = sitting.cost * SCALE + self.grid[list(sitting.turns)]
        best = self.best[group]
        for blocks in _partitions(len(sitting.turns)):
            spread = sitting.spread * (len(blocks) - 1)
            floor = [int(best[_bits(block)]) for block in blocks]
            slack = ceiling - sum(floor) - spread * SCALE
            if slack <= 0:
                continue
            choices = []
            for block, least in zip(blocks, floor, strict=True):
                sums = reduced[list(block)].sum(axis=0)
                near = np.flatnonzero(sums < least + slack)
                choices.append(near if most is None else near[np.argsort(sums[near])][:3])
            yield from self._combine(sitting, reduced, blocks, choices, ceiling, spread)

    def _combine(
        self,
        sitting: Sitting,
        reduced: Ints,
        blocks: tuple[tuple[int, ...], ...],
        choices: list[Ints],
        ceiling: int,
        spread: int,
    ) -> Iterator[tuple[int, int, list[int]]]:
        wide = len(self.program.stations)
        for picked in product(*choices):
            if len(set(picked)) < len(picked):
                continue
            seats = [(k, int(s)) for block, s in zip(blocks, picked, strict=True) for k in block]
            total = sum(int(reduced[k, s]) for k, s in seats) + spread * SCALE
            if total < ceiling:
                cost = sum(int(sitting.cost[k, s]) for k, s in seats) + spread
                yield total, cost, [sitting.turns[k] * wide + s for k, s in seats]


def _cheapest(program: Seating, grid: Ints) -> tuple[Ints, tuple[Ints, ...]]:
    """Every group's least reduced cost, and the table of its blocks."""
    cheapest = np.empty(program.groups, np.int64)
    tables: list[Ints] = []
    for group, sitting in enumerate(program.sittings):
        reduced = sitting.cost * SCALE + grid[list(sitting.turns)]
        size = len(sitting.turns)
        best = np.zeros(1 << size, np.int64)
        for bits in range(1, 1 << size):
            inside = [k for k in range(size) if bits >> k & 1]
            best[bits] = reduced[inside].sum(axis=0).min()
        tables.append(best)
        cheapest[group] = min(
            sum(int(best[_bits(block)]) for block in blocks)
            + sitting.spread * (len(blocks) - 1) * SCALE
            for blocks in _partitions(size)
        )
    return cheapest, tuple(tables)


@cache
def _partitions(size: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """All ways to divide the first `size` numbers into blocks."""
    if size == 0:
        return ((),)
    found: list[tuple[tuple[int, ...], ...]] = []
    for rest in _partitions(size - 1):
        last = size - 1
        found.append((*rest, (last,)))
        for index, block in enumerate(rest):
            found.append((*rest[:index], (*block, last), *rest[index + 1 :]))
    return tuple(found)


def _bits(block: tuple[int, ...]) -> int:
    return sum(1 << k for k in block)


def _columns(entries: list[tuple[int, int, list[int]]]) -> Columns:
    """Columns from (group, cost, rows)."""
    sizes = [len(rows) for _, _, rows in entries]
    return Columns(
        np.array([group for group, _, _ in entries], np.int64),
        np.array([cost for _, cost, _ in entries], np.int64),
        np.zeros(len(entries), np.int64),
        np.cumsum([0, *sizes]).astype(np.int64),
        np.array([row for _, _, rows in entries for row in rows], np.int64),
        np.ones(sum(sizes), np.int64),
    )


def start_seating(program: Seating) -> Columns:
    """A legal seating, turn by turn: everybody at home or where they sat before if possible.

    Capacity rows have made sure that each turn can be seated, so each is a matching.
    """
    if bool((program.limit > 1).any()):
        nothing = program.priced(np.zeros(len(program.limit), np.int64))
        return nothing.under(np.full(program.groups, _NEVER * SCALE), 1)
    taken: list[dict[int, int]] = [{} for _ in program.sittings]
    for turn in range(len(program.turns)):
        here = [
            (group, sitting.turns.index(turn))
            for group, sitting in enumerate(program.sittings)
            if turn in sitting.turns
        ]
        if not here:
            continue
        cost = np.array([_with_habit(program.sittings[g], k, taken[g]) for g, k in here])
        for (group, k), station in zip(here, match(cost, _NEVER), strict=True):
            taken[group][k] = station
    parts = [
        program.column(group, tuple(seats[k] for k in range(len(seats))))
        for group, seats in enumerate(taken)
    ]
    return Columns.join(parts)


def _with_habit(sitting: Sitting, k: int, seats: dict[int, int]) -> Ints:
    cost: Ints = sitting.cost[k].copy()
    used = list(set(seats.values()))
    if used:
        new: Bools = np.ones(len(cost), np.bool_)
        new[used] = False
        cost[new] += sitting.spread
    return cost
