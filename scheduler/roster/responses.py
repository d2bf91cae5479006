"""A first roster, person by person: each takes what suits best beside what the others have."""

from __future__ import annotations

import numpy as np

from scheduler.effort import Watch
from scheduler.program import SCALE, Columns, Ints
from scheduler.roster.covering import Covering

_ROUNDS = 20
"""Rounds of answers at most; a few are usual."""


class NoRoster(Exception):
    """Some people's own limits leave them no roster, whatever the others do."""

    def __init__(self, people: tuple[int, ...]) -> None:
        super().__init__(f"no roster for {people}")
        self.people = people


def start_of(program: Covering, seed: int, watch: Watch) -> Columns:
    """A legal choice; if there is time, one that nobody alone can improve. Raises `NoRoster`."""
    dice = np.random.default_rng(seed)
    chosen: dict[int, Columns] = {}
    used = np.zeros(len(program.limit), np.int64)
    for _ in range(_ROUNDS):
        order = dice.permutation(program.groups).tolist()
        gained = [_answer(program, at, chosen, used) for at in order]
        nothing = sorted(set(order) - set(chosen))
        if nothing:
            raise NoRoster(tuple(nothing))
        if watch.over or not any(gained):
            break
    return Columns.join([chosen[at] for at in range(program.groups)])


def _answer(program: Covering, at: int, chosen: dict[int, Columns], used: Ints) -> bool:
    """Let a person choose anew; true if that is better."""
    mine = chosen.get(at)
    if mine is not None:
        used -= mine.usage(len(used))
    prices = marginal(program, used)
    best = program.best(at, prices)
    better = bool(len(best)) and (
        mine is None or int(best.reduced(prices)[0]) < int(mine.reduced(prices)[0])
    )
    if better:
        chosen[at] = mine = best
    if mine is not None:
        used += mine.usage(len(used))
    return better


def marginal(program: Covering, used: Ints) -> Ints:
    """What one more person costs each row as it is used now, in `SCALE`: prices at which a
    column's reduced cost is exactly what taking it costs."""
    overflow, limit, sign = program.overflow, program.limit, program.rows.signs
    over = np.maximum(0, used + sign - limit) - np.maximum(0, used - limit)
    prices: Ints = sign * over * overflow.price * SCALE
    return prices
