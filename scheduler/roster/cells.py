"""The roster cell by cell for CP-SAT: a person, a day, a kind.

Weaker in its bound than whole personal rosters, and much quicker where people are alike and what
they owe is a fair share: there too many personal rosters are equally good.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ortools.sat.python import cp_model
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.roster.modes import NOWHERE, Habits, Modes, modes_of
from scheduler.roster.shape import (
    Person,
    Rest,
    Roster,
    Run,
    Shape,
    Sum,
    Weekends,
    cell_costs,
)

Term = cp_model.LinearExpr


@dataclass(frozen=True, slots=True)
class Answer:
    """The best roster found, `None` if none was; and what no roster can cost less than."""

    roster: Roster | None
    bound: int
    impossible: bool = False


@dataclass(slots=True)
class Cells:
    """The model: what is said of every cell, and what is paid."""

    shape: Shape
    by_modes: bool = False
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    cell: list[list[list[cp_model.IntVar]]] = field(default_factory=list)
    paid: list[Term] = field(default_factory=list)
    automata: dict[Habits, Modes] = field(default_factory=dict)

    @staticmethod
    def of(shape: Shape, *, by_modes: bool = False) -> Cells:
        """Everything that the shape asks for; `by_modes` with a path through modes for everybody
        in place of rows, rests and successions one by one: larger, and much tighter."""
        cells = Cells(shape, by_modes)
        for at, person in enumerate(shape.people):
            cells._person(at, person)
        for cover in shape.covers:
            people = range(len(shape.people)) if cover.people is None else sorted(cover.people)
            there = _sum(cells._any(at, cover.day, cover.kinds) for at in people)
            cells._between(there, cover.need, cover.need, cover.under, cover.over, len(people))
        cells.model.minimize(_sum(cells.paid))
        return cells

    def hint(self, roster: Roster) -> None:
        """A roster to begin from."""
        for row, days in zip(roster, self.cell, strict=True):
            for kind, cell in zip(row, days, strict=True):
                for other, there in enumerate(cell):
                    self.model.add_hint(there, other == kind)

    def between(self, least: int, most: int) -> None:
        """What the roster is to cost."""
        self.model.add_linear_constraint(_sum(self.paid), least, most)

    def roster(self, value: Iterable[bool]) -> Roster:
        """The roster that the values of all cells, in order, say."""
        told, kinds = iter(value), range(len(self.shape.kinds))
        return tuple(
            tuple(max(kinds, key=[next(told) for _ in kinds].__getitem__) for _ in days)
            for days in self.cell
        )

    def all(self) -> Iterator[cp_model.IntVar]:
        """Every cell: by person, day and kind."""
        return (there for days in self.cell for day in days for there in day)

    # --- one person -----------------------------------------------------------------------------

    def _person(self, at: int, person: Person) -> None:
        shape, model = self.shape, self.model
        self.cell.append([[model.new_bool_var("") for _ in shape.kinds] for _ in range(shape.days)])
        costs = cell_costs(shape, at)
        for day, cell in enumerate(self.cell[at]):
            model.add_exactly_one(cell)
            self.paid += [cost * there for cost, there in zip(costs[day], cell, strict=True)]
        for day, kind in sorted(person.barred):
            model.add(self.cell[at][day][kind] == 0)
        if self.by_modes:
            self._path(at, person)
        else:
            self._succession(at, person)
            for run in person.runs:
                self._run(at, person, run)
            for rest in person.rests:
                self._rest(at, person, rest)
        for limit in person.sums:
            self._sum(at, limit)
        for weekends in person.weekends:
            self._weekends(at, weekends)

    def _path(self, at: int, person: Person) -> None:
        """One unit that flows from mode to mode, by classes of kinds that lead alike."""
        modes = self._modes(person)
        there: dict[int, Term] = {modes.start: self.model.new_constant(1)}
        for day, cell in enumerate(self.cell[at]):
            into: defaultdict[int, list[Term]] = defaultdict(list)
            out: dict[int, list[Term]] = {mode: [] for mode in there}
            for kinds in modes.alike():
                arcs: list[Term] = []
                for mode in out if any((day, kind) not in person.barred for kind in kinds) else ():
                    then = int(modes.after[mode, kinds[0]])
                    if then != NOWHERE:
                        arcs.append(self.model.new_bool_var(""))
                        into[then].append(arcs[-1])
                        out[mode].append(arcs[-1])
                self.model.add(_sum(arcs) == _sum(cell[kind] for kind in kinds))
            for mode, flow in there.items():
                self.model.add(_sum(out[mode]) == flow)
            there = {mode: _sum(arcs) for mode, arcs in into.items()}

    def _modes(self, person: Person) -> Modes:
        kinds, barred = len(self.shape.kinds), self.shape.barred
        habits = Habits(kinds, barred, person.runs, person.rests, person.past)
        if habits not in self.automata:
            self.automata[habits] = modes_of(habits)
        return self.automata[habits]

    def _succession(self, at: int, person: Person) -> None:
        for before, after in sorted(self.shape.barred):
            if person.past and person.past[-1] == before:
                self.model.add(self.cell[at][0][after] == 0)
            for day, cell in enumerate(self.cell[at][1:]):
                self.model.add_at_most_one(self.cell[at][day][before], cell[after])

    def _run(self, at: int, person: Person, run: Run) -> None:
        """Windows for the most; for the least, what has begun goes on. A run that touches the
        first day without a past, or the last one, may be short."""
        inside = self._row(at, person, run.kinds)
        first = len(person.past)
        if run.most is not None:
            for day in range(len(inside) - run.most):
                if day + run.most >= first:
                    self.model.add(_sum(inside[day : day + run.most + 1]) <= run.most)
        over = {day for day in range(first) if person.past[day] not in run.kinds}
        for begin in range(1, len(inside)):
            for day in range(begin + 1, min(begin + run.least, len(inside))):
                if day >= first and not over.intersection(range(begin, day)):
                    self.model.add(inside[begin] - inside[begin - 1] <= inside[day])

    def _rest(self, at: int, person: Person, rest: Rest) -> None:
        inside = self._row(at, person, rest.kinds)
        resting = self._row(at, person, rest.resting)
        first = len(person.past)
        broken = {day for day in range(first) if person.past[day] not in rest.resting}
        for end in range(1, len(inside)):
            ended = inside[end - 1] - inside[end]
            for day in range(max(end, first), min(end + rest.days, len(inside))):
                if not broken.intersection(range(end, day)):  # else past mending
                    self.model.add(ended <= resting[day])

    def _row(self, at: int, person: Person, kinds: frozenset[int]) -> list[Term]:
        """Day by day whether a person has one of some kinds, the past in front."""
        past = (self.model.new_constant(int(kind in kinds)) for kind in person.past)
        return [*past, *(self._any(at, day, kinds) for day in range(self.shape.days))]

    def _any(self, at: int, day: int, kinds: frozenset[int]) -> Term:
        return _sum(self.cell[at][day][kind] for kind in sorted(kinds))

    def _sum(self, at: int, limit: Sum) -> None:
        days = range(self.shape.days) if limit.days is None else sorted(limit.days)
        weight = [kind.minutes if limit.minutes else 1 for kind in self.shape.kinds]
        amount = _sum(
            weight[kind] * self.cell[at][day][kind] for day in days for kind in sorted(limit.kinds)
        )
        most = len(days) * max((weight[kind] for kind in limit.kinds), default=0)
        self._between(amount, limit.least, limit.most, limit.under, limit.over, most)

    def _weekends(self, at: int, limit: Weekends) -> None:
        worked = []
        for days in self.shape.weekends:
            worked.append(self.model.new_bool_var(""))
            for day in sorted(days):
                self.model.add(self._any(at, day, limit.kinds) <= worked[-1])
        self._between(_sum(worked), None, limit.most, None, limit.over, len(worked))

    def _between(
        self,
        amount: Term,
        least: int | None,
        most: int | None,
        under: int | None,
        over: int | None,
        largest: int,
    ) -> None:
        """Both limits, hard where they have no price."""
        if least is not None and least > 0:
            self.model.add(amount + self._slack(under, least) >= least)
        if most is not None:
            self.model.add(amount - self._slack(over, max(0, largest - most)) <= most)

    def _slack(self, price: int | None, most: int) -> Term:
        slack = self.model.new_int_var(0, 0 if price is None else most, "")
        self.paid.append((price or 0) * slack)
        return slack


def _sum(terms: Iterable[Term]) -> Term:
    total: Term = cp_model.LinearExpr.sum(list(terms))
    return total


_LEFT_OUT = (
    "fj", "feasibility_pump", "graph_arc_lns", "graph_cst_lns", "graph_dec_lns", "rnd_cst_lns",
)  # fmt: skip
"""Helpers of CP-SAT that find little here, and take turns with those that find the best."""


_ROOT = 20_000
"""Steps of the simplex method for the first relaxation: enough to end. By default CP-SAT begins to
search with one that has not, and bounds and helpers both suffer."""


_FEW = 0.03
"""Share of the cells that are barred, up to which people count as alike."""


def solve_cells(
    cells: Cells, seconds: float | None, seed: int, workers: int, stop: SolveInterrupter
) -> Answer:
    """The best roster within the time; with one worker the same one for the same seed as long
    as no clock ends it."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    # A strong relaxation is what proves rosters; with few workers CP-SAT would leave it out.
    solver.parameters.subsolvers.append("max_lp")
    solver.parameters.ignore_subsolvers.extend(_LEFT_OUT)
    solver.parameters.root_lp_iterations = _ROOT
    # Most of what presolve does takes longer than it saves; where people are alike, all of it
    # does, and so do cuts.
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    if _alike(cells.shape):
        solver.parameters.cp_model_presolve = False
        solver.parameters.cut_level = 0
    if seconds is not None:
        solver.parameters.max_time_in_seconds = seconds
    with stop.interruption_callback(solver.stop_search):
        status = solver.solve(cells.model)
    bound = max(0, round(solver.best_objective_bound))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(cells.roster(map(solver.boolean_value, cells.all())), bound)
    return Answer(None, bound, impossible=status == cp_model.INFEASIBLE)


def _alike(shape: Shape) -> bool:
    """Whether people differ little in what they may do at all."""
    barred = sum(len(person.barred) for person in shape.people)
    return barred <= _FEW * len(shape.people) * shape.days * len(shape.kinds)
