"""Integer programs over few columns, each solved at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from ortools.math_opt import result_pb2
from ortools.math_opt.python import mathopt

from scheduler.program import Columns, Ints, Program
from scheduler.solvers import Limits, ask, model_of

_LESS_THAN_A_UNIT = 0.999
"""A gap that no whole cost fits into."""


class Integer(StrEnum):
    """Who solves a small integer program."""

    HIGHS = "HiGHS"
    CP_SAT = "CP-SAT"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Positions of the chosen columns, none if the limit struck first or nothing fits, and
    the bound proven for a choice among these columns; proven if that is the best of them."""

    columns: Ints | None
    bound: int
    proven: bool


def choose(
    program: Program, columns: Columns, by: Integer, limits: Limits, start: Ints | None = None
) -> Chosen:
    """Choose one of the given columns for every group at least cost; `start` are positions
    of a known choice. Without limits the search runs to its proof."""
    kind, parameters = _parameters(by, limits)
    result = ask(model_of(program, columns, whole=True), kind, parameters, limits, start)
    bound = result.termination.objective_bounds.dual_bound
    proven = int(np.ceil(bound - 1e-4)) if np.isfinite(bound) else 0
    optimal = result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL
    if not result.solutions or not result.solutions[0].HasField("primal_solution"):
        return Chosen(None, proven, optimal)
    found = result.solutions[0].primal_solution.variable_values
    picked = np.array(found.ids, np.int64)[np.array(found.values) > 0.5]
    return Chosen(picked[picked < len(columns)], proven, optimal)


def _parameters(by: Integer, limits: Limits) -> tuple[mathopt.SolverType, mathopt.SolveParameters]:
    parameters = mathopt.SolveParameters(
        random_seed=limits.seed,
        node_limit=limits.nodes,
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=_LESS_THAN_A_UNIT,
    )
    if by is Integer.HIGHS:
        return mathopt.SolverType.HIGHS, parameters
    parameters.threads = limits.workers
    # With few workers the default set has no strategy that is strong on the relaxation, and
    # full presolve costs more than these programs take to solve.
    parameters.cp_sat.subsolvers.append("max_lp")
    parameters.cp_sat.cp_model_probing_level = 0
    parameters.cp_sat.max_presolve_iterations = 1
    parameters.cp_sat.symmetry_level = 0
    return mathopt.SolverType.CP_SAT, parameters
