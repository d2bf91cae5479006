"""The linear relaxation, solved in two ways: exactly at a vertex, or roughly and much faster."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt

from scheduler.program import SCALE, Columns, Ints, Program
from scheduler.solvers import Limits, ask, entries, fill_matrix, fill_variables, model_of, within

_WHIM = 50
"""Ties are broken by up to half a cost unit, in so many steps."""

_ALMOST_WHOLE = 0.9
"""Share of a group from which on a column counts as chosen."""

_ITERATIONS = 20_000
"""Of the first-order method, most; a few hundred are usual."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The relaxation's cost in units, by how much of it that may be wrong, and the price of
    every row in `SCALE`, 0 or more."""

    cost: float
    error: float
    prices: Ints


class Simplex:
    """The relaxation over columns that grow in number; the first must hold a legal choice.
    Exact to floating point; each solve starts where the last one ended. Where many columns
    cost the same it spends its time going from one equal vertex to the next."""

    def __init__(self, program: Program, columns: Columns) -> None:
        self._program = program
        self._size = len(columns) + len(program.overflow.row)
        self._solver = solver.new(
            mathopt.SolverType.GLOP.value,
            model_of(program, columns, whole=False),
            parameters_pb2.SolverInitializerProto(),
        )

    def add(self, columns: Columns) -> None:
        """More columns."""
        update = model_update_pb2.ModelUpdateProto()
        fill_variables(update.new_variables, self._size, len(columns))
        paid = np.flatnonzero(columns.cost)
        costs = update.objective_updates.linear_coefficients
        costs.ids.extend((paid + self._size).tolist())
        costs.values.extend(columns.cost[paid].astype(float).tolist())
        rows, at, values = entries(self._program, columns)
        fill_matrix(update.linear_constraint_matrix_updates, rows, at + self._size, values)
        self._size += len(columns)
        if not self._solver.update(update):
            raise RuntimeError("the relaxation refused further columns")

    def solve(self, limits: Limits) -> Relaxed | None:
        """The least cost and its prices; `None` if there are none: a limit struck first, or
        the numbers got the better of the method."""
        parameters = mathopt.SolveParameters(
            presolve=mathopt.Emphasis.OFF, lp_algorithm=mathopt.LPAlgorithm.PRIMAL_SIMPLEX
        )
        result = self._solver.solve(
            within(parameters, limits),
            model_parameters_pb2.ModelSolveParametersProto(),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            limits.stop.pybind_interrupter if limits.stop is not None else None,
        )
        return _read(self._program, result, error=0.0)


class FirstOrder:
    """Right to some relative error, by a method of first order: indifferent to ties, and its
    prices lie amid all that are equally good, so that most columns look dear that no good
    choice uses, where a vertex makes many of them look as cheap as the best."""

    def __init__(self, program: Program, columns: Columns, threads: int, error: float) -> None:
        self._program = program
        self._columns = columns
        self._threads = threads
        self._error = error

    def add(self, columns: Columns) -> None:
        """More columns."""
        self._columns = Columns.join([self._columns, columns])

    def solve(self, limits: Limits) -> Relaxed | None:
        """The least cost and its prices, or `None` as above."""
        return _read(self._program, self._ask(self._columns, limits), error=2 * self._error)

    def lean(self, seed: int, limits: Limits) -> Columns:
        """Columns that a nearly best relaxed choice takes almost whole. Ties are broken by
        chance, else it would take a little of all that are equally good."""
        dice = np.random.default_rng(seed)
        whims = dice.integers(0, _WHIM, len(self._columns))
        leaning = replace(self._columns, cost=self._columns.cost * (2 * _WHIM) + whims)
        result = self._ask(leaning, limits)
        if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            return Columns.none()
        values = result.solutions[0].primal_solution.variable_values
        taken = np.array(values.ids, np.int64)[np.array(values.values) > _ALMOST_WHOLE]
        return self._columns.take(taken[taken < len(self._columns)])

    def _ask(self, columns: Columns, limits: Limits) -> result_pb2.SolveResultProto:
        parameters = mathopt.SolveParameters()
        parameters.pdlp.num_threads = self._threads
        ends = parameters.pdlp.termination_criteria
        ends.simple_optimality_criteria.eps_optimal_relative = self._error
        ends.simple_optimality_criteria.eps_optimal_absolute = self._error
        ends.iteration_limit = _ITERATIONS
        model = model_of(self._program, columns, whole=False)
        return ask(model, mathopt.SolverType.PDLP, parameters, limits)


def _read(program: Program, result: result_pb2.SolveResultProto, error: float) -> Relaxed | None:
    if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    dual = result.solutions[0].dual_solution.dual_values
    duals = np.zeros(program.groups + len(program.limit))
    duals[np.array(dual.ids, np.int64)] = dual.values
    prices = np.rint(np.maximum(0.0, -duals[program.groups :]) * SCALE).astype(np.int64)
    return Relaxed(result.termination.objective_bounds.primal_bound, error, prices)
