"""The personal rosters of people under the same limits, as paths through modes and tallies.

Dynamic programming over days: exact, all such people at once, whatever their cells cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.program import Ints
from scheduler.roster.modes import NOWHERE, Modes
from scheduler.roster.tallies import Moves, Tallies

NEVER = 1 << 58
"""Dearer than anything: the cost of a cell that may not be, and of a state out of reach."""

OUT_OF_REACH = NEVER // 2
"""From here on a cost means never."""


@dataclass(frozen=True, slots=True)
class Edges:
    """From mode to mode by classes of kinds of one effect, sorted by where each `leads`: `starts`
    is where each of the modes `to` begins."""

    source: Ints
    by: Ints
    leads: Ints
    starts: Ints

    @property
    def to(self) -> Ints:
        """The modes that edges lead to, each once."""
        return self.leads[self.starts]


@dataclass(frozen=True, slots=True)
class _Back:
    """Kinds of one effect backwards: those that lead to mode m are at `first[m]:first[m + 1]`,
    each with the mode it comes from."""

    first: Ints
    source: Ints
    kind: Ints


@dataclass(frozen=True, slots=True)
class Lattice:
    """All paths: `classes` are kinds that nothing but their price tells apart."""

    modes: Modes
    tallies: Tallies
    classes: tuple[Ints, ...]
    edges: tuple[Edges, ...]
    back: tuple[_Back, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """Some paths: whose, kind by kind, and the cost of the cells and tallies on them."""

    person: Ints
    kinds: Ints
    cost: Ints

    def take(self, index: Ints) -> Paths:
        """Some of them."""
        return Paths(self.person[index], self.kinds[index], self.cost[index])


@dataclass(frozen=True, slots=True)
class Swept:
    """A lattice at some costs of cells `[person, day, kind]`: `reach[day][tally, mode, person]`
    is the least cost of getting there."""

    lattice: Lattice
    costs: Ints
    reach: tuple[Ints, ...]

    @property
    def ends(self) -> Ints:
        """The cost of each end: tally, mode, person."""
        return self.reach[-1][:-1]

    @property
    def cheapest(self) -> Ints:
        """The least cost of each person, `NEVER` or more if there is no path."""
        ends = self.ends
        least: Ints = ends.reshape(-1, ends.shape[2]).min(axis=0, initial=NEVER)
        return least


def lattice_of(modes: Modes, tallies: Tallies) -> Lattice:
    """Modes and tallies put together."""
    kinds = modes.after.shape[1]
    signs = [(int(tallies.effect[k]), modes.after[:, k].tobytes()) for k in range(kinds)]
    alike = {sign: n for n, sign in enumerate(dict.fromkeys(signs))}
    number = np.array([alike[sign] for sign in signs])
    classes = tuple(np.flatnonzero(number == n) for n in range(len(alike)))
    effects = range(int(tallies.effect.max()) + 1)
    leads = range(len(classes))
    return Lattice(
        modes,
        tallies,
        classes,
        tuple(
            _edges(modes, classes, [c for c in leads if tallies.effect[classes[c][0]] == e])
            for e in effects
        ),
        tuple(_back(modes, np.flatnonzero(tallies.effect == e)) for e in effects),
    )


def _edges(modes: Modes, classes: Sequence[Ints], mine: Sequence[int]) -> Edges:
    kinds = np.array([classes[c][0] for c in mine], np.int64)
    source, column = np.nonzero(modes.after[:, kinds] != NOWHERE)
    to = modes.after[source, kinds[column]]
    order = np.argsort(to, kind="stable")
    source, by, to = source[order], np.array(mine, np.int64)[column[order]], to[order]
    starts = np.flatnonzero(np.concatenate([[True], to[1:] != to[:-1]])) if len(to) else to
    return Edges(source, by, to, starts)


def _back(modes: Modes, kinds: Ints) -> _Back:
    source, column = np.nonzero(modes.after[:, kinds] != NOWHERE)
    to = modes.after[source, kinds[column]]
    order = np.argsort(to, kind="stable")
    first = np.searchsorted(to[order], np.arange(len(modes) + 1))
    return _Back(first, source[order], kinds[column[order]])


def sweep(lattice: Lattice, costs: Ints) -> Swept:
    """Least costs of everything, day after day, for all people at once."""
    people, days, _ = costs.shape
    by_class = class_costs(lattice, costs)
    layer = np.full((2, len(lattice.modes), people), NEVER, np.int64)
    layer[0, lattice.modes.start] = 0
    reach = [layer]
    for day in range(days):
        price = np.ascontiguousarray(by_class[:, :, day])
        reach.append(_step(lattice, reach[-1], price, day))
    return Swept(lattice, costs, tuple(reach))


def class_costs(lattice: Lattice, costs: Ints) -> Ints:
    """What the cheapest kind of each class costs: `[class, person, day]`."""
    return np.stack([costs[:, :, c].min(axis=2) for c in lattice.classes], axis=0)


def _step(lattice: Lattice, layer: Ints, price: Ints, day: int) -> Ints:
    """The next layer; the last row of every layer stands for no tally at all."""
    size = lattice.tallies.sizes[day + 1]
    after = np.full((size + 1, *layer.shape[1:]), NEVER, np.int64)
    for edges, moves in zip(lattice.edges, lattice.tallies.moves[day], strict=True):
        if not len(edges.source) or not moves.source.shape[1]:
            continue
        come = gathered(layer, moves)
        gone = come[:, edges.source] + price[edges.by]
        best = np.minimum.reduceat(gone, edges.starts, axis=1)
        after[:-1, edges.to] = np.minimum(after[:-1, edges.to], best)
    return after


def gathered(layer: Ints, moves: Moves) -> Ints:
    """For each tally of the next layer the least of those that lead to it."""
    found: Ints | None = None
    for j in range(moves.source.shape[1]):
        part = layer[moves.source[:, j]]
        if moves.cost is not None:
            part += moves.cost[:, j, None, None]
        found = part if found is None else np.minimum(found, part)
    assert found is not None
    return found


def best_paths(swept: Swept, ceiling: Ints, most: int) -> Paths:
    """For each person the cheapest paths to at most so many of the best ends under the
    person's ceiling, the cheapest of all among them."""
    ends = swept.ends
    flat = ends.reshape(-1, ends.shape[2])
    picked = np.argsort(flat, axis=0, kind="stable")[:most]
    value = np.take_along_axis(flat, picked, axis=0)
    row, person = np.nonzero(value < np.minimum(ceiling, OUT_OF_REACH))
    tally, mode = np.divmod(picked[row, person], ends.shape[1])
    walk = _begin(swept, tally, mode, person)
    kinds = np.zeros((len(walk.person), swept.costs.shape[1]), np.int64)
    for day in reversed(range(kinds.shape[1])):
        parent, kind, wider = _backwards(swept, walk, day)
        order = np.lexsort((wider.whole, parent))
        keep = order[np.flatnonzero(np.diff(parent[order], prepend=-1))]
        kinds[:, day] = kind[keep]
        walk = wider.take(keep)
    return _paths(walk, kinds)


def paths_under(swept: Swept, ceiling: Ints, cap: int) -> Paths | None:
    """Every path under its person's ceiling; `None` if they are more than the cap."""
    ceiling = np.minimum(ceiling, OUT_OF_REACH)
    walk = _begin(swept, *np.nonzero(swept.ends < ceiling))
    kinds = np.zeros((len(walk.person), swept.costs.shape[1]), np.int64)
    for day in reversed(range(kinds.shape[1])):
        if len(walk.person) > cap:
            return None
        parent, kind, wider = _backwards(swept, walk, day)
        keep = np.flatnonzero(wider.whole < ceiling[wider.person])
        kinds = kinds[parent[keep]]
        kinds[:, day] = kind[keep]
        walk = wider.take(keep)
    return _paths(walk, kinds) if len(walk.person) <= cap else None


@dataclass(frozen=True, slots=True)
class _Walk:
    """Paths on the way back from their ends: where each is, what the days behind it cost, and
    the least that the whole path can cost."""

    person: Ints
    tally: Ints
    mode: Ints
    behind: Ints
    whole: Ints

    def take(self, index: Ints) -> _Walk:
        """Some of them."""
        return _Walk(
            self.person[index],
            self.tally[index],
            self.mode[index],
            self.behind[index],
            self.whole[index],
        )


def _begin(swept: Swept, tally: Ints, mode: Ints, person: Ints) -> _Walk:
    behind = np.zeros(len(person), np.int64)
    return _Walk(person, tally, mode, behind, swept.reach[-1][tally, mode, person])


def _paths(walk: _Walk, kinds: Ints) -> Paths:
    order = np.argsort(walk.person, kind="stable")
    return Paths(walk.person[order], kinds[order], walk.whole[order])


def _backwards(swept: Swept, walk: _Walk, day: int) -> tuple[Ints, Ints, _Walk]:
    """Every way to come to where the walks are: which walk, by which kind, from where."""
    parts = [np.zeros((5, 0), np.int64)]
    for back, moves in zip(swept.lattice.back, swept.lattice.tallies.moves[day], strict=True):
        count = back.first[walk.mode + 1] - back.first[walk.mode]
        parent = np.repeat(np.arange(len(count)), count)
        rank = np.arange(len(parent)) - np.repeat(np.cumsum(count) - count, count)
        at = back.first[walk.mode[parent]] + rank
        for j in range(moves.source.shape[1]):
            tally = moves.source[walk.tally[parent], j]
            paid = moves.cost[walk.tally[parent], j] if moves.cost is not None else 0 * tally
            parts.append(np.stack([parent, back.kind[at], tally, back.source[at], paid]))
    parent, kind, tally, mode, paid = np.concatenate(parts, axis=1)
    person = walk.person[parent]
    behind = walk.behind[parent] + paid + swept.costs[person, day, kind]
    whole = behind + swept.reach[day][tally, mode, person]
    return parent, kind, _Walk(person, tally, mode, behind, whole)
