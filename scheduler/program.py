"""The common form of both stages: choose one column for every group, within shared rows.

A program need not list its columns; it must be able to price them. Costs, coefficients and
limits are integers, and prices are integers too (`SCALE` to the unit), so that a bound computed
from them is exact whatever a floating-point solver made of the duals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

SCALE = 1 << 20
"""Prices are counted in this fraction of a cost unit."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns. Column j belongs to `group[j]`, costs `cost[j]` and has the coefficients
    `value[start[j]:start[j + 1]]` in the rows `row[start[j]:start[j + 1]]`. `mark[j]` is the
    program's own number for it."""

    group: Ints
    cost: Ints
    mark: Ints
    start: Ints
    row: Ints
    value: Ints

    def __len__(self) -> int:
        return len(self.group)

    def take(self, index: Ints) -> Columns:
        """The columns at some positions, in that order."""
        counts = self.start[index + 1] - self.start[index]
        ends = np.cumsum(counts)
        shift = np.repeat(self.start[index] - (ends - counts), counts)
        entries = np.arange(counts.sum(), dtype=np.int64) + shift
        start = np.concatenate([np.zeros(1, np.int64), ends])
        return Columns(
            self.group[index],
            self.cost[index],
            self.mark[index],
            start,
            self.row[entries],
            self.value[entries],
        )

    def reduced(self, prices: Ints) -> Ints:
        """Cost plus what the column uses of the rows at these prices, in `SCALE`."""
        used = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.value * prices[self.row])])
        total: Ints = self.cost * SCALE + used[self.start[1:]] - used[self.start[:-1]]
        return total

    def regrouped(self, number: Ints) -> Columns:
        """The same with group g called `number[g]`."""
        return replace(self, group=number[self.group])

    def usage(self, rows: int) -> Ints:
        """How much all the columns together use of each row."""
        used = np.zeros(rows, np.int64)
        np.add.at(used, self.row, self.value)
        return used

    @staticmethod
    def none() -> Columns:
        """No columns."""
        empty = np.zeros(0, np.int64)
        return Columns(empty, empty, empty, np.zeros(1, np.int64), empty, empty)

    @staticmethod
    def join(parts: Sequence[Columns]) -> Columns:
        """All columns of the parts, in order."""
        every = [Columns.none(), *parts]
        offsets = np.cumsum([0, *(len(part.row) for part in every[:-1])])
        starts = [part.start[1:] + at for part, at in zip(every, offsets, strict=True)]
        return Columns(
            np.concatenate([part.group for part in every]),
            np.concatenate([part.cost for part in every]),
            np.concatenate([part.mark for part in every]),
            np.concatenate([np.zeros(1, np.int64), *starts]),
            np.concatenate([part.row for part in every]),
            np.concatenate([part.value for part in every]),
        )


@dataclass(frozen=True, slots=True)
class Overflow:
    """Rows that may be exceeded: each by up to `most` units, each unit at a price. What was
    paid may also count in budget rows, the last of the program: `budget[i, b]` for a unit."""

    row: Ints
    price: Ints
    most: Ints
    budget: Ints

    @staticmethod
    def none() -> Overflow:
        """No row may be exceeded."""
        empty = np.zeros(0, np.int64)
        return Overflow(empty, empty, empty, np.zeros((0, 0), np.int64))


class Priced(Protocol):
    """A program's columns seen through the prices of its rows."""

    @property
    def cheapest(self) -> Ints:
        """Least reduced cost in each group, in `SCALE`."""
        ...

    def under(self, ceiling: Ints, most: int) -> Columns:
        """The columns whose reduced cost lies below their group's ceiling; at most so many of
        the cheapest in each group."""
        ...

    def all_under(self, ceiling: Ints, cap: int) -> Columns | None:
        """Every column below its group's ceiling; `None` if they are more than the cap."""
        ...


class Program(Protocol):
    """What the search needs to know of a stage."""

    @property
    def groups(self) -> int:
        """Number of groups."""
        ...

    @property
    def limit(self) -> Ints:
        """What each row can take."""
        ...

    @property
    def overflow(self) -> Overflow:
        """Rows that may be exceeded."""
        ...

    @property
    def tied(self) -> bool:
        """True if very many columns cost the same."""
        ...

    def opening(self) -> Columns:
        """Columns worth having before any prices are known."""
        ...

    def priced(self, prices: Ints) -> Priced:
        """Every column at the given prices of the rows, which are not negative."""
        ...


def weak_bound(program: Program, prices: Ints, cheapest: Ints) -> int:
    """A proven lower bound on the cost, in `SCALE` (weak duality, exactly).

    `prices` must be as `affordable` leaves them.
    """
    used = sum(
        int(price) * int(limit) for price, limit in zip(prices, program.limit, strict=True) if price
    )
    return int(cheapest.sum()) - used


def units_up(scaled: int) -> int:
    """An amount in `SCALE` as whole units, rounded up: costs are whole."""
    return -(-scaled // SCALE)


def affordable(program: Program, prices: Ints) -> Ints:
    """Prices no higher than what exceeding the row costs, and not negative."""
    capped = np.maximum(prices, 0)
    overflow = program.overflow
    budgets = overflow.budget.shape[1]
    spent = overflow.budget @ capped[len(capped) - budgets :] if budgets else 0
    np.minimum.at(capped, overflow.row, overflow.price * SCALE + spent)
    return capped


def excess(program: Program, chosen: Columns) -> Ints | None:
    """Units by which each overflow is used; `None` if the choice breaks a row."""
    used = chosen.usage(len(program.limit))
    overflow = program.overflow
    over = np.maximum(0, used[overflow.row] - program.limit[overflow.row])
    room = program.limit.copy()
    np.add.at(room, overflow.row, np.minimum(over, overflow.most))
    budgets = overflow.budget.shape[1]
    if budgets:
        used[len(used) - budgets :] += over @ overflow.budget
    return over if bool((used <= room).all()) else None


def cost_of(program: Program, chosen: Columns) -> int | None:
    """What a choice costs, overflow included; `None` if it breaks a row."""
    over = excess(program, chosen)
    if over is None:
        return None
    return int(chosen.cost.sum()) + int((over * program.overflow.price).sum())


def cheapest_of_each(group: Ints, reduced: Ints, ceiling: Ints, most: int) -> Ints:
    """Positions of the columns under their group's ceiling, the cheapest `most` of each group."""
    under = np.flatnonzero(reduced < ceiling[group])
    if not len(under):
        return under
    order = under[np.lexsort((reduced[under], group[under]))]
    groups = group[order]
    begins = np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]]))
    sizes = np.diff(np.concatenate([begins, [len(order)]]))
    rank = np.arange(len(order)) - np.repeat(begins, sizes)
    return order[rank < most]


@dataclass(frozen=True, slots=True)
class Listed:
    """A program that lists its columns, sorted by group."""

    groups: int
    columns: Columns
    limit: Ints
    overflow: Overflow

    @property
    def tied(self) -> bool:
        """No: weeks differ in what they cost."""
        return False

    def opening(self) -> Columns:
        """A few of each group's cheapest columns."""
        roof = np.full(self.groups, np.iinfo(np.int64).max)
        return self.priced(np.zeros(len(self.limit), np.int64)).under(roof, 6)

    def priced(self, prices: Ints) -> ListedPriced:
        """Every column at the given prices."""
        reduced = self.columns.reduced(prices)
        first = np.searchsorted(self.columns.group, np.arange(self.groups))
        return ListedPriced(self.columns, reduced, np.minimum.reduceat(reduced, first))


@dataclass(frozen=True, slots=True)
class ListedPriced:
    """Listed columns at some prices."""

    columns: Columns
    reduced: Ints
    cheapest: Ints

    def under(self, ceiling: Ints, most: int) -> Columns:
        """The columns below their group's ceiling, the cheapest `most` of each group."""
        picked = cheapest_of_each(self.columns.group, self.reduced, ceiling, most)
        return self.columns.take(picked)

    def all_under(self, ceiling: Ints, cap: int) -> Columns | None:
        """Every column below its group's ceiling; `None` if they are more than the cap."""
        picked = np.flatnonzero(self.reduced < ceiling[self.columns.group])
        return self.columns.take(picked) if len(picked) <= cap else None
