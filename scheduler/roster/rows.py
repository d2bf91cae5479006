"""The rows of a program: covers, everybody's sums that have a price, cuts of a branch.

Each cover is up to two rows: one that is short by a unit for each person missing, one that runs
over by a unit for each person too many. A sum with prices is the same with days or minutes of
one person: as rows they cost the search next to nothing, as tallies they would multiply.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.program import Ints, Overflow
from scheduler.roster.shape import Cover, Shape, Sum


@dataclass(frozen=True, slots=True)
class Cut:
    """How many cells of some kinds on some days, of some people (`None`: of all), there are to
    be: at most so many or, `least`, at least. `price` is that of each unit beyond: so high
    that nothing beyond is worth it."""

    days: tuple[int, ...]
    kinds: tuple[int, ...]
    people: tuple[int, ...] | None
    least: bool
    limit: int
    price: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of each cell: those of cell c are at `start[c]:start[c + 1]`; a cell is a person, a
    day and a kind. What every row can take, and what exceeding it costs; the first `covers` rows
    are those of covers."""

    start: Ints
    row: Ints
    value: Ints
    size: tuple[int, int, int]
    limit: Ints
    overflow: Overflow
    covers: int

    @property
    def signs(self) -> Ints:
        """The coefficient that all cells of a cover's row have in it; 0 of other rows."""
        signs = np.zeros(len(self.limit), np.int64)
        signs[self.row] = self.value
        signs[self.covers :] = 0
        return signs

    def prices(self, prices: Ints) -> Ints:
        """What each cell `[person, day, kind]` uses of the rows, at their prices."""
        total = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.value * prices[self.row])])
        used: Ints = total[self.start[1:]] - total[self.start[:-1]]
        return used.reshape(self.size)

    def of(self, person: Ints, kinds: Ints) -> tuple[Ints, Ints, Ints]:
        """Start, rows and values of personal rosters `kinds[column, day]`."""
        _, days, count = self.size
        flat = ((person[:, None] * days + np.arange(days)) * count + kinds).ravel()
        each = self.start[flat + 1] - self.start[flat]
        rank = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
        at = np.repeat(self.start[flat], each) + rank
        per_column = each.reshape(kinds.shape).sum(axis=1)
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(per_column)])
        return start, self.row[at], self.value[at]


@dataclass(frozen=True, slots=True)
class _Row:
    """`values` of some `cells` may come to `limit`; beyond, `price` a unit up to `most`."""

    cells: Ints
    values: Ints
    limit: int
    price: int
    most: int


def rows_of(shape: Shape, cuts: Sequence[Cut] = ()) -> Rows:
    """The shape's rows, then one for each cut."""
    size = (len(shape.people), shape.days, len(shape.kinds))
    rows = [row for cover in shape.covers for row in _cover_rows(shape, cover)]
    covers = len(rows)
    for at, person in enumerate(shape.people):
        rows += [row for limit in person.sums for row in _sum_rows(shape, at, limit)]
    rows += [_cut_row(shape, cut) for cut in cuts]
    none = np.zeros(0, np.int64)
    cell = np.concatenate([none, *(row.cells for row in rows)])
    value = np.concatenate([none, *(row.values for row in rows)])
    number = np.repeat(np.arange(len(rows), dtype=np.int64), [len(row.cells) for row in rows])
    order = np.argsort(cell, kind="stable")
    start = np.searchsorted(cell[order], np.arange(size[0] * size[1] * size[2] + 1))
    figures = np.array([(r.limit, r.price, r.most) for r in rows], np.int64)
    limit, price, most = figures.reshape(-1, 3).T
    every = np.arange(len(rows), dtype=np.int64)
    overflow = Overflow(every, price, most, np.zeros((len(rows), 0), np.int64))
    return Rows(start, number[order], value[order], size, limit, overflow, covers)


def _cover_rows(shape: Shape, cover: Cover) -> Iterator[_Row]:
    people = range(len(shape.people)) if cover.people is None else sorted(cover.people)
    cells = _cells(shape, people, (cover.day,), sorted(cover.kinds))
    surplus = len(shape.people) - min(0, cover.need)
    for sign, price, most in ((-1, cover.under, cover.need), (1, cover.over, surplus)):
        if price and most > 0:
            yield _Row(cells, np.full(len(cells), sign), sign * cover.need, price, most)


def _sum_rows(shape: Shape, at: int, limit: Sum) -> Iterator[_Row]:
    """What of a sum has a price."""
    days = range(shape.days) if limit.days is None else sorted(limit.days)
    cells = _cells(shape, (at,), days, sorted(limit.kinds))
    kinds = cells % len(shape.kinds)
    minutes = np.array([kind.minutes for kind in shape.kinds], np.int64)
    values = minutes[kinds] if limit.minutes else np.ones_like(kinds)
    if limit.under and (limit.least or 0) > 0:
        least = limit.least or 0
        yield _Row(cells, -values, -least, limit.under, least)
    if limit.over and limit.most is not None:
        most = len(days) * int(values.max(initial=0)) - min(0, limit.most)
        yield _Row(cells, values, limit.most, limit.over, most)


def _cut_row(shape: Shape, cut: Cut) -> _Row:
    people = range(len(shape.people)) if cut.people is None else cut.people
    cells = _cells(shape, people, cut.days, cut.kinds)
    sign, most = -1 if cut.least else 1, len(people) * len(cut.days)
    return _Row(cells, np.full(len(cells), sign), sign * cut.limit, cut.price, most)


def _cells(shape: Shape, people: Sequence[int], days: Sequence[int], kinds: Sequence[int]) -> Ints:
    person, day, kind = np.meshgrid(
        np.array(people, np.int64),
        np.array(days, np.int64),
        np.array(kinds, np.int64),
        indexing="ij",
    )
    cells: Ints = ((person * shape.days + day) * len(shape.kinds) + kind).ravel()
    return cells
