"""A shape as a mixed-integer program for solvers as they come: for each person a unit of flow
through the modes of the days, cells that go with it, sums and covers as rows.

The flow makes rows, rests and successions as tight as they can be (it holds the block networks
of the literature); sums, weekends and covers are plain rows. Every variable of a cell is whole,
those of the flow follow.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from benchmarks.peers.linear import Linear
from scheduler.program import Ints
from scheduler.roster.limits import barred_cells, wish_costs
from scheduler.roster.modes import NOWHERE, Habits, Modes, modes_of
from scheduler.roster.shape import Roster, Shape, Sum, Weekends

_FREE = float("inf")


@dataclass(slots=True)
class _Rows:
    """The program as it grows."""

    cost: list[int] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, int]] = field(default_factory=list)

    def variable(self, cost: int, upper: float = 1.0, *, whole: bool = False) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: dict[int, int], least: float, most: float) -> None:
        number = len(self.least)
        self.least.append(least)
        self.most.append(most)
        self.entries.extend((number, at, value) for at, value in terms.items() if value)


_Cells = dict[tuple[int, int, int], int]
"""Person, day and kind -> variable."""


@dataclass(frozen=True, slots=True)
class RosterModel:
    """The program and which variable each cell has."""

    linear: Linear
    cells: _Cells
    shape: Shape

    def roster(self, ones: Ints) -> Roster:
        """The roster that the variables that are 1 stand for."""
        rows = [[0] * self.shape.days for _ in self.shape.people]
        chosen = set(ones.tolist())
        for (person, day, kind), at in self.cells.items():
            if at in chosen:
                rows[person][day] = kind
        return tuple(tuple(row) for row in rows)


def roster_model(shape: Shape) -> RosterModel:
    """The program."""
    rows = _Rows()
    cells = _cells(shape, rows)
    automata: dict[Habits, Modes] = {}
    for at, person in enumerate(shape.people):
        habits = Habits(len(shape.kinds), shape.barred, person.runs, person.rests, person.past)
        if habits not in automata:
            automata[habits] = modes_of(habits)
        _flow(shape, rows, cells, at, automata[habits])
        for limit in person.sums:
            _sum(shape, rows, cells, at, limit)
        for weekends in person.weekends:
            _weekends(shape, rows, cells, at, weekends)
    _covers(shape, rows, cells)
    return RosterModel(_linear(rows), cells, shape)


def _cells(shape: Shape, rows: _Rows) -> _Cells:
    costs, barred = wish_costs(shape), barred_cells(shape)
    return {
        (int(p), int(d), int(k)): rows.variable(int(costs[p, d, k]), whole=True)
        for p, d, k in np.argwhere(~barred)
    }


def _flow(shape: Shape, rows: _Rows, cells: _Cells, at: int, modes: Modes) -> None:
    """A unit of flow, by classes of kinds that lead to the same modes."""
    alike: defaultdict[bytes, list[int]] = defaultdict(list)
    for kind in range(len(shape.kinds)):
        alike[modes.after[:, kind].tobytes()].append(kind)
    into: dict[int, dict[int, int]] = {modes.start: {}}
    for day in range(shape.days):
        found: defaultdict[int, dict[int, int]] = defaultdict(dict)
        out: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for kinds in alike.values():
            mine = {cells[at, day, k]: -1 for k in kinds if (at, day, k) in cells}
            for mode in sorted(into):
                then = int(modes.after[mode, kinds[0]])
                if mine and then != NOWHERE:
                    arc = rows.variable(0)
                    found[then][arc] = 1
                    out[mode][arc] = -1
                    mine[arc] = 1
            rows.row(mine, 0, 0)
        for mode, arcs in into.items():
            unit = 1 if day == 0 else 0
            rows.row({**arcs, **out[mode]}, -unit, -unit)
        into = dict(found)


def _sum(shape: Shape, rows: _Rows, cells: _Cells, at: int, limit: Sum) -> None:
    days = range(shape.days) if limit.days is None else sorted(limit.days)
    terms = {
        cells[at, day, kind]: shape.kinds[kind].minutes if limit.minutes else 1
        for day in days
        for kind in sorted(limit.kinds)
        if (at, day, kind) in cells
    }
    if limit.least is not None:
        short = {} if limit.under is None else {rows.variable(limit.under, _FREE): 1}
        rows.row({**terms, **short}, limit.least, _FREE)
    if limit.most is not None:
        over = {} if limit.over is None else {rows.variable(limit.over, _FREE): -1}
        rows.row({**terms, **over}, -_FREE, limit.most)


def _weekends(shape: Shape, rows: _Rows, cells: _Cells, at: int, limit: Weekends) -> None:
    worked = {}
    for days in shape.weekends:
        mark = rows.variable(0)
        worked[mark] = 1
        for day in sorted(days):
            terms = {cells[at, day, k]: 1 for k in limit.kinds if (at, day, k) in cells}
            rows.row({**terms, mark: -1}, -_FREE, 0)
    over = {} if limit.over is None else {rows.variable(limit.over, _FREE): -1}
    rows.row({**worked, **over}, -_FREE, limit.most)


def _covers(shape: Shape, rows: _Rows, cells: _Cells) -> None:
    for cover in shape.covers:
        people = range(len(shape.people)) if cover.people is None else sorted(cover.people)
        terms = {
            cells[at, cover.day, kind]: 1
            for at in people
            for kind in sorted(cover.kinds)
            if (at, cover.day, kind) in cells
        }
        short, over = rows.variable(cover.under, _FREE), rows.variable(cover.over, _FREE)
        rows.row({**terms, short: 1, over: -1}, cover.need, cover.need)


def _linear(rows: _Rows) -> Linear:
    entries = np.array(rows.entries, np.int64).reshape(-1, 3)
    return Linear(
        tier_cost=np.array(rows.cost, np.int64)[:, None],
        upper=np.array(rows.upper),
        whole=np.array(rows.whole),
        least=np.array(rows.least),
        most=np.array(rows.most),
        row=entries[:, 0],
        at=entries[:, 1],
        value=entries[:, 2],
        sessions=lambda _: (),
    )
