"""Mixed-integer programs of a timetable, and OR-Tools' solvers on them as they come.

The tiers are first weighed into one objective, in which a unit of an earlier tier outweighs
whatever one patient could cost in the later ones. If the optimum costs nothing but in the last
tier, it is the optimum tier by tier; else the tiers are solved one after the other, each with
the earlier ones' costs as budgets, starting from that solution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

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

from benchmarks.measure.judged import Session
from scheduler.program import Bools, Ints

Floats = NDArray[np.float64]

_run: Callable[..., result_pb2.SolveResultProto] = solver.solve
"""MathOpt on messages, as `scheduler.solvers` uses it."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Minimize `tier_cost` (variables x tiers), tier by tier. Entry e is `value[e]` in row
    `row[e]` at variable `at[e]`; no pair of row and variable twice. All costs are integers.
    `sessions` reads the variables that are 1."""

    tier_cost: Ints
    upper: Floats
    whole: Bools
    least: Floats
    most: Floats
    row: Ints
    at: Ints
    value: Ints
    sessions: Callable[[Ints], Iterable[Session]]


@dataclass(frozen=True, slots=True)
class Solved:
    """What a solver reached: seconds inside the solver, whether the optimum is proven, the best
    solution's variables that are 1, `None` if there is no solution, and its costs by tier."""

    seconds: float
    proven: bool
    ones: Ints | None
    cost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    proven: bool
    values: Floats | None


def solve(linear: Linear, kind: mathopt.SolverType, limit: float, start: Floats) -> Solved:
    """Within so many seconds. `start` is a known solution, NaN where it says nothing."""
    begin = perf_counter()
    earlier = _weights(linear)
    step = _solve(_proto(linear, linear.tier_cost @ earlier, []), kind, limit, start)
    if step.values is None or _cheap(linear, step.values):
        proven = step.proven
    else:
        proven, step = _one_by_one(linear, kind, begin + limit, step)
    seconds = perf_counter() - begin
    if step.values is None:
        return Solved(seconds, False, None)
    cost = (linear.tier_cost.T @ step.values).round().astype(int).tolist()
    return Solved(seconds, proven, np.flatnonzero(step.values > 0.5), tuple(cost))


def _weights(linear: Linear) -> Ints:
    weights = np.ones(linear.tier_cost.shape[1], np.int64)
    for tier in range(len(weights) - 2, -1, -1):
        dearest = int((linear.tier_cost[:, tier + 1 :] @ weights[tier + 1 :]).max(initial=0))
        weights[tier] = dearest + 1
    return weights


def _cheap(linear: Linear, values: Floats) -> bool:
    """True if nothing is paid but in the last tier."""
    return not (linear.tier_cost[:, :-1].T @ values).round().any()


def _one_by_one(
    linear: Linear, kind: mathopt.SolverType, deadline: float, step: _Step
) -> tuple[bool, _Step]:
    budgets: list[tuple[Ints, int]] = []
    proven = True
    for cost in linear.tier_cost.T:
        left = max(0.05, deadline - perf_counter())
        start = step.values if step.values is not None else np.full(len(cost), np.nan)
        found = _solve(_proto(linear, cost, budgets), kind, left, start)
        step = found if found.values is not None else step
        proven = proven and found.proven
        if step.values is not None:
            budgets.append((cost, round(float(cost @ step.values))))
    return proven, step


def _solve(
    proto: model_pb2.ModelProto, kind: mathopt.SolverType, limit: float, start: Floats
) -> _Step:
    """A solver with its default parameters, but for the limit and gaps: costs are integers,
    so less than one to the bound is a proof."""
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=limit))
    parameters.relative_gap_tolerance = 0.0
    parameters.absolute_gap_tolerance = 0.999
    known = np.flatnonzero(~np.isnan(start))
    hints = model_parameters_pb2.ModelSolveParametersProto()
    hint = hints.solution_hints.add().variable_values
    hint.ids.extend(known.tolist())
    hint.values.extend(start[known].tolist())
    result = _run(
        proto,
        kind.value,
        parameters_pb2.SolverInitializerProto(),
        parameters.to_proto(),
        hints,
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    return _Step(
        result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL,
        _values(result, len(start)),
    )


def _values(result: result_pb2.SolveResultProto, count: int) -> Floats | None:
    if not result.solutions or not result.solutions[0].HasField("primal_solution"):
        return None
    found = result.solutions[0].primal_solution.variable_values
    values = np.zeros(count)
    values[np.array(found.ids, np.int64)] = found.values
    return values


def _proto(linear: Linear, cost: Ints, budgets: list[tuple[Ints, int]]) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(len(cost)))
    proto.variables.lower_bounds.extend([0.0] * len(cost))
    proto.variables.upper_bounds.extend(linear.upper.tolist())
    proto.variables.integers.extend(linear.whole.tolist())
    paid = np.flatnonzero(cost)
    proto.objective.linear_coefficients.ids.extend(paid.tolist())
    proto.objective.linear_coefficients.values.extend(cost[paid].astype(float).tolist())
    rows = len(linear.least)
    proto.linear_constraints.ids.extend(range(rows + len(budgets)))
    proto.linear_constraints.lower_bounds.extend([*linear.least, *[-np.inf] * len(budgets)])
    proto.linear_constraints.upper_bounds.extend([*linear.most, *(float(b) for _, b in budgets)])
    entries = [np.stack([linear.row, linear.at, linear.value]), *_spent(budgets, rows)]
    row, at, value = np.concatenate(entries, axis=1)
    order = np.lexsort((at, row))
    proto.linear_constraint_matrix.row_ids.extend(row[order].tolist())
    proto.linear_constraint_matrix.column_ids.extend(at[order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(value[order].astype(float).tolist())
    return proto


def _spent(budgets: list[tuple[Ints, int]], rows: int) -> Iterator[Ints]:
    for number, (cost, _) in enumerate(budgets):
        at = np.flatnonzero(cost)
        yield np.stack([np.full(len(at), rows + number), at, cost[at]])
