"""Cell by cell: the model allows and prices exactly what the judge does, and both searches side
by side are as good as either."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.roster.cells import Answer, Cells, solve_cells
from scheduler.roster.judge import judge
from scheduler.roster.shape import Cover, Person, Roster, Run, Shape, Sum
from scheduler.roster.solve import Impossible, Solved, solve
from tests.scheduler.roster.shapes import DAY, KINDS, NIGHT, WORK, best_cost, shapes, solved

SIDE_BY_SIDE = Effort(seconds=60.0, workers=2)


def by_cells(shape: Shape, *, by_modes: bool) -> Answer:
    return solve_cells(Cells.of(shape, by_modes=by_modes), 60.0, 1, 1, SolveInterrupter())


def told(shape: Shape, roster: Roster, *, by_modes: bool = False) -> int | None:
    """What the model says that just this roster costs, `None` if it forbids it."""
    cells = Cells.of(shape, by_modes=by_modes)
    wanted = (kind == other for row in roster for kind in row for other in range(len(shape.kinds)))
    for there, value in zip(cells.all(), wanted, strict=True):
        cells.model.add(there == value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return round(solver.objective_value) if solver.solve(cells.model) == cp_model.OPTIMAL else None


@settings(max_examples=150, deadline=None)
@given(st.data(), shapes(), st.booleans())
def test_a_roster_is_allowed_and_priced_as_the_judge_says(
    data: st.DataObject, shape: Shape, by_modes: bool
) -> None:
    kind = st.integers(0, len(shape.kinds) - 1)
    row = st.tuples(*[kind] * shape.days)
    roster = data.draw(st.tuples(*[row] * len(shape.people)))
    verdict = judge(shape, roster)
    cost = verdict.cost if verdict.legal else None
    assert told(shape, roster, by_modes=by_modes) == cost


@settings(max_examples=60, deadline=None)
@given(shapes(), st.booleans())
def test_it_finds_what_trying_all_finds(shape: Shape, by_modes: bool) -> None:
    best, found = best_cost(shape), by_cells(shape, by_modes=by_modes)
    assert (best is None) == found.impossible
    if found.roster is not None:
        verdict = judge(shape, found.roster)
        assert (verdict.legal, verdict.cost, found.bound) == (True, best, best)


@settings(max_examples=25, deadline=None)
@given(shapes())
def test_both_side_by_side_find_what_one_finds(shape: Shape) -> None:
    alone, both = solved(shape), solve(shape, SIDE_BY_SIDE, Onlooker(monotonic))
    if isinstance(alone, Impossible):
        assert isinstance(both, Impossible)
    else:
        assert isinstance(both, Solved)
        assert (both.cost, both.bound) == (alone.cost, alone.bound)


@pytest.mark.parametrize("by_modes", [False, True])
def test_a_row_that_broke_off_in_the_past_is_past_mending(by_modes: bool) -> None:
    broken = Person("P", runs=(Run(frozenset({DAY}), 3),), past=(0, DAY, 0))
    shape = Shape(3, KINDS, (broken,), (Cover(0, frozenset({DAY}), 0, 1, 5),))
    assert told(shape, ((0, 0, 0),), by_modes=by_modes) == 0
    begun = replace(shape, people=(replace(broken, past=(0, DAY)),))
    assert told(begun, ((0, 0, 0),), by_modes=by_modes) is None


def test_people_who_are_alike_do_not_hide_the_best() -> None:
    """Fair shares of nurses who are all alike: personal rosters by the thousand are as good."""
    alike = Person(
        "P",
        sums=(
            Sum(frozenset({NIGHT}), 3, 4, under=4, over=4),
            Sum(WORK, 15, 20),
        ),
        runs=(Run(WORK, 1, 6), Run(frozenset({NIGHT}), 1, 3)),
    )
    covers = tuple(
        Cover(day, frozenset({kind}), need, 100, 2)
        for day in range(28)
        for kind, need in ((DAY, 2), (NIGHT, 1))
    )
    shape = Shape(28, KINDS, (alike,) * 4, covers, frozenset({(NIGHT, DAY)}))
    found = solve(shape, SIDE_BY_SIDE, Onlooker(monotonic))
    assert isinstance(found, Solved)
    assert found.proven


def test_who_is_told_to_stop_stops_both() -> None:
    stop = SolveInterrupter()
    stop.interrupt()
    shape = Shape(2, KINDS, (Person("P"),), (Cover(0, frozenset({DAY}), 1, 9),))
    found = solve(shape, SIDE_BY_SIDE, Onlooker(monotonic, stop))
    assert isinstance(found, Solved)
    assert judge(shape, found.roster).legal
