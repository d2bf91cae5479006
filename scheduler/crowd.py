"""Seating a crowd: zones with so many patients and so many stations alike that the simplex method
would not get through.

Rough prices first; then what a relaxed choice takes whole is held, and the rest is seated in the
same way among the stations left, until it is small enough for the search.
"""

from __future__ import annotations

import numpy as np

from scheduler.effort import Effort, Watch
from scheduler.pricing import price_roughly, share_of
from scheduler.program import Columns
from scheduler.relaxation import FirstOrder
from scheduler.search import climb, search
from scheduler.seating import Seating
from scheduler.state import Outcome, State
from scheduler.stations import seat_somehow

_CROWD = 400
"""Patients above which a zone is one."""

_ERROR = 1e-3
"""Relative error of the relaxed choice that is held."""


def seat_all(program: Seating, start: Columns, effort: Effort, watch: Watch) -> Outcome:
    """The best seating there is, or the best found in time."""
    if program.groups <= _CROWD:
        return search(program, start, effort, watch)
    state = State.at(program, start, effort, watch)
    if not state.done():
        pool = price_roughly(state)
        _dive(state, program, pool)
        climb(state, pool)
    return state.outcome()


def _dive(state: State, program: Seating, pool: Columns) -> None:
    """Hold what the relaxation is sure of and seat the rest."""
    relaxation = FirstOrder(program, pool, state.effort.threads, _ERROR)
    limits = share_of(state, state.watch.seconds_left(), 1 / 4)
    held = _compatible(program, relaxation.lean(state.effort.seed, limits))
    rest, left = program.rest(held)
    begin = seat_somehow(rest)
    if begin is not None:
        outcome = seat_all(rest, begin, state.effort, _aside(state.watch, 1 / 4))
        state.improve(Columns.join([held, outcome.columns.regrouped(left)]))


def _compatible(program: Seating, columns: Columns) -> Columns:
    """Those of the columns that go together, one for a group."""
    free, kept = program.limit.copy(), []
    for j in range(len(columns)):
        mine = slice(columns.start[j], columns.start[j + 1])
        rows, values = columns.row[mine], columns.value[mine]
        if bool((values <= free[rows]).all()):
            free[rows] -= values
            kept.append(j)
    return columns.take(np.array(kept, np.int64))


def _aside(watch: Watch, share: float) -> Watch:
    """Nobody looks on, and only a share of the time that is left may be used."""
    left = watch.seconds_left()
    deadline = None if left is None else watch.clock() + left * share
    return Watch(watch.clock, deadline, watch.stop, lambda *_: None)
