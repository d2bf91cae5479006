"""The solvers that OR-Tools carries, asked through MathOpt: one relaxation, two for integers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.program import Columns, Ints, Program

Floats = NDArray[np.float64]


class Integer(StrEnum):
    """Who solves a small integer program."""

    HIGHS = "HiGHS"
    CP_SAT = "CP-SAT"


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The relaxation's cost and the price of every row (0 or more, in units)."""

    cost: float
    prices: Floats


@dataclass(frozen=True, slots=True)
class Chosen:
    """Positions of the chosen columns, none if the limit struck first or nothing fits, and
    the bound proven for a choice among these columns."""

    columns: Ints | None
    bound: int


def relax(program: Program, columns: Columns) -> Relaxed:
    """Solve the linear relaxation over some columns, among them a legal choice."""
    result = _solve(
        _proto(program, columns, whole=False), mathopt.SolverType.GLOP, mathopt.SolveParameters()
    )
    if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        raise RuntimeError(f"relaxation ended as {result.termination}")
    dual = result.solutions[0].dual_solution.dual_values
    duals = np.zeros(program.groups + len(program.limit))
    duals[np.array(dual.ids, np.int64)] = dual.values
    return Relaxed(result.termination.objective_bounds.primal_bound, -duals[program.groups :])


def choose(
    program: Program,
    columns: Columns,
    by: Integer,
    *,
    seconds: float | None,
    seed: int,
    workers: int,
    stop: SolveInterrupter | None = None,
    start: Ints | None = None,
) -> Chosen:
    """Choose one of the given columns for every group at least cost.

    `start` are positions of a known choice. Without `seconds` the search runs to its proof.
    """
    kind, parameters = _parameters(by, seconds, seed, workers)
    result = _solve(_proto(program, columns, whole=True), kind, parameters, start, stop)
    bound = result.termination.objective_bounds.dual_bound
    proven = int(np.ceil(bound - 1e-4)) if np.isfinite(bound) else 0
    if not result.solutions or not result.solutions[0].HasField("primal_solution"):
        return Chosen(None, proven)
    found = result.solutions[0].primal_solution.variable_values
    picked = np.array(found.ids, np.int64)[np.array(found.values) > 0.5]
    return Chosen(picked[picked < len(columns)], proven)


def _solve(
    model: model_pb2.ModelProto,
    kind: mathopt.SolverType,
    parameters: mathopt.SolveParameters,
    start: Ints | None = None,
    stop: SolveInterrupter | None = None,
) -> result_pb2.SolveResultProto:
    """MathOpt on messages: its object layer would cost more than these programs take."""
    hints = model_parameters_pb2.ModelSolveParametersProto()
    if start is not None:
        hint = hints.solution_hints.add()
        hint.variable_values.ids.extend(np.sort(start).tolist())
        hint.variable_values.values.extend([1.0] * len(start))
    return solver.solve(
        model,
        kind.value,
        parameters_pb2.SolverInitializerProto(),
        parameters.to_proto(),
        hints,
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        stop.pybind_interrupter if stop is not None else None,
    )


def _parameters(
    by: Integer, seconds: float | None, seed: int, workers: int
) -> tuple[mathopt.SolverType, mathopt.SolveParameters]:
    parameters = mathopt.SolveParameters(random_seed=seed)
    if seconds is not None:
        parameters.time_limit = timedelta(seconds=max(0.05, seconds))
    if by is Integer.HIGHS:
        return mathopt.SolverType.HIGHS, parameters
    parameters.threads = workers
    # With few workers the default set has no strategy that is strong on the relaxation, and
    # full presolve costs more than these programs take to solve.
    parameters.cp_sat.subsolvers.append("max_lp")
    parameters.cp_sat.cp_model_probing_level = 0
    parameters.cp_sat.max_presolve_iterations = 1
    parameters.cp_sat.symmetry_level = 0
    return mathopt.SolverType.CP_SAT, parameters


def _proto(program: Program, columns: Columns, *, whole: bool) -> model_pb2.ModelProto:
    """The program over these columns, then its overflow, as MathOpt's own message."""
    chosen, overflow = len(columns), program.overflow
    extra = len(overflow.row)
    proto = model_pb2.ModelProto()
    variables = proto.variables
    variables.ids.extend(range(chosen + extra))
    variables.lower_bounds.extend([0.0] * (chosen + extra))
    variables.upper_bounds.extend([1.0] * chosen + overflow.most.astype(float).tolist())
    variables.integers.extend([whole] * (chosen + extra))
    costs = np.concatenate([columns.cost, overflow.price])
    paid = np.flatnonzero(costs)
    proto.objective.linear_coefficients.ids.extend(paid.tolist())
    proto.objective.linear_coefficients.values.extend(costs[paid].astype(float).tolist())
    rows = program.groups + len(program.limit)
    constraints = proto.linear_constraints
    constraints.ids.extend(range(rows))
    constraints.lower_bounds.extend([1.0] * program.groups + [-np.inf] * len(program.limit))
    constraints.upper_bounds.extend([1.0] * program.groups + program.limit.astype(float).tolist())
    _fill_matrix(proto, program, columns)
    return proto


def _fill_matrix(proto: model_pb2.ModelProto, program: Program, columns: Columns) -> None:
    chosen, overflow = len(columns), program.overflow
    extra = np.arange(len(overflow.row)) + chosen
    counts = np.diff(columns.start)
    payer, budget = np.nonzero(overflow.budget)
    first_budget = program.groups + len(program.limit) - overflow.budget.shape[1]
    rows = np.concatenate(
        [
            columns.group,
            columns.row + program.groups,
            overflow.row + program.groups,
            budget + first_budget,
        ]
    )
    at = np.concatenate(
        [np.arange(chosen), np.repeat(np.arange(chosen), counts), extra, extra[payer]]
    )
    values = np.concatenate(
        [np.ones(chosen), columns.value, -np.ones(len(extra)), overflow.budget[payer, budget]]
    )
    order = np.lexsort((at, rows))
    proto.linear_constraint_matrix.row_ids.extend(rows[order].tolist())
    proto.linear_constraint_matrix.column_ids.extend(at[order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(values[order].tolist())
