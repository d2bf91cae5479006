"""One branch of the search: the relaxation within some cuts, priced to its end."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduler.effort import Watch
from scheduler.program import SCALE, Columns, Floats, Ints, affordable, units_up, weak_bound
from scheduler.relaxation import Relaxed, Simplex
from scheduler.roster.covering import Covering
from scheduler.solvers import Limits

_GAIN = 4
"""Columns that a person gains at most in one round."""


@dataclass(frozen=True, slots=True)
class Priced:
    """The relaxation of a branch: what its prices prove, in `SCALE`, the columns it was solved
    over, and what share it takes of each. `done` if nothing was left to price; else it was
    stopped early."""

    floor: int
    prices: Ints
    columns: Columns
    shares: Floats
    done: bool

    @property
    def bound(self) -> int:
        """No roster of the branch costs less."""
        return units_up(self.floor)


def price(program: Covering, columns: Columns, prices: Ints, goal: int, watch: Watch) -> Priced:
    """Price a branch until nothing improves it, or its bound is at least the `goal`, or time is
    over. `columns` hold at least one for everybody; `prices` are where to begin."""
    relaxation = Simplex(program, columns)
    best = affordable(program, prices)
    now = Priced(_floor(program, best), best, columns, np.zeros(len(columns)), done=False)
    while not watch.over and now.bound < goal and not now.done:
        relaxed = relaxation.solve(Limits(stop=watch.stop))
        if relaxed is None:
            break
        now = replace(now, shares=relaxed.shares)
        now, better = _round(program, now, relaxed)
        if len(better):
            relaxation.add(better)
            columns = Columns.join([now.columns, better])
            shares = np.concatenate([now.shares, np.zeros(len(better))])
            now = replace(now, columns=columns, shares=shares)
    return now


def _round(program: Covering, now: Priced, relaxed: Relaxed) -> tuple[Priced, Columns]:
    """Columns that would improve the relaxation, and what their prices prove: looked for
    halfway to the best prices first, as those of the relaxation alone leap about."""
    exact = affordable(program, relaxed.prices)
    roof = np.full(program.groups, np.iinfo(np.int64).max)
    np.minimum.at(roof, now.columns.group, now.columns.reduced(exact))
    roof -= SCALE // 1000
    held = program.book.crowd.held
    for trial in ((now.prices + exact) // 2, exact):
        if relaxed.cost * SCALE - now.floor < SCALE / 1000:
            break
        priced = program.priced(trial)
        floor = weak_bound(program, trial, priced.cheapest)
        if floor > now.floor:
            now = replace(now, floor=floor, prices=trial)
        found = priced.under(np.maximum(roof, priced.cheapest + SCALE), _GAIN)
        better = found.take(np.flatnonzero(found.reduced(exact) < roof[found.group]))
        if len(better):
            return now, better
    return replace(now, done=program.book.crowd.held == held), Columns.none()


def _floor(program: Covering, prices: Ints) -> int:
    return weak_bound(program, prices, program.priced(prices).cheapest)
