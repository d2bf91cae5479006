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
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    sparse_containers_pb2,
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
class Limits:
    """When an integer program has to end: seconds, or nodes, or when somebody says stop."""

    seconds: float | None = None
    nodes: int | None = None
    seed: int = 1
    workers: int = 1
    stop: SolveInterrupter | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Positions of the chosen columns, none if the limit struck first or nothing fits, and
    the bound proven for a choice among these columns; proven if that is the best of them."""

    columns: Ints | None
    bound: int
    proven: bool


class Relaxation:
    """The linear relaxation over columns that grow in number; each solve starts where the last
    one ended. The first columns must hold a legal choice."""

    def __init__(self, program: Program, columns: Columns) -> None:
        self._program = program
        self._size = len(columns) + len(program.overflow.row)
        self._solver = solver.new(
            mathopt.SolverType.GLOP.value,
            _proto(program, columns, whole=False),
            parameters_pb2.SolverInitializerProto(),
        )

    def add(self, columns: Columns) -> None:
        """More columns."""
        update = model_update_pb2.ModelUpdateProto()
        _fill_variables(update.new_variables, self._size, len(columns))
        paid = np.flatnonzero(columns.cost)
        costs = update.objective_updates.linear_coefficients
        costs.ids.extend((paid + self._size).tolist())
        costs.values.extend(columns.cost[paid].astype(float).tolist())
        rows, at, values = _entries(self._program, columns)
        _fill_matrix(update.linear_constraint_matrix_updates, rows, at + self._size, values)
        self._size += len(columns)
        if not self._solver.update(update):
            raise RuntimeError("the relaxation refused further columns")

    def solve(self, limits: Limits) -> Relaxed | None:
        """The least cost and the prices that go with it; `None` if there are none: a limit
        struck first, or the numbers got the better of the simplex method."""
        result = self._solver.solve(
            _for_relaxation(limits).to_proto(),
            model_parameters_pb2.ModelSolveParametersProto(),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            limits.stop.pybind_interrupter if limits.stop is not None else None,
        )
        if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            return None
        dual = result.solutions[0].dual_solution.dual_values
        duals = np.zeros(self._program.groups + len(self._program.limit))
        duals[np.array(dual.ids, np.int64)] = dual.values
        cost = result.termination.objective_bounds.primal_bound
        return Relaxed(cost, np.maximum(0.0, -duals[self._program.groups :]))


def choose(
    program: Program, columns: Columns, by: Integer, limits: Limits, start: Ints | None = None
) -> Chosen:
    """Choose one of the given columns for every group at least cost; `start` are positions
    of a known choice. Without limits the search runs to its proof."""
    kind, parameters = _parameters(by, limits)
    result = _solve(_proto(program, columns, whole=True), kind, parameters, start, limits.stop)
    bound = result.termination.objective_bounds.dual_bound
    proven = int(np.ceil(bound - 1e-4)) if np.isfinite(bound) else 0
    optimal = result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL
    if not result.solutions or not result.solutions[0].HasField("primal_solution"):
        return Chosen(None, proven, optimal)
    found = result.solutions[0].primal_solution.variable_values
    picked = np.array(found.ids, np.int64)[np.array(found.values) > 0.5]
    return Chosen(picked[picked < len(columns)], proven, optimal)


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


def _for_relaxation(limits: Limits) -> mathopt.SolveParameters:
    parameters = mathopt.SolveParameters(
        presolve=mathopt.Emphasis.OFF, lp_algorithm=mathopt.LPAlgorithm.PRIMAL_SIMPLEX
    )
    if limits.seconds is not None:
        parameters.time_limit = timedelta(seconds=max(0.05, limits.seconds))
    return parameters


def _parameters(by: Integer, limits: Limits) -> tuple[mathopt.SolverType, mathopt.SolveParameters]:
    parameters = mathopt.SolveParameters(random_seed=limits.seed, node_limit=limits.nodes)
    if limits.seconds is not None:
        parameters.time_limit = timedelta(seconds=max(0.05, limits.seconds))
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


def _proto(program: Program, columns: Columns, *, whole: bool) -> model_pb2.ModelProto:
    """The program over these columns, then its overflow, as MathOpt's own message."""
    chosen, overflow = len(columns), program.overflow
    proto = model_pb2.ModelProto()
    _fill_variables(proto.variables, 0, chosen, whole=whole)
    _fill_variables(proto.variables, chosen, overflow.most, whole=whole)
    costs = np.concatenate([columns.cost, overflow.price])
    paid = np.flatnonzero(costs)
    proto.objective.linear_coefficients.ids.extend(paid.tolist())
    proto.objective.linear_coefficients.values.extend(costs[paid].astype(float).tolist())
    shared = len(program.limit)
    constraints = proto.linear_constraints
    constraints.ids.extend(range(program.groups + shared))
    constraints.lower_bounds.extend([1.0] * program.groups + [-np.inf] * shared)
    constraints.upper_bounds.extend([1.0] * program.groups + program.limit.astype(float).tolist())
    rows, at, values = _entries(program, columns)
    more_rows, more_at, more_values = _overflow_entries(program)
    _fill_matrix(
        proto.linear_constraint_matrix,
        np.concatenate([rows, more_rows]),
        np.concatenate([at, more_at + chosen]),
        np.concatenate([values, more_values]),
    )
    return proto


def _fill_variables(
    variables: model_pb2.VariablesProto, first: int, most: int | Ints, *, whole: bool = False
) -> None:
    """So many variables up to 1, or one for each of the upper bounds."""
    upper = [1.0] * most if isinstance(most, int) else most.astype(float).tolist()
    variables.ids.extend(range(first, first + len(upper)))
    variables.lower_bounds.extend([0.0] * len(upper))
    variables.upper_bounds.extend(upper)
    variables.integers.extend([whole] * len(upper))


def _entries(program: Program, columns: Columns) -> tuple[Ints, Ints, Ints]:
    """Rows, columns and values of the columns' coefficients, groups first."""
    each = np.arange(len(columns))
    rows = np.concatenate([columns.group, columns.row + program.groups])
    at = np.concatenate([each, np.repeat(each, np.diff(columns.start))])
    return rows, at, np.concatenate([np.ones(len(columns), np.int64), columns.value])


def _overflow_entries(program: Program) -> tuple[Ints, Ints, Ints]:
    overflow = program.overflow
    payer, budget = np.nonzero(overflow.budget)
    first_budget = program.groups + len(program.limit) - overflow.budget.shape[1]
    rows = np.concatenate([overflow.row + program.groups, budget + first_budget])
    at = np.concatenate([np.arange(len(overflow.row)), payer])
    values = np.concatenate([-np.ones_like(overflow.row), overflow.budget[payer, budget]])
    return rows, at, values


def _fill_matrix(
    matrix: sparse_containers_pb2.SparseDoubleMatrixProto, rows: Ints, at: Ints, values: Ints
) -> None:
    order = np.lexsort((at, rows))
    rows, at, values = rows[order], at[order], values[order]
    # A column may name a row twice, such as that of a change-over between two of its turns.
    fresh = np.ones(len(rows), np.bool_)
    fresh[1:] = (np.diff(rows) != 0) | (np.diff(at) != 0)
    if not fresh.all():
        values = np.add.reduceat(values, np.flatnonzero(fresh))
    matrix.row_ids.extend(rows[fresh].tolist())
    matrix.column_ids.extend(at[fresh].tolist())
    matrix.coefficients.extend(values.astype(float).tolist())
