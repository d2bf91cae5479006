"""One roster: ours and HiGHS on the flow program, within the same time."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from ortools.math_opt.python import mathopt

from benchmarks.measure.roster_ward import ward
from benchmarks.peers.linear import solve as solve_linear
from benchmarks.peers.names import OURS
from benchmarks.peers.roster_model import roster_model
from benchmarks.roster_rows import RosterRow
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.roster.judge import judge
from scheduler.roster.public_text import read_public_text
from scheduler.roster.shape import Roster, Shape
from scheduler.roster.solve import Solved, solve


def measure(
    peer: str, name: str, file: str, nurses: int, weeks: int, seed: int, limit: float, workers: int
) -> RosterRow:
    """An instance from a file or, without one, a synthetic ward of this size."""
    shape = read_public_text(Path(file).read_text()) if file else ward(nurses, weeks, seed)
    begin = perf_counter()
    found = (_ours if peer == OURS else _highs)(shape, limit, workers)
    spent = perf_counter() - begin
    roster, bound, proven = found
    judgment = None if roster is None else judge(shape, roster)
    return RosterRow(
        peer=peer,
        name=name,
        people=len(shape.people),
        days=shape.days,
        seed=seed,
        limit=limit,
        seconds=spent,
        cost=judgment.cost if judgment else None,
        bound=bound,
        proven=proven,
        legal=judgment is not None and judgment.legal,
    )


_Found = tuple[Roster | None, int | None, bool]


def _ours(shape: Shape, limit: float, workers: int) -> _Found:
    found = solve(shape, Effort(seconds=limit, workers=workers), Onlooker(perf_counter))
    if not isinstance(found, Solved):
        return None, None, True
    return found.roster, found.bound, found.proven


def _highs(shape: Shape, limit: float, _workers: int) -> _Found:
    model = roster_model(shape)
    unknown = model.linear.upper * float("nan")
    solved = solve_linear(model.linear, mathopt.SolverType.HIGHS, limit, unknown)
    if solved.ones is None:
        return None, None, False
    return model.roster(solved.ones), None, solved.proven
