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

from domain.calendar import Turn
from scheduler.options import NEVER, Option, Weekful
from scheduler.program import SCALE, Columns, Ints, Overflow, cheapest_of_each

_OPENING, _FEW = 30_000, 8
"""Columns to open with at most, and how many an option has at least."""

_STRIDE = 7919
"""By how many stations the next patient's turn starts further on: a prime, so that all come
round."""

_NEAR = 3
"""Stations that a block of turns tries when only good columns are asked for."""


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

    @property
    def tied(self) -> bool:
        """Yes: to most patients most stations are the same."""
        return True

    def opening(self) -> Columns:
        """Options with one station for the whole week: every station, or the cheapest and,
        where they are too many, others in turn."""
        found: list[_Entry] = []
        wide = len(self.stations)
        options = sum(len(weekful.options) for weekful in self.weekfuls)
        each = max(_FEW, _OPENING // max(1, options))
        for weekful in self.weekfuls:
            whole = weekful.seat.sum(axis=1)
            turned = (np.arange(wide) - weekful.group[:, None] * _STRIDE) % wide
            ranked = np.argsort(whole * wide + turned, axis=1, kind="stable")[:, :each]
            good = np.take_along_axis(whole, ranked, axis=1) < NEVER
            for i, k in zip(*np.nonzero(good), strict=True):
                option, s = weekful.options[i], int(ranked[i, k])
                found.append(_Entry(0, int(whole[i, s]), option, (int(s),) * len(option.turns)))
        return self.columns_of(found)

    def rest(self, held: Columns) -> tuple[Seating, Ints]:
        """The program of the groups that have no column among those held, with the stations
        left over, and the numbers that its groups have here."""
        left = np.setdiff1d(np.arange(self.groups), held.group)
        limit = self.limit - held.usage(len(self.limit))
        wide, many = len(self.stations), len(self.turns)
        slots = limit[self.first_slot : self.first_slot + wide * many].reshape(many, wide)
        rest = Seating(
            turns=self.turns,
            stations=self.stations,
            patients=tuple(self.patients[group] for group in left),
            weekfuls=tuple(weekful.of(left, slots <= 0) for weekful in self.weekfuls),
            first_slot=self.first_slot,
            limit=limit,
            overflow=self.overflow,
        )
        return rest, left

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


def _bits(block: tuple[int, ...]) -> int:
    return sum(1 << k for k in block)
