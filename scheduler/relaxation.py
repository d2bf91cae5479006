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
from ortools.math_opt.python.solve import StatusNotOk

from scheduler.program import SCALE, Columns, Floats, Ints, Program
from scheduler.solvers import Limits, ask, entries, fill_matrix, fill_variables, model_of, within

_WHIM = 50
"""Ties are broken by up to half a cost unit, in so many steps."""

_ALMOST_WHOLE = 0.9
"""Share of a group from which on a column counts as chosen."""

_ITERATIONS = 20_000
"""Of the first-order method, most; a few hundred are usual."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The relaxation's cost in units, by how much of it that may be wrong, the price of every
    row in `SCALE`, 0 or more, and what share of each column it takes."""

    cost: float
    error: float
    prices: Ints
    shares: Floats


class Simplex:
    """The relaxation over columns that grow in number; the first must hold a legal choice.
    Exact to floating point; each solve starts where the last one ended. Where many columns
    cost the same it spends its time going from one equal vertex to the next."""

    def __init__(self, program: Program, columns: Columns) -> None:
        self._program = program
        self._columns = columns
        self._held: Ints = np.zeros(0, np.int64)
        self._algorithm = mathopt.LPAlgorithm.PRIMAL_SIMPLEX
        self._begin()

    def _begin(self) -> None:
        """From nothing, with all columns there are."""
        self._size = len(self._columns) + len(self._program.overflow.row)
        self._variable: Ints = np.arange(len(self._columns), dtype=np.int64)
        self._solver = solver.new(
            mathopt.SolverType.GLOP.value,
            model_of(self._program, self._columns, whole=False),
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
        added = np.arange(self._size, self._size + len(columns), dtype=np.int64)
        self._variable = np.concatenate([self._variable, added])
        self._columns = Columns.join([self._columns, columns])
        self._size += len(columns)
        if not self._solver.update(update):
            raise RuntimeError("the relaxation refused further columns")

    def hold(self, columns: Ints) -> None:
        """From now on the columns at these positions are taken whole."""
        self._held = np.concatenate([self._held, columns])
        self._algorithm = mathopt.LPAlgorithm.DUAL_SIMPLEX  # the prices stay possible
        update = model_update_pb2.ModelUpdateProto()
        held = update.variable_updates.lower_bounds
        held.ids.extend(np.sort(self._variable[columns]).tolist())
        held.values.extend([1.0] * len(columns))
        if not self._solver.update(update):
            raise RuntimeError("the relaxation refused to hold columns")

    def solve(self, limits: Limits) -> Relaxed | None:
        """The least cost and its prices; `None` if there are none: a limit struck first, or
        the numbers got the better of the method."""
        try:
            result = self._ask(self._algorithm, limits)
        except StatusNotOk:  # the basis has become singular: once more, from nothing
            self._begin()
            held, self._held = self._held, self._held[:0]
            self.hold(held)
            result = self._ask(mathopt.LPAlgorithm.DUAL_SIMPLEX, limits)
        self._algorithm = mathopt.LPAlgorithm.PRIMAL_SIMPLEX
        return _read(self._program, result, self._variable, error=0.0)

    def _ask(self, algorithm: mathopt.LPAlgorithm, limits: Limits) -> result_pb2.SolveResultProto:
        parameters = mathopt.SolveParameters(presolve=mathopt.Emphasis.OFF, lp_algorithm=algorithm)
        return self._solver.solve(
            within(parameters, limits),
            model_parameters_pb2.ModelSolveParametersProto(),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            limits.stop.pybind_interrupter if limits.stop is not None else None,
        )


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
        result = self._ask(self._columns, limits)
        columns = np.arange(len(self._columns), dtype=np.int64)
        return _read(self._program, result, columns, error=2 * self._error)

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


def _read(
    program: Program, result: result_pb2.SolveResultProto, variables: Ints, error: float
) -> Relaxed | None:
    """`variables` are those of the columns, in order."""
    if result.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    dual = result.solutions[0].dual_solution.dual_values
    duals = np.zeros(program.groups + len(program.limit))
    duals[np.array(dual.ids, np.int64)] = dual.values
    prices = np.rint(np.maximum(0.0, -duals[program.groups :]) * SCALE).astype(np.int64)
    primal = result.solutions[0].primal_solution.variable_values
    ids = np.array(primal.ids, np.int64)
    taken = np.zeros(1 + max(ids.max(initial=0), variables.max(initial=0)))
    taken[ids] = primal.values
    cost = result.termination.objective_bounds.primal_bound
    return Relaxed(cost, error, prices, taken[variables])
