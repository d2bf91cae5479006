"""Good rosters from the relaxation: hold what it takes most of, price the rest anew, and so on
until everybody has a whole roster."""

from __future__ import annotations

from math import ceil

import numpy as np

from scheduler.program import SCALE, Bools, Columns, Floats, Ints, affordable
from scheduler.relaxation import Relaxed, Simplex
from scheduler.roster.covering import Covering
from scheduler.solvers import Limits
from scheduler.state import State

_ROUNDS, _GAIN = 6, 6
"""Rounds of pricing between two holds at most, and columns that somebody gains in one."""

_ALMOST_WHOLE = 0.8
"""Share from which on a column is held in any case."""

_EASY, _SLOWLY = 0.05, 10
"""While what is held costs less than this, more is held at a time: up to this part of those who
are left."""

_WHIM = 0.1
"""What chance adds to a share at most, so that no two dives are alike."""

_TINY = 1e-6


def dive(
    state: State, program: Covering, pool: Columns, free: Bools, dice: np.random.Generator
) -> Columns:
    """One dive: people who are not `free` keep the best roster so far. Ends early where the
    relaxation already costs as much as the best. `program` may have cuts that the state's has
    not; the pool is in its rows. Returns the columns that it gained."""
    columns = Columns.join([program.again(state.best), pool.take(np.flatnonzero(free[pool.group]))])
    relaxation = Simplex(program, columns)
    chosen = np.where(free, -1, np.arange(program.groups))
    if not free.all():
        relaxation.hold(np.flatnonzero(~free))
    gained, cost, count = [Columns.none()], np.inf, 1
    while (chosen < 0).any() and not state.watch.over:
        relaxed, more = _priced(state, program, relaxation, columns, chosen < 0)
        columns = Columns.join([columns, more])
        gained.append(more)
        if relaxed is None or ceil(relaxed.cost - _TINY) >= state.cost:
            break
        easy = relaxed.cost < cost + _EASY
        count = min(2 * count, 1 + int((chosen < 0).sum()) // _SLOWLY) if easy else 1
        cost = relaxed.cost
        picked = _most_taken(columns, relaxed.shares, chosen < 0, count, dice)
        chosen[columns.group[picked]] = picked
        relaxation.hold(picked)
    if (chosen >= 0).all():
        state.improve(Covering(program.book).again(columns.take(chosen)))
    return Columns.join(gained)


def _priced(
    state: State, program: Covering, relaxation: Simplex, columns: Columns, free: Bools
) -> tuple[Relaxed | None, Columns]:
    """The relaxation after some rounds of pricing those who are free, and what they gained."""
    gained = Columns.none()
    people = np.flatnonzero(free)
    for _ in range(_ROUNDS):
        relaxed = relaxation.solve(Limits(stop=state.watch.stop))
        if relaxed is None or state.watch.over:
            return relaxed, gained
        prices = affordable(program, relaxed.prices)
        floor = np.full(program.groups, np.iinfo(np.int64).max)
        every = Columns.join([columns, gained])
        np.minimum.at(floor, every.group, every.reduced(prices))
        better = program.priced_of(prices, people).under(floor - SCALE // 1000, _GAIN)
        if not len(better):
            return relaxed, gained
        relaxation.add(better)
        gained = Columns.join([gained, better])
    return relaxation.solve(Limits(stop=state.watch.stop)), gained


def _most_taken(
    columns: Columns, shares: Floats, free: Bools, count: int, dice: np.random.Generator
) -> Ints:
    """Positions of what is to be held: one column a person at most; so many, or all that are
    taken almost whole if those are more."""
    liked = np.where(shares > _TINY, shares + _WHIM * dice.random(len(shares)), 0.0)
    liked[~free[columns.group]] = -1.0
    best = np.lexsort((-liked, columns.group))
    first = best[np.flatnonzero(np.diff(columns.group[best], prepend=-1))]
    first = first[liked[first] >= 0]
    first = first[np.argsort(-liked[first], kind="stable")]
    return first[: max(count, int((shares[first] >= _ALMOST_WHOLE).sum()))]
