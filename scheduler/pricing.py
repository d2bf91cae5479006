"""Column generation: the relaxation is solved over few columns while its prices pull in every
column that could improve it. The prices prove a bound on the way."""

from __future__ import annotations

from math import ceil

import numpy as np

from scheduler.program import SCALE, Columns, Ints, affordable
from scheduler.relaxation import FirstOrder, Simplex
from scheduler.solvers import Limits
from scheduler.state import State

_GAIN, _ROUGH_GAIN = 12, 6
"""Columns that a group gains at most in one round; with rough prices."""

_TINY = 1e-6
"""What floating-point numbers may be off by, in cost units."""

_ROUGH, _FINE = 1e-2, 1e-4
"""Relative errors of first-order solutions: to find columns, and to prove."""

_ENOUGH = 0.05
"""Share of the cost that rough prices may fail to prove."""

_ROUNDS = 20
"""Rounds that fine prices get at most."""


def price_out(state: State) -> Columns:
    """Prices to the end; returns every column that was ever worth having.

    Columns are looked for halfway between the relaxation's prices and the best prices so far:
    the former alone leap about and need several times the rounds.
    """
    pool = Columns.join([state.best, state.program.opening()])
    relaxation = Simplex(state.program, pool)
    began = state.watch.seconds_left()
    while not state.done():
        relaxed = relaxation.solve(share_of(state, began, 1 / 2))
        if relaxed is None or state.bound >= ceil(relaxed.cost - _TINY):
            break
        exact = affordable(state.program, relaxed.prices)
        better = _better(state, pool, (state.prices + exact) // 2, exact)
        if not len(better):
            better = _better(state, pool, exact, exact)
        if not len(better):
            break
        pool = Columns.join([pool, better])
        relaxation.add(better)
    return pool


def price_roughly(state: State) -> Columns:
    """The same where there are too many columns for that: ends when most is proven."""
    pool = Columns.join([state.best, state.program.opening()])
    relaxation = FirstOrder(state.program, pool, state.effort.threads, _ROUGH)
    began = state.watch.seconds_left()
    while not state.done():
        relaxed = relaxation.solve(share_of(state, began, 1 / 3))
        if relaxed is None or state.bound >= relaxed.cost * (1 - _ENOUGH):
            break
        exact = affordable(state.program, relaxed.prices)
        better = _better(state, pool, exact, exact, gain=_ROUGH_GAIN)
        if not len(better):
            break
        pool = Columns.join([pool, better])
        relaxation.add(better)
    return pool


def center(state: State, pool: Columns) -> Columns:
    """Prices amid the best ones, if they prove nearly as much; returns the larger pool."""
    if state.cost * _FINE > 1:
        return pool
    relaxation = FirstOrder(state.program, pool, state.effort.threads, _FINE)
    began = state.watch.seconds_left()
    for _ in range(_ROUNDS):
        relaxed = relaxation.solve(share_of(state, began, 1 / 4))
        if relaxed is None or state.watch.over:
            break
        exact = affordable(state.program, relaxed.prices)
        better = _better(state, pool, exact, exact, lenient=True)
        if not len(better):
            break
        pool = Columns.join([pool, better])
        relaxation.add(better)
    return pool


def share_of(state: State, began: float | None, share: float) -> Limits:
    """What is left of a share of the seconds that there were at the begin."""
    left = state.watch.seconds_left()
    if state.effort.deterministic or left is None or began is None:
        return Limits(stop=state.watch.stop)
    return Limits(seconds=left - began * (1 - share), stop=state.watch.stop)


def _better(
    state: State,
    pool: Columns,
    prices: Ints,
    exact: Ints,
    *,
    gain: int = _GAIN,
    lenient: bool = False,
) -> Columns:
    """Columns that look good at the prices and would improve the relaxation: at its exact
    prices they lie under what their group has in the pool. Proves a bound on the way."""
    priced = state.program.priced(prices)
    state.price(prices, priced.cheapest, lenient=lenient)
    floor = np.full(state.program.groups, np.iinfo(np.int64).max)
    np.minimum.at(floor, pool.group, pool.reduced(exact))
    floor -= SCALE // 1000
    found = priced.under(np.maximum(floor, priced.cheapest + SCALE), gain)
    return found.take(np.flatnonzero(found.reduced(exact) < floor[found.group]))
