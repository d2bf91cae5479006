"""The cheapest personal roster through each cell: forth by what is swept already, and back."""

from __future__ import annotations

import numpy as np

from scheduler.program import Bools, Ints
from scheduler.roster.lattice import NEVER, Edges, Swept, class_costs, gathered
from scheduler.roster.tallies import Moves


def cheapest_through(swept: Swept) -> Ints:
    """The least cost of a whole path by the cell `[person, day, kind]` that it goes through;
    `NEVER` or more where none does."""
    classes = swept.lattice.classes
    prices = class_costs(swept.lattice, swept.costs)
    found = np.full(swept.costs.shape, NEVER, np.int64)
    after = np.zeros_like(swept.ends)
    for day in reversed(range(swept.costs.shape[1])):
        least, after = _day(swept, prices[:, :, day], day, after)
        beyond = least - prices[:, :, day]
        for number, kinds in enumerate(classes):
            found[:, day, kinds] = beyond[number][:, None] + swept.costs[:, day, kinds]
    return found


def _day(swept: Swept, price: Ints, day: int, after: Ints) -> tuple[Ints, Ints]:
    """Of one day: the least whole cost by class and person, and what the rest costs from each
    `[tally, mode, person]` before it, given the same after it."""
    reach = swept.reach[day]
    least = np.full(price.shape, NEVER, np.int64)
    before = np.full((len(reach) - 1, *reach.shape[1:]), NEVER, np.int64)
    for edges, moves in zip(swept.lattice.edges, swept.lattice.tallies.moves[day], strict=True):
        if len(edges.source) and moves.source.shape[1]:
            rest = after[:, edges.leads] + price[edges.by]
            whole = (gathered(reach, moves)[:, edges.source] + rest).min(axis=0)
            np.minimum.at(least, edges.by, whole)
            _back(before, edges, moves, rest)
    return least, before


def _back(before: Ints, edges: Edges, moves: Moves, rest: Ints) -> None:
    """Spread what the rest costs by tally after, edge and person to where it comes from."""
    order = np.argsort(edges.source, kind="stable")
    modes = edges.source[order]
    new = _new(modes)
    best = np.minimum.reduceat(rest[:, order], np.flatnonzero(new), axis=1)
    for j in range(moves.source.shape[1]):
        tallies = moves.source[:, j]
        real = np.flatnonzero(tallies < len(before))
        real = real[np.argsort(tallies[real], kind="stable")]
        if not len(real):
            continue
        part = best[real] if moves.cost is None else best[real] + moves.cost[real, j, None, None]
        first = _new(tallies[real])
        at = np.ix_(tallies[real][first], modes[new])
        before[at] = np.minimum(before[at], np.minimum.reduceat(part, np.flatnonzero(first)))


def _new(numbers: Ints) -> Bools:
    """Where a sorted row of numbers has one for the first time."""
    new: Bools = np.diff(numbers, prepend=-1) != 0
    return new
