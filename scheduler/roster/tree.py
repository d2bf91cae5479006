"""Branches of a search: on how many of some cells there are, from the coarsest count that the
relaxation leaves a fraction of to the finest.

A count over everybody changes much at once; a single cell changes little and comes last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np

from scheduler.program import Floats, Ints
from scheduler.roster.covering import Book
from scheduler.roster.node import Priced
from scheduler.roster.rows import Cut

_WHOLE = 1e-4
"""How near to a whole number a count is one."""


@dataclass(frozen=True, slots=True, order=True)
class Branch:
    """What its parent proved of it, a number that tells it from others, its cuts, and the
    prices to begin with."""

    floor: int
    number: int
    cuts: tuple[Cut, ...] = field(compare=False)
    prices: Ints = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Count:
    """Some cells, and how many of them the relaxation takes."""

    days: tuple[int, ...]
    kinds: tuple[int, ...]
    people: tuple[int, ...] | None
    value: float

    @property
    def distance(self) -> float:
        """How far it is from a whole number."""
        return abs(self.value - round(self.value))


def split(book: Book, priced: Priced, dear: int) -> tuple[Cut, ...]:
    """Two cuts, one of which every roster keeps; none if the relaxation takes whole rosters.
    `dear` is the price of breaking one."""
    taken = _taken(book, priced)
    for counts in _counts(taken):
        widest = max(counts, key=lambda count: count.distance, default=None)
        if widest is not None and widest.distance > _WHOLE:
            return _cuts(widest, dear)
    return ()


def _cuts(count: _Count, dear: int) -> tuple[Cut, Cut]:
    cells = (count.days, count.kinds, count.people)
    return (
        Cut(*cells, least=False, limit=floor(count.value), price=dear),
        Cut(*cells, least=True, limit=ceil(count.value), price=dear),
    )


def _taken(book: Book, priced: Priced) -> Floats:
    """How much the relaxation takes of each cell `[person, day, kind]`."""
    shape = book.shape
    taken = np.zeros((len(shape.people), shape.days, len(shape.kinds)))
    on = np.flatnonzero(priced.shares > _WHOLE / 100)
    kinds = book.kinds(priced.columns.mark[on])
    people = np.repeat(priced.columns.group[on], shape.days)
    days = np.tile(np.arange(shape.days), len(on))
    np.add.at(taken, (people, days, kinds.ravel()), np.repeat(priced.shares[on], shape.days))
    return taken


def _counts(taken: Floats) -> Iterator[Sequence[_Count]]:
    """Counts from coarse to fine: a kind on all days, a kind on a day, somebody's days off,
    somebody's days of a kind, a cell."""
    people, days, kinds = taken.shape
    every = tuple(range(days))
    by_day = taken.sum(axis=0)
    yield [_Count(every, (k,), None, float(by_day[:, k].sum())) for k in range(kinds)]
    yield [_Count((d,), (k,), None, float(by_day[d, k])) for d in range(days) for k in range(kinds)]
    for k in range(kinds):
        yield [_Count(every, (k,), (p,), float(taken[p, :, k].sum())) for p in range(people)]
    yield [
        _Count((d,), (k,), (p,), float(taken[p, d, k]))
        for p, d, k in np.argwhere(np.abs(taken - np.rint(taken)) > _WHOLE).tolist()
    ]
