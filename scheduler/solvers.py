"""The solvers that OR-Tools carries, asked through MathOpt's own messages: its object layer would
cost more than the small programs of the search take to solve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
    sparse_containers_pb2,
)
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.program import Columns, Ints, Program


@dataclass(frozen=True, slots=True)
class Limits:
    """When a solver has to end: after so many seconds or nodes, or when somebody says stop."""

    seconds: float | None = None
    nodes: int | None = None
    seed: int = 1
    workers: int = 1
    stop: SolveInterrupter | None = None


def ask(
    model: model_pb2.ModelProto,
    kind: mathopt.SolverType,
    parameters: mathopt.SolveParameters,
    limits: Limits,
    start: Ints | None = None,
) -> result_pb2.SolveResultProto:
    """One solve from nothing; `start` are the variables that are 1 in a known solution."""
    hints = model_parameters_pb2.ModelSolveParametersProto()
    if start is not None:
        hint = hints.solution_hints.add()
        hint.variable_values.ids.extend(np.sort(start).tolist())
        hint.variable_values.values.extend([1.0] * len(start))
    return solver.solve(
        model,
        kind.value,
        parameters_pb2.SolverInitializerProto(),
        within(parameters, limits),
        hints,
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        limits.stop.pybind_interrupter if limits.stop is not None else None,
    )


def within(
    parameters: mathopt.SolveParameters, limits: Limits
) -> parameters_pb2.SolveParametersProto:
    """The parameters as a message, with the seconds there are."""
    if limits.seconds is not None:
        parameters.time_limit = timedelta(seconds=max(0.05, limits.seconds))
    return parameters.to_proto()


def model_of(program: Program, columns: Columns, *, whole: bool) -> model_pb2.ModelProto:
    """The program over these columns, then its overflow, as MathOpt's own message."""
    chosen, overflow = len(columns), program.overflow
    proto = model_pb2.ModelProto()
    fill_variables(proto.variables, 0, chosen, whole=whole)
    fill_variables(proto.variables, chosen, overflow.most, whole=whole)
    costs = np.concatenate([columns.cost, overflow.price])
    paid = np.flatnonzero(costs)
    proto.objective.linear_coefficients.ids.extend(paid.tolist())
    proto.objective.linear_coefficients.values.extend(costs[paid].astype(float).tolist())
    shared = len(program.limit)
    constraints = proto.linear_constraints
    constraints.ids.extend(range(program.groups + shared))
    constraints.lower_bounds.extend([1.0] * program.groups + [-np.inf] * shared)
    constraints.upper_bounds.extend([1.0] * program.groups + program.limit.astype(float).tolist())
    rows, at, values = entries(program, columns)
    more_rows, more_at, more_values = _overflow_entries(program)
    fill_matrix(
        proto.linear_constraint_matrix,
        np.concatenate([rows, more_rows]),
        np.concatenate([at, more_at + chosen]),
        np.concatenate([values, more_values]),
    )
    return proto


def fill_variables(
    variables: model_pb2.VariablesProto, first: int, most: int | Ints, *, whole: bool = False
) -> None:
    """So many variables up to 1, or one for each of the upper bounds."""
    upper = [1.0] * most if isinstance(most, int) else most.astype(float).tolist()
    variables.ids.extend(range(first, first + len(upper)))
    variables.lower_bounds.extend([0.0] * len(upper))
    variables.upper_bounds.extend(upper)
    variables.integers.extend([whole] * len(upper))


def entries(program: Program, columns: Columns) -> tuple[Ints, Ints, Ints]:
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


def fill_matrix(
    matrix: sparse_containers_pb2.SparseDoubleMatrixProto, rows: Ints, at: Ints, values: Ints
) -> None:
    """Entries into a matrix, sorted, those at the same place added up."""
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
