"""A shape as a program of columns: a personal roster for everybody, within rows of cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.program import SCALE, Columns, Ints, Overflow
from scheduler.roster.crowd import Crowd, Group
from scheduler.roster.judge import personal_cost
from scheduler.roster.lattice import (
    NEVER,
    OUT_OF_REACH,
    Paths,
    Swept,
    best_paths,
    paths_under,
    sweep,
)
from scheduler.roster.limits import bare, barred_cells, wish_costs
from scheduler.roster.rows import Cut, rows_of
from scheduler.roster.shape import Roster, Shape


class Book:
    """What all programs over a shape share: everybody's lattice, what cells cost, and the
    personal rosters that were ever worth remembering, by number."""

    def __init__(self, shape: Shape, band: int | None = None) -> None:
        """With a `band` only rosters near what is due all the time, which proves nothing of the
        others. Raises `TooRich` if somebody's limits have too many states."""
        self.shape = shape
        self.bare = bare(shape)
        self.crowd = Crowd(self.bare, band)
        self.costs, self.barred = wish_costs(shape), barred_cells(self.bare)
        self._rosters: list[Ints] = []
        self._numbers: dict[bytes, int] = {}

    def mark(self, kinds: Ints) -> int:
        """The number of a personal roster."""
        key = kinds.tobytes()
        if key not in self._numbers:
            self._numbers[key] = len(self._rosters)
            self._rosters.append(kinds)
        return self._numbers[key]

    def kinds(self, marks: Ints) -> Ints:
        """The personal rosters of some numbers, `[column, day]`."""
        rows = [self._rosters[mark] for mark in marks.tolist()]
        return np.array(rows, np.int64).reshape(len(rows), self.shape.days)


class Covering:
    """The program. A column's mark is the number of its personal roster in the book."""

    def __init__(self, book: Book, cuts: Sequence[Cut] = ()) -> None:
        self.book = book
        self.rows = rows_of(book.shape, cuts)

    @property
    def groups(self) -> int:
        """One for each person."""
        return len(self.book.shape.people)

    @property
    def limit(self) -> Ints:
        """What each row can take."""
        return self.rows.limit

    @property
    def overflow(self) -> Overflow:
        """Every row may be exceeded."""
        return self.rows.overflow

    @property
    def tied(self) -> bool:
        """No: personal rosters differ in what they cost."""
        return False

    def opening(self) -> Columns:
        """What everybody would like best."""
        roof = np.full(self.groups, OUT_OF_REACH)
        return self.priced(np.zeros(len(self.limit), np.int64)).under(roof, 6)

    def priced(self, prices: Ints) -> PricedCovering:
        """Every personal roster at the given prices of the rows."""
        return self.priced_of(prices, np.arange(self.groups))

    def priced_of(self, prices: Ints, people: Ints) -> PricedCovering:
        """Those of some people; of the others there are none."""
        cells = self._cell_costs(prices)
        groups = self.book.crowd.groups(people)
        return PricedCovering(
            self, prices, tuple((g, sweep(g.lattice, cells[g.people])) for g in groups)
        )

    def best(self, at: int, prices: Ints) -> Columns:
        """One person's cheapest column, none if there is none; the prices may be negative."""
        found = self.book.crowd.best(at, self._cell_costs(prices)[[at]])
        return self.columns([found], prices)

    def columns(self, parts: Sequence[Paths], prices: Ints) -> Columns:
        """Paths as columns, by person; their costs are in `SCALE` and hold the prices."""
        person = np.concatenate([part.person for part in parts])
        kinds = np.concatenate([part.kinds for part in parts])
        cost = np.concatenate([part.cost for part in parts])
        order = np.argsort(person, kind="stable")
        person, kinds, cost = person[order], kinds[order], cost[order]
        start, row, value = self.rows.of(person, kinds)
        used = np.concatenate([np.zeros(1, np.int64), np.cumsum(value * prices[row])])
        own = (cost - used[start[1:]] + used[start[:-1]]) // SCALE
        mark = np.array([self.book.mark(one) for one in kinds], np.int64)
        return Columns(person, own, mark, start, row, value)

    def held(self, roster: Roster) -> Columns:
        """A legal roster as a choice."""
        shape = self.book.bare
        kinds = np.array(roster, np.int64).reshape(self.groups, shape.days)
        cost = np.array([personal_cost(shape, at, row) for at, row in enumerate(roster)], np.int64)
        free = np.zeros(len(self.limit), np.int64)
        return self.columns([Paths(np.arange(self.groups), kinds, cost * SCALE)], free)

    def again(self, columns: Columns) -> Columns:
        """Columns of another program over the same book, with the rows of this one."""
        start, row, value = self.rows.of(columns.group, self.book.kinds(columns.mark))
        return Columns(columns.group, columns.cost, columns.mark, start, row, value)

    def roster(self, chosen: Columns) -> Roster:
        """The roster that a choice of one column for everybody stands for."""
        kinds = self.book.kinds(chosen.mark[np.argsort(chosen.group, kind="stable")])
        return tuple(tuple(row) for row in kinds.tolist())

    def _cell_costs(self, prices: Ints) -> Ints:
        """What each cell costs at some prices of the rows, in `SCALE`."""
        priced = self.book.costs * SCALE + self.rows.prices(prices)
        return np.where(self.book.barred, NEVER, priced)


@dataclass(frozen=True, slots=True)
class PricedCovering:
    """Every personal roster at some prices."""

    program: Covering
    prices: Ints
    swept: tuple[tuple[Group, Swept], ...]

    @property
    def cheapest(self) -> Ints:
        """The least reduced cost of each person, in `SCALE`."""
        found = np.zeros(self.program.groups, np.int64)
        for group, swept in self.swept:
            found[group.people] = swept.cheapest
        return found

    def under(self, ceiling: Ints, most: int) -> Columns:
        """Some of the cheapest below each person's ceiling, the cheapest of all among them
        unless it breaks a cap that is left out, which is held from then on."""
        crowd = self.program.book.crowd
        parts = [g.named(best_paths(s, ceiling[g.people], most)) for g, s in self.swept]
        return self.program.columns([crowd.legal(p, hold=True) for p in parts], self.prices)

    def all_under(self, ceiling: Ints, cap: int) -> Columns | None:
        """Every personal roster below its person's ceiling; `None` if they are too many."""
        parts: list[Paths] = []
        for group, swept in self.swept:
            found = paths_under(swept, ceiling[group.people], cap)
            if found is None:
                return None
            parts.append(self.program.book.crowd.legal(group.named(found)))
            cap -= len(found.person)
        return self.program.columns(parts, self.prices)
