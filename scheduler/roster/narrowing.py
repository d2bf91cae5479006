"""What prices prove of single cells: whoever has this on that day, the roster costs at least so
much. Under a known cost only few cells are left then, and the whole is a small question."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduler.program import SCALE, Bools, Ints
from scheduler.roster.covering import Covering
from scheduler.roster.node import Priced
from scheduler.roster.shape import Person, Shape
from scheduler.roster.through import cheapest_through


@dataclass(frozen=True, slots=True)
class Narrowing:
    """`least[person, day, kind]`: what no roster with this cell costs less than, in `SCALE`;
    `fine` are the cells that no one's limits bar."""

    shape: Shape
    least: Ints
    fine: Bools

    @staticmethod
    def of(program: Covering, priced: Priced) -> Narrowing:
        """By the prices of the whole, without cuts."""
        offer = program.priced(priced.prices)
        beyond = np.zeros(program.book.costs.shape, np.int64)
        for group, swept in offer.swept:
            beyond[group.people] = cheapest_through(swept) - swept.cheapest[:, None, None]
        return Narrowing(program.book.shape, priced.floor + beyond, ~program.book.barred)

    def share(self, cost: int) -> float:
        """How many of the fine cells a roster could have that costs less."""
        return float((self.fine & ~self._dear(cost)).sum() / max(1, self.fine.sum()))

    def under(self, cost: int) -> Shape:
        """The shape for rosters that cost less: other cells are barred."""
        people = zip(self.shape.people, self._dear(cost), strict=True)
        return replace(self.shape, people=tuple(_barred(*one) for one in people))

    def _dear(self, cost: int) -> Bools:
        dear: Bools = self.least > (cost - 1) * SCALE
        return dear


def _barred(person: Person, cells: Bools) -> Person:
    more = {(day, kind) for day, kind in np.argwhere(cells).tolist()}
    return replace(person, barred=person.barred | more)
