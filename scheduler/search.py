"""Price, choose, prove: the one search of both stages.

The relaxation is solved over few columns while prices pull in every column that could improve
it; then integer programs over the promising columns give a plan; then a program over every
column that could still beat that plan proves it or improves it. Nothing is claimed but what
`safe_bound` or a finished integer program proves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.neighborhood import Standing, neighborhoods
from scheduler.program import SCALE, Columns, Ints, Program, affordable, cost_of, safe_bound
from scheduler.solvers import Integer, Limits, Relaxation, choose

_GAIN = 12
"""Columns that a group gains at most in one round of pricing."""

_TINY = 1e-6
"""What floating-point numbers may be off by, in cost units."""

_TURN, _FIRST_TURN = 15.0, 4.0
"""Seconds that HiGHS gets at most, and for a first try."""

_NODES = 300
"""Nodes instead, when the clock does not count."""

_LARGE = 400
"""Groups above which one neighborhood after the other does more than a larger program."""

_CAPS = (3_000, 10_000, 40_000, 160_000)
"""Columns that the integer programs may have, one after the other."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try. Without `seconds` the search runs to its proof; `deterministic` also
    ignores the clock and uses one worker, so that the same input gives the same plan.
    `joint_seconds` may go into placing stations over all timetables that are equally good, not
    only for the one found; a deterministic run leaves that out."""

    seconds: float | None = 60.0
    seed: int = 1
    workers: int = 2
    deterministic: bool = False
    joint_seconds: float = 10.0


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
        return bool(self.stop.interrupted) or self.seconds_left() == 0.0


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

    def done(self) -> bool:
        """True if nothing is left to find, or no time."""
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
    if not state.done():
        pool = _price_out(state)
        for trial in _ever_wider(state, pool):
            if state.done() or _settles(state, trial):
                break
    return Outcome(state.best, state.cost, min(state.bound, state.cost), state.prices)


def _price_out(state: _State) -> Columns:
    """Column generation: returns every column that was ever worth having.

    Columns are looked for halfway between the relaxation's prices and the best prices so far:
    the former alone leap about and need several times the rounds.
    """
    program = state.program
    pool = Columns.join([state.best, program.opening()])
    relaxation = Relaxation(program, pool)
    began = state.watch.seconds_left()
    while not state.done():
        relaxed = relaxation.solve(_half_of(state, began))
        if relaxed is None or state.bound >= ceil(relaxed.cost - _TINY):
            break
        exact = affordable(program, np.rint(relaxed.prices * SCALE).astype(np.int64))
        floor = np.full(program.groups, np.iinfo(np.int64).max)
        np.minimum.at(floor, pool.group, pool.reduced(exact))
        floor -= SCALE // 1000
        better = _better(state, (state.prices + exact) // 2, exact, floor)
        if not len(better):
            better = _better(state, exact, exact, floor)
        if not len(better):
            break
        pool = Columns.join([pool, better])
        relaxation.add(better)
    return pool


def _half_of(state: _State, began: float | None) -> Limits:
    """Prices may take half of the seconds there were when pricing began."""
    left = state.watch.seconds_left()
    if state.effort.deterministic or left is None or began is None:
        return Limits(stop=state.watch.stop)
    return Limits(seconds=left - began / 2, stop=state.watch.stop)


def _better(state: _State, prices: Ints, exact: Ints, floor: Ints) -> Columns:
    """Columns that look good at the prices and would improve the relaxation: at its exact
    prices they lie under the floor of their group. Lifts the bound on the way."""
    priced = state.program.priced(prices)
    state.lift(safe_bound(state.program, prices, priced.cheapest), prices)
    found = priced.under(np.maximum(floor, priced.cheapest + SCALE), _GAIN)
    return found.take(np.flatnonzero(found.reduced(exact) < floor[found.group]))


@dataclass(frozen=True, slots=True)
class _Trial:
    """Columns to choose among. `exact` if they hold every column that could still beat the
    best choice; a set that does not gets only so many seconds."""

    columns: Columns
    exact: bool
    seconds: float = _TURN


def _ever_wider(state: _State, pool: Columns) -> Iterator[_Trial]:
    """Small sets first: they are solved fast, and a better choice makes the exact set
    smaller. Where even a small set is too much at once, one neighborhood after the other."""
    large = state.program.groups > _LARGE
    for cap in _CAPS:
        columns, exact = _nearest(state, cap)
        if exact:
            yield _Trial(columns, exact=True)
            return
        columns = Columns.join([_nearest_of_pool(state, pool, cap), columns])
        yield _Trial(columns, exact=False, seconds=_FIRST_TURN if cap == _CAPS[0] else _TURN)
        if cap >= (_CAPS[0] if large else _CAPS[2]):
            for around in neighborhoods(state.effort.seed, columns, lambda: _standing(state)):
                yield _Trial(around, exact=False, seconds=_FIRST_TURN)


def _standing(state: _State) -> Standing:
    cheapest = state.program.priced(state.prices).cheapest
    return Standing(state.best, state.cost, state.best.reduced(state.prices) - cheapest)


def _nearest_of_pool(state: _State, pool: Columns, cap: int) -> Columns:
    """As many of the pool's columns as the cap allows, those nearest to the cheapest."""
    cheapest = state.program.priced(state.prices).cheapest
    dearer = pool.reduced(state.prices) - cheapest[pool.group]
    return pool.take(np.sort(np.argsort(dearer, kind="stable")[:cap]))


def _nearest(state: _State, cap: int) -> tuple[Columns, bool]:
    """As many columns as the cap allows, those nearest to their group's cheapest.

    A choice better than the best can only use columns that are dearer than the cheapest by
    less than the gap; if all of those fit under the cap, the set is exact.
    """
    priced = state.program.priced(state.prices)
    gap = (state.cost - state.bound) * SCALE
    width = min(SCALE, gap)
    columns = priced.under(priced.cheapest + width, 1)
    while True:
        wider = priced.all_under(priced.cheapest + width, cap)
        if wider is None:
            return columns, False
        if width >= gap:
            return wider, True
        columns, width = wider, min(2 * width, gap)


def _settles(state: _State, trial: _Trial) -> bool:
    """Solve an integer program over the trial's columns and the best choice. True if that
    settles the search: the columns were all that could matter, and the program was solved."""
    columns = Columns.join([state.best, trial.columns])
    start: Ints = np.arange(len(state.best), dtype=np.int64)
    for solver in (Integer.HIGHS, Integer.CP_SAT) if trial.exact else (Integer.HIGHS,):
        chosen = choose(state.program, columns, solver, _limits(state, trial, solver), start)
        if chosen.columns is not None:
            state.improve(columns.take(chosen.columns))
        if trial.exact:
            state.lift(min(chosen.bound, state.cost), state.prices)
        if state.done() or chosen.proven:
            break
    return trial.exact and chosen.proven


def _limits(state: _State, trial: _Trial, solver: Integer) -> Limits:
    """HiGHS cannot be interrupted, so it gets short turns; without a clock, few nodes."""
    effort, left = state.effort, state.watch.seconds_left()
    if effort.deterministic or left is None:
        nodes = None if trial.exact else _NODES
        return Limits(None, nodes, effort.seed, 1 if effort.deterministic else effort.workers)
    seconds = min(trial.seconds, left) if solver is Integer.HIGHS else left / 2
    stop = state.watch.stop if solver is Integer.CP_SAT else None
    return Limits(seconds, None, effort.seed, effort.workers, stop)
