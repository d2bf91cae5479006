"""Price, choose, prove: the one search of both stages.

Prices prove a bound and pull in promising columns; then integer programs over more and more of
them give better and better choices; the last holds every column that could still beat the best
and proves it. Nothing is claimed but what `weak_bound` or a finished integer program proves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.effort import Effort, Watch
from scheduler.integer import Integer, choose
from scheduler.neighborhood import Standing, neighborhoods
from scheduler.pricing import center, price_out
from scheduler.program import SCALE, Columns, Ints, Program
from scheduler.solvers import Limits
from scheduler.state import Outcome, State

_TURN, _FIRST_TURN = 15.0, 4.0
"""Seconds that HiGHS gets at most, and for a first try."""

_NODES = 300
"""Nodes instead, when the clock does not count."""

_CAPS = (3_000, 10_000, 40_000, 160_000)
"""Columns that the integer programs may have, one after the other: small sets are solved fast,
and a better choice makes the set that proves it smaller."""


def search(program: Program, start: Columns, effort: Effort, watch: Watch) -> Outcome:
    """The best choice there is, or the best found in time. `start` is a legal choice with one
    column for each group in order."""
    state = State.at(program, start, effort, watch)
    if not state.done():
        climb(state, price_out(state))
    return state.outcome()


def climb(state: State, pool: Columns) -> None:
    """Choose among more and more columns, until nothing is left to find or no time."""
    for number, cap in enumerate(_CAPS):
        if number == 1 and state.program.tied:  # easy ones are done by now
            pool = center(state, pool)
        if state.done() or _go_through(state, pool, cap):
            return


@dataclass(frozen=True, slots=True)
class _Trial:
    """Columns to choose among. No choice cheaper than `covers` uses any other column."""

    columns: Columns
    covers: int
    seconds: float = _TURN


def _go_through(state: State, pool: Columns, cap: int) -> bool:
    """Choose among as many columns as the cap allows. True if they are all that can matter.
    Where they are too many at once, one neighborhood after the other."""
    columns, covers = _nearest(state, cap)
    if covers >= state.cost:
        _settles(state, _Trial(columns, covers))
        return True
    if 0 < covers <= state.bound:
        return False  # no more columns than last time
    columns = Columns.join([_nearest_of_pool(state, pool, cap), columns])
    first = cap <= _CAPS[0]
    if _settles(state, _Trial(columns, covers, _FIRST_TURN if first else _TURN)):
        return state.done()
    for around in neighborhoods(state.effort.seed, columns, lambda: _standing(state)):
        _settles(state, _Trial(around, covers=0, seconds=_FIRST_TURN))
        if state.done():
            return True
    return False


def _standing(state: State) -> Standing:
    cheapest = state.program.priced(state.prices).cheapest
    return Standing(state.best, state.cost, state.best.reduced(state.prices) - cheapest)


def _nearest_of_pool(state: State, pool: Columns, cap: int) -> Columns:
    """As many of the pool's columns as the cap allows, those nearest to the cheapest."""
    cheapest = state.program.priced(state.prices).cheapest
    dearer = pool.reduced(state.prices) - cheapest[pool.group]
    return pool.take(np.sort(np.argsort(dearer, kind="stable")[:cap]))


def _nearest(state: State, cap: int) -> tuple[Columns, int]:
    """As many columns as the cap allows, those nearest to their group's cheapest, and the cost
    below which every choice is made of them.

    A choice with a column dearer than its group's cheapest by `width` costs at least that much
    more than the prices prove for all.
    """
    priced = state.program.priced(state.prices)
    columns, covers = Columns.none(), 0
    for goal in _goals(state):
        width = (goal - 1) * SCALE - state.floor + 1
        wider = priced.all_under(priced.cheapest + width, cap)
        if wider is None:
            break
        columns, covers = wider, goal
    return columns, covers


def _goals(state: State) -> Iterator[int]:
    """Costs to cover, further and further from what is proven, up to that of the best."""
    step = 1
    while state.bound + step < state.cost:
        yield state.bound + step
        step *= 2
    yield state.cost


def _settles(state: State, trial: _Trial) -> bool:
    """Solve an integer program over the trial's columns and the best choice; true if it was
    solved to its end. What it proves holds as far as the trial covers."""
    columns = Columns.join([state.best, trial.columns])
    start: Ints = np.arange(len(state.best), dtype=np.int64)
    last = trial.covers >= state.cost
    for solver in (Integer.HIGHS, Integer.CP_SAT) if last else (Integer.HIGHS,):
        limits = _limits(state, trial, solver, last=last)
        chosen = choose(state.program, columns, solver, limits, start)
        if chosen.columns is not None:
            state.improve(columns.take(chosen.columns))
        state.lift(min(chosen.bound, trial.covers, state.cost))
        if state.done() or chosen.proven:
            return chosen.proven
    return False


def _limits(state: State, trial: _Trial, solver: Integer, *, last: bool) -> Limits:
    """HiGHS cannot be interrupted, so it gets short turns; without a clock, few nodes."""
    effort, left = state.effort, state.watch.seconds_left()
    if effort.deterministic or left is None:
        nodes = None if last else _NODES
        return Limits(None, nodes, effort.seed, effort.threads)
    seconds = min(trial.seconds, left) if solver is Integer.HIGHS else left / 2
    stop = state.watch.stop if solver is Integer.CP_SAT else None
    return Limits(seconds, None, effort.seed, effort.workers, stop)
