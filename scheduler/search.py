"""Price, choose, prove: the one search of both stages.

The relaxation is solved over few columns while prices pull in every column that could improve
it; then integer programs over the promising columns give a plan; then a program over every
column that could still beat that plan proves it or improves it. Nothing is claimed but what
`safe_bound` or a finished integer program proves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.program import SCALE, Columns, Ints, Program, affordable, cost_of, safe_bound
from scheduler.solvers import Integer, choose, relax

_GAIN = 6
"""Columns that a group gains at most in one round of pricing."""

_SHALLOW, _DEEP = 8, 32
"""Columns a group brings into the first integer program, and into the second."""

_EXACT = 150_000
"""Columns above which an exact program is not worth starting while better plans may exist."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try. Without `seconds` the search runs to its proof; `deterministic` also
    ignores the clock and uses one worker, so that the same input gives the same plan."""

    seconds: float | None = 60.0
    seed: int = 1
    workers: int = 2
    deterministic: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """The outside world: a clock, a way to be stopped, and somebody who looks on."""

    clock: Callable[[], float]
    deadline: float | None
    stop: SolveInterrupter
    report: Callable[[int, int], None]

    def seconds_left(self) -> float | None:
        """Seconds until the deadline, not below 0; `None` without one."""
        return None if self.deadline is None else max(0.0, self.deadline - self.clock())

    @property
    def over(self) -> bool:
        """True once the deadline has passed or somebody said stop."""
        return self.stop.interrupted or self.seconds_left() == 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best choice found, one column for each group, with its cost and a proven bound.
    `prices` are those of the bound."""

    columns: Columns
    cost: int
    bound: int
    prices: Ints


@dataclass(slots=True)
class _State:
    """The search as it stands; the only thing in here that changes."""

    program: Program
    effort: Effort
    watch: Watch
    best: Columns
    cost: int
    bound: int
    prices: Ints

    @property
    def done(self) -> bool:
        return self.bound >= self.cost or self.watch.over

    def lift(self, bound: int, prices: Ints) -> None:
        if bound > self.bound:
            self.bound, self.prices = bound, prices
            self.watch.report(self.cost, min(self.cost, bound))

    def improve(self, columns: Columns) -> None:
        """Take the choice if it is better, by exact arithmetic and not by the solver's word."""
        columns = columns.take(np.argsort(columns.group, kind="stable"))
        cost = cost_of(self.program, columns)
        if cost is not None and cost < self.cost:
            self.best, self.cost = columns, cost
            self.watch.report(cost, min(cost, self.bound))


def search(program: Program, start: Columns, effort: Effort, watch: Watch) -> Outcome:
    """The best choice there is, or the best found in time. `start` is a legal choice with one
    column for each group in order."""
    cost = cost_of(program, start)
    if cost is None:
        raise ValueError("the search was given a start that breaks a row")
    nothing = np.zeros(len(program.limit), np.int64)
    trivial = safe_bound(program, nothing, program.priced(nothing).cheapest)
    state = _State(program, effort, watch, start, cost, trivial, nothing)
    watch.report(cost, min(cost, trivial))
    if not state.done:
        pool = _price_out(state)
        for depth in (_SHALLOW, _DEEP):
            if not state.done:
                _choose_among(state, _promising(state, pool, depth))
        if not state.done:
            _prove(state)
    return Outcome(state.best, state.cost, min(state.bound, state.cost), state.prices)


def _price_out(state: _State) -> Columns:
    """Column generation: returns every column that was ever worth having."""
    program = state.program
    pool = Columns.join([state.best, program.opening()])
    while not state.done:
        relaxed = relax(program, pool)
        prices = affordable(program, np.rint(relaxed.prices * SCALE).astype(np.int64))
        priced = program.priced(prices)
        state.lift(safe_bound(program, prices, priced.cheapest), prices)
        floor = np.full(program.groups, np.iinfo(np.int64).max)
        np.minimum.at(floor, pool.group, pool.reduced(prices))
        better = priced.under(floor - SCALE // 1000, _GAIN)
        if not len(better):
            break
        pool = Columns.join([pool, better])
    return pool


def _promising(state: _State, pool: Columns, depth: int) -> Columns:
    """The pool's cheapest columns of each group at the best prices, and the best choice."""
    reduced = pool.reduced(state.prices)
    order = np.lexsort((reduced, pool.group))
    groups = pool.group[order]
    begins = np.searchsorted(groups, np.arange(state.program.groups))
    rank = np.arange(len(order)) - begins[groups]
    return pool.take(np.sort(order[rank < depth]))


def _choose_among(state: _State, columns: Columns) -> int:
    """Solve an integer program over the columns and the best choice; returns its bound."""
    everything = Columns.join([state.best, columns])
    start: Ints | None = np.arange(len(state.best), dtype=np.int64)
    bound = state.bound
    for solver in (Integer.CP_SAT, Integer.HIGHS):
        left = state.watch.seconds_left()
        slice_ = _slice(solver, left)
        chosen = choose(
            state.program,
            everything,
            solver,
            seconds=None if state.effort.deterministic else slice_,
            seed=state.effort.seed,
            workers=1 if state.effort.deterministic else state.effort.workers,
            stop=state.watch.stop,
            start=start,
        )
        if chosen.columns is not None:
            state.improve(everything.take(chosen.columns))
        bound = max(bound, chosen.bound)
        if state.done or bound >= state.cost:
            break
    return bound


def _slice(solver: Integer, left: float | None) -> float | None:
    if solver is Integer.HIGHS:
        return left
    return 10.0 if left is None else min(10.0, left / 3)


def _prove(state: _State) -> None:
    """A better choice can only use columns dearer than their group's cheapest by less than
    the gap. Solve over all of those: the result is the optimum, or the bound of that program
    is the bound of all."""
    priced = state.program.priced(state.prices)
    gap = (state.cost - state.bound) * SCALE
    columns = priced.under(priced.cheapest + gap, None)
    if len(columns) > _EXACT:
        return
    bound = _choose_among(state, columns)
    state.lift(min(bound, state.cost), state.prices)
