"""The search as it stands: the best choice, what is proven, and by which prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.effort import Effort, Watch
from scheduler.program import SCALE, Columns, Ints, Program, cost_of, units_up, weak_bound

_NEARLY = SCALE // 5
"""What prices may prove less than others and still be preferred for lying amid them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best choice found, one column for each group, with its cost and a proven bound.

    The prices alone prove `floor`, in `SCALE`; the bound may be higher, by an integer
    program's proof."""

    columns: Columns
    cost: int
    bound: int
    prices: Ints
    floor: int

    @property
    def slack(self) -> int:
        """By how much, in `SCALE`, a column may be dearer at the prices than its group's
        cheapest and still be part of a choice as good as the best."""
        return self.cost * SCALE - self.floor


@dataclass(slots=True)
class State:
    """The one thing in a search that changes."""

    program: Program
    effort: Effort
    watch: Watch
    best: Columns
    cost: int
    bound: int
    prices: Ints
    floor: int

    @staticmethod
    def at(program: Program, start: Columns, effort: Effort, watch: Watch) -> State:
        """The beginning: a legal choice, and what it proves that nothing is priced."""
        cost = cost_of(program, start)
        if cost is None:
            raise ValueError("the search was given a start that breaks a row")
        free = np.zeros(len(program.limit), np.int64)
        floor = weak_bound(program, free, program.priced(free).cheapest)
        state = State(program, effort, watch, start, cost, units_up(floor), free, floor)
        state._tell()
        return state

    def done(self) -> bool:
        """True if nothing is left to find, or no time."""
        return self.bound >= self.cost or self.watch.over

    def price(self, prices: Ints, cheapest: Ints, *, lenient: bool = False) -> None:
        """Take the prices if they prove more than those so far, or nearly as much."""
        floor = weak_bound(self.program, prices, cheapest)
        if floor > self.floor - (_NEARLY if lenient else 0):
            self.floor, self.prices = floor, prices
            self.lift(units_up(floor))

    def lift(self, bound: int) -> None:
        """A bound has been proven."""
        if bound > self.bound:
            self.bound = bound
            self._tell()

    def improve(self, columns: Columns) -> None:
        """Take the choice if it is better, by exact arithmetic and not by the solver's word."""
        columns = columns.take(np.argsort(columns.group, kind="stable"))
        cost = cost_of(self.program, columns)
        if cost is not None and cost < self.cost:
            self.best, self.cost = columns, cost
            self._tell()

    def outcome(self) -> Outcome:
        """What the search has come to."""
        return Outcome(self.best, self.cost, min(self.bound, self.cost), self.prices, self.floor)

    def _tell(self) -> None:
        self.watch.report(self.cost, min(self.cost, self.bound))
