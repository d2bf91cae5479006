"""Planning in tests: an effort that ends with its proof, and nobody looking on."""

from __future__ import annotations

from time import monotonic

from ortools.util.python.solve_interrupter import SolveInterrupter

from domain.problem import Problem
from scheduler.effort import Effort
from scheduler.planner import Onlooker, Planned, make_plan

TO_THE_END = Effort(seconds=None, deterministic=True)


def plan_for(problem: Problem, effort: Effort = TO_THE_END) -> Planned:
    """The plan of a problem."""
    return make_plan(problem, effort, Onlooker(monotonic, SolveInterrupter()))
