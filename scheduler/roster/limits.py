"""A person's limits, made simple: what can never be is barred, who has the same limits is put
together over one lattice."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduler.program import Bools, Ints
from scheduler.roster.lattice import Lattice, lattice_of
from scheduler.roster.modes import Habits, modes_of
from scheduler.roster.shape import Shape, Sum, cell_costs
from scheduler.roster.tallies import Counting, TooRich, counting, tallies_of

_MOST_STATES = 12_000_000
"""Modes times tallies times days that a lattice may have."""

_FEW = 40
"""Tallies that caps of kinds may make at first."""


def bare(shape: Shape) -> Shape:
    """The shape without the sums that have a price: what is left of them are rows."""
    people = (
        replace(p, sums=tuple(hard for limit in p.sums if (hard := _hard(limit)) is not None))
        for p in shape.people
    )
    return replace(shape, people=tuple(people))


def _hard(limit: Sum) -> Sum | None:
    """The hard side of a sum."""
    least = limit.least if limit.under is None else None
    most = limit.most if limit.over is None else None
    if least is None and most is None:
        return None
    return replace(limit, least=least, most=most, under=None, over=None)


@dataclass(frozen=True, slots=True)
class Limits:
    """What makes somebody's lattice, and the sums that are left out of it."""

    habits: Habits
    counted: Counting
    left_out: tuple[Sum, ...]


def limits_of(shape: Shape, at: int, held: frozenset[Sum]) -> Limits:
    """Somebody's limits. Of sums that only cap kinds, the lattice has the tightest few and
    those that are to be `held`: most others are never reached."""
    person = shape.people[at]
    habits = Habits(len(shape.kinds), shape.barred, person.runs, person.rests, person.past)
    every = counting(shape, [s for s in person.sums if not _bars(s)], person.weekends)
    left_out: list[Sum] = []
    size = 1
    for limit in sorted((s for s in every.sums if _only_caps(s)), key=lambda s: s.most or 0):
        size *= (limit.most or 0) + 1
        if size > _FEW and limit not in held:
            left_out.append(limit)
    kept = tuple(limit for limit in every.sums if limit not in left_out)
    return Limits(habits, Counting(kept, every.weekends), tuple(left_out))


def lattice_for(shape: Shape, limits: Limits, band: int | None = None) -> Lattice:
    """Modes and tallies of the limits, within a band around what is due. Raises `TooRich` if
    they are too many."""
    modes = modes_of(limits.habits)
    tallies = tallies_of(shape, limits.counted, _MOST_STATES // len(modes), band)
    if sum(tallies.sizes) * len(modes) > _MOST_STATES:
        raise TooRich
    return lattice_of(modes, tallies)


def _only_caps(limit: Sum) -> bool:
    return limit.most is not None and not limit.least and not limit.minutes


def kept(limit: Sum, kinds: Ints) -> Bools:
    """Which rows of kinds do not exceed a cap that was left out."""
    counted = np.isin(kinds, sorted(limit.kinds))
    if limit.days is not None:
        counted = counted[:, sorted(limit.days)]
    within: Bools = counted.sum(axis=1) <= limit.most
    return within


def _bars(limit: Sum) -> bool:
    """True if a sum only says that its kinds may not be at all."""
    return limit.most == 0 and limit.over is None and not limit.least


def wish_costs(shape: Shape) -> Ints:
    """What each cell `[person, day, kind]` costs by wishes alone."""
    costs = [cell_costs(shape, at) for at in range(len(shape.people))]
    return np.array(costs, np.int64).reshape(_size(shape))


def barred_cells(shape: Shape) -> Bools:
    """Which cells `[person, day, kind]` may not be."""
    barred = np.zeros(_size(shape), np.bool_)
    for at, person in enumerate(shape.people):
        for day, kind in person.barred:
            barred[at, day, kind] = True
        for limit in filter(_bars, person.sums):
            days = range(shape.days) if limit.days is None else sorted(limit.days)
            for kind in limit.kinds:
                if not limit.minutes or shape.kinds[kind].minutes:
                    barred[at, list(days), kind] = True
    return barred


def _size(shape: Shape) -> tuple[int, int, int]:
    return len(shape.people), shape.days, len(shape.kinds)
