"""Who sits where: a program whose columns give a patient's week a station for every turn.

The weeks may be settled already, one for each patient, or still open among several; the
program is the same. There are far too many columns to list, but they price easily: a week's
turns fall into blocks, one for each station used, and at given prices every block takes its
cheapest station.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from domain.calendar import Turn
from scheduler.program import SCALE, Columns, Ints, Overflow, cheapest_of_each

NEVER = 1 << 34
"""A cost, in units, that no legal seat has."""

_NEAR = 3
"""Stations that a block of turns tries when only good columns are asked for."""


@dataclass(frozen=True, slots=True)
class Option:
    """One week that a patient may have: its turns, the stations allowed in each as bits, and
    what it uses of the rows that are not slots."""

    group: int
    mark: int
    turns: tuple[int, ...]
    allowed: tuple[int, ...]
    rows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Weekful:
    """Options with the same number of sessions, side by side. `seat[i, k, s]` is the cost of
    station s in the k-th turn of option i, `NEVER` where it is not allowed; `shared` holds
    the options' rows that are not slots."""

    options: tuple[Option, ...]
    group: Ints
    turns: Ints
    seat: NDArray[np.int64]
    spread: Ints
    shared: Columns


@dataclass(frozen=True, slots=True)
class Seating:
    """The program. Rows are first those shared otherwise, then the slots, turn by turn, then
    budgets if there are any."""

    turns: tuple[Turn, ...]
    stations: tuple[str, ...]
    patients: tuple[str, ...]
    weekfuls: tuple[Weekful, ...]
    first_slot: int
    limit: Ints
    overflow: Overflow

    @property
    def groups(self) -> int:
        """Patients' weeks."""
        return len(self.patients)

    def opening(self) -> Columns:
        """Every option with one station for the whole week."""
        found: list[_Entry] = []
        for weekful in self.weekfuls:
            whole = weekful.seat.sum(axis=1)
            for i, s in zip(*np.nonzero(whole < NEVER), strict=True):
                option = weekful.options[i]
                found.append(_Entry(0, int(whole[i, s]), option, (int(s),) * len(option.turns)))
        return self.columns_of(found)

    def priced(self, prices: Ints) -> SeatingPriced:
        """Every way to sit at the given prices."""
        return SeatingPriced(self, prices)

    def column(self, weekful: Weekful, i: int, seats: tuple[int, ...]) -> Columns:
        """The column in which option i takes these stations, turn by turn."""
        own = sum(int(weekful.seat[i, k, s]) for k, s in enumerate(seats))
        spread = int(weekful.spread[i]) * (max(1, len(set(seats))) - 1)
        option = weekful.options[i]
        return self.columns_of([_Entry(0, own + spread, option, seats)])

    def seats(self, columns: Columns) -> Iterator[tuple[str, Turn, str]]:
        """Patient, turn and station of every seat in the columns."""
        wide = len(self.stations)
        slots = range(self.first_slot, self.first_slot + wide * len(self.turns))
        for j, group in enumerate(columns.group):
            for row in columns.row[columns.start[j] : columns.start[j + 1]]:
                if row in slots:
                    turn, station = divmod(int(row) - self.first_slot, wide)
                    yield self.patients[group], self.turns[turn], self.stations[station]

    def columns_of(self, entries: Sequence[_Entry]) -> Columns:
        """Columns in the making, made."""
        wide = len(self.stations)
        rows: list[int] = []
        values: list[int] = []
        start = [0]
        for entry in entries:
            for turn, station in zip(entry.option.turns, entry.seats, strict=True):
                rows.append(self.first_slot + turn * wide + station)
                values.append(1)
            for row, value in entry.option.rows:
                rows.append(row)
                values.append(value)
            start.append(len(rows))
        return Columns(
            np.array([entry.option.group for entry in entries], np.int64),
            np.array([entry.cost for entry in entries], np.int64),
            np.array([entry.option.mark for entry in entries], np.int64),
            np.array(start, np.int64),
            np.array(rows, np.int64),
            np.array(values, np.int64),
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A column in the making."""

    reduced: int
    cost: int
    option: Option
    seats: tuple[int, ...]


class SeatingPriced:
    """Seatings at some prices."""

    def __init__(self, program: Seating, prices: Ints) -> None:
        self._program = program
        wide = len(program.stations)
        slots = prices[program.first_slot : program.first_slot + wide * len(program.turns)]
        self._grid = slots.reshape(len(program.turns), wide)
        self._views = [_View(weekful, prices, self._grid) for weekful in program.weekfuls]
        self.cheapest: Ints = np.full(program.groups, np.iinfo(np.int64).max)
        for view in self._views:
            np.minimum.at(self.cheapest, view.weekful.group, view.least)

    def under(self, ceiling: Ints, most: int) -> Columns:
        """Good columns below their group's ceiling, up to `most` of each option."""
        found: list[_Entry] = []
        for view in self._views:
            for i in cheapest_of_each(view.weekful.group, view.least, ceiling, most):
                roof = int(ceiling[view.weekful.group[i]])
                mine = sorted(view.columns(int(i), roof, near=_NEAR), key=lambda e: e.reduced)
                found.extend(mine[:most])
        return self._program.columns_of(found)

    def all_under(self, ceiling: Ints, cap: int) -> Columns | None:
        """Every column below its group's ceiling; `None` if they are more than the cap."""
        found: list[_Entry] = []
        for view in self._views:
            for i in np.flatnonzero(view.least < ceiling[view.weekful.group]):
                roof = int(ceiling[view.weekful.group[i]])
                found.extend(islice(view.columns(int(i), roof), cap + 1 - len(found)))
                if len(found) > cap:
                    return None
        return self._program.columns_of(found)


class _View:
    """Options of one length at some prices. `best[i, B]` is the least reduced cost of
    spending the turns of the set B, as bits, at one station."""

    def __init__(self, weekful: Weekful, prices: Ints, grid: Ints) -> None:
        self.weekful = weekful
        self._reduced = weekful.seat * SCALE + grid[weekful.turns]
        self._base = weekful.shared.reduced(prices)
        count, size = weekful.turns.shape
        self._best = np.zeros((count, 1 << size), np.int64)
        for bits in range(1, 1 << size):
            inside = [k for k in range(size) if bits >> k & 1]
            self._best[:, bits] = self._reduced[:, inside].sum(axis=1).min(axis=1)
        ways = [self._floor(blocks) for blocks in partitions(size)]
        self.least: Ints = self._base + np.min(ways, axis=0)

    def _floor(self, blocks: tuple[tuple[int, ...], ...]) -> Ints:
        bits = [_bits(block) for block in blocks]
        spread = self.weekful.spread * ((max(1, len(blocks)) - 1) * SCALE)
        total: Ints = self._best[:, bits].sum(axis=1) + spread
        return total

    def columns(self, i: int, ceiling: int, near: int | None = None) -> Iterator[_Entry]:
        """Option i's columns below the ceiling; with `near`, only the best stations' ones."""
        option = self.weekful.options[i]
        base, spread = int(self._base[i]), int(self.weekful.spread[i])
        for blocks in partitions(len(option.turns)):
            apart = spread * (max(1, len(blocks)) - 1)
            floor = [int(self._best[i, _bits(block)]) for block in blocks]
            slack = ceiling - base - apart * SCALE - sum(floor)
            if slack <= 0:
                continue
            sums = [self._reduced[i, list(block)].sum(axis=0) for block in blocks]
            good = [np.flatnonzero(s < f + slack) for s, f in zip(sums, floor, strict=True)]
            if near is not None:
                good = [g[np.argsort(s[g])][:near] for s, g in zip(sums, good, strict=True)]
            for picked in product(*(g.tolist() for g in good)):
                total = base + apart * SCALE
                total += sum(int(s[station]) for s, station in zip(sums, picked, strict=True))
                if total < ceiling and len(set(picked)) == len(picked):
                    yield self._entry(i, option, blocks, picked, total, apart)

    def _entry(
        self,
        i: int,
        option: Option,
        blocks: tuple[tuple[int, ...], ...],
        picked: tuple[int, ...],
        reduced: int,
        apart: int,
    ) -> _Entry:
        seats = [0] * len(option.turns)
        for block, station in zip(blocks, picked, strict=True):
            for k in block:
                seats[k] = station
        own = sum(int(self.weekful.seat[i, k, s]) for k, s in enumerate(seats))
        return _Entry(reduced, own + apart, option, tuple(seats))


@cache
def partitions(size: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """All ways to divide the first `size` numbers into blocks."""
    if size == 0:
        return ((),)
    last = size - 1
    found: list[tuple[tuple[int, ...], ...]] = []
    for rest in partitions(last):
        found.append((*rest, (last,)))
        for index, block in enumerate(rest):
            found.append((*rest[:index], (*block, last), *rest[index + 1 :]))
    return tuple(found)


def shared_rows(options: Sequence[Option]) -> Columns:
    """What the options use of the rows that are not slots."""
    nothing = np.zeros(len(options), np.int64)
    entries = [entry for option in options for entry in option.rows]
    return Columns(
        nothing,
        nothing,
        nothing,
        np.cumsum([0, *(len(option.rows) for option in options)]).astype(np.int64),
        np.array([row for row, _ in entries], np.int64),
        np.array([value for _, value in entries], np.int64),
    )


def _bits(block: tuple[int, ...]) -> int:
    return sum(1 << k for k in block)
