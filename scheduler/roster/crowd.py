"""Everybody's lattice. Caps that are hardly ever reached are left out of it until somebody's
cheapest roster breaks one; what the lattice then offers too much is sorted out by hand.

Leaving a cap out keeps every bound valid: there are only more paths than there should be.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from scheduler.program import Ints
from scheduler.roster.lattice import OUT_OF_REACH, Lattice, Paths, best_paths, sweep
from scheduler.roster.limits import Limits, kept, lattice_for, limits_of
from scheduler.roster.shape import Shape, Sum
from scheduler.roster.tallies import TooRich

_ENDS = 20
"""Ends that are looked at for somebody's best roster."""


@dataclass(frozen=True, slots=True)
class Group:
    """People over one lattice."""

    people: Ints
    lattice: Lattice

    def named(self, paths: Paths) -> Paths:
        """Paths of the group's people by their own numbers."""
        return Paths(self.people[paths.person], paths.kinds, paths.cost)


class Crowd:
    """Who has which lattice; it changes as caps come to be held."""

    def __init__(self, shape: Shape, band: int | None = None) -> None:
        """With a `band` only rosters near what is due all the time. Raises `TooRich` if
        somebody's limits have too many states."""
        self._shape = shape
        self._band = band
        self._limits = [limits_of(shape, at, frozenset()) for at in range(len(shape.people))]
        self._caps = [limits.left_out for limits in self._limits]
        self._held: defaultdict[int, frozenset[Sum]] = defaultdict(frozenset)
        self._lattices: dict[Limits, Lattice] = {}
        for limits in self._limits:
            self._lattice(limits)

    @property
    def held(self) -> int:
        """How many caps have come to be held so far."""
        return sum(len(caps) for caps in self._held.values())

    def groups(self, people: Ints) -> tuple[Group, ...]:
        """Some people, by lattice."""
        found: defaultdict[Limits, list[int]] = defaultdict(list)
        for at in people.tolist():
            found[self._limits[at]].append(at)
        return tuple(
            Group(np.array(people, np.int64), self._lattice(limits))
            for limits, people in found.items()
        )

    def best(self, at: int, costs: Ints) -> Paths:
        """One person's cheapest path at the costs of `[0, day, kind]`; none if none is legal."""
        while True:
            limits = self._limits[at]
            swept = sweep(self._lattice(limits), costs)
            paths = best_paths(swept, np.full(1, OUT_OF_REACH), _ENDS)
            paths = Paths(np.full(len(paths.person), at), paths.kinds, paths.cost)
            legal = self.legal(paths, hold=True)
            if len(legal.person) or self._limits[at] is limits:
                cheapest = np.argsort(legal.cost, kind="stable")[:1]
                return legal.take(cheapest)

    def legal(self, paths: Paths, *, hold: bool = False) -> Paths:
        """The paths that break no cap that is left out. To `hold`: caps that somebody's
        cheapest path breaks are left out no more."""
        fine = np.ones(len(paths.person), np.bool_)
        for at in np.unique(paths.person).tolist():
            for limit in self._caps[at]:
                mine = np.flatnonzero(paths.person == at)
                within = kept(limit, paths.kinds[mine])
                fine[mine] &= within
                if hold and not within[np.argmin(paths.cost[mine])]:
                    self._hold(at, limit)
        return paths.take(np.flatnonzero(fine))

    def _hold(self, at: int, limit: Sum) -> None:
        """Hold a cap from now on, unless that makes too much of a lattice."""
        held = self._held[at] | {limit}
        limits = limits_of(self._shape, at, held)
        try:
            self._lattice(limits)
        except TooRich:
            return
        self._held[at], self._limits[at] = held, limits

    def _lattice(self, limits: Limits) -> Lattice:
        if limits not in self._lattices:
            self._lattices[limits] = lattice_for(self._shape, limits, self._band)
        return self._lattices[limits]
