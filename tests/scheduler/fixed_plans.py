"""What the solver says of a plan that is already made: may it be, and what does it cost?

The plan is fixed with nothing but the model's own vocabulary: every other turn is barred, and
every session has one station left. Timetable and seating are then built and solved as ever.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import numpy as np

from domain.calendar import Turn, monday_of
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.integer import Integer, choose
from scheduler.model import PROMISES, Model
from scheduler.program import Columns, Ints, Listed, Overflow, Program
from scheduler.rules.rule import Rule
from scheduler.solvers import Limits
from scheduler.stations import Prices, start_seating, zone_seating
from scheduler.timetable import Timetable, build_timetable


def solved(model: Model, plan: Plan) -> dict[int, int] | None:
    """The plan's cost by tier, nothing where it costs nothing; `None` if it may not be.

    For a model with costs in at most one tier.
    """
    fix(model, plan)
    table = build_timetable(model)
    prices = Prices(model)
    tiers = {*table.tiers, *prices.tiers}
    assert len(tiers) <= 1
    marks = _marks(table, plan)
    cost = None if marks is None else _solve(*_of_one_tier(table, marks))
    if cost is None:
        return None
    for place, rows in sorted(_by_week_and_zone(model, plan).items()):
        cost += _seat(model, prices, *place, rows)
    return dict.fromkeys(tiers, cost) if cost else {}


def by_solver(rule: Rule, problem: Problem, plan: Plan) -> dict[int, int] | None:
    """What a model of this rule alone makes of the plan; a broken promise forbids it."""
    model = Model(problem)
    rule.encode(model)
    costs = solved(model, plan)
    return None if costs and costs.get(PROMISES) else costs


def by_check(rule: Rule, problem: Problem, plan: Plan) -> dict[int, int] | None:
    """What the rule's check makes of it."""
    violations = list(rule.check(problem, plan))
    if rule.hard:
        return None if violations else {}
    row = problem.row(rule.name)
    cost = sum(violation.cost for violation in violations) * (row.weight or 0)
    return {row.tier or 0: cost} if cost else {}


def speaks_of_it(problem: Problem, plan: Plan) -> bool:
    """True if the model knows all turns and patients of the plan."""
    turns = frozenset(problem.turns)
    return all(row.turn in turns and row.patient in problem.patient for row in plan.assignments)


def fix(model: Model, plan: Plan) -> None:
    """Leave the plan's turns and stations, and no others, in just that number."""
    problem = model.problem
    for patient in problem.patient:
        station = {row.turn: row.station for row in plan.by_patient.get(patient, ())}
        for turn in problem.turns:
            if turn in station:
                model.restrict(patient, turn, model.mask((station[turn],)))
            else:
                model.bar(patient, turn)
        for monday in problem.mondays:
            _fix_count(model, plan, patient, monday)


def _fix_count(model: Model, plan: Plan, patient: str, monday: date) -> None:
    """Spare the timetable the weeks that are not the plan's."""
    planned = len(plan.by_week.get((patient, monday), ()))
    if planned in model.counts.get((patient, monday), range(planned, planned + 1)):
        model.count(patient, monday, range(planned, planned + 1))


def _marks(table: Timetable, plan: Plan) -> Ints | None:
    """In every group the column that is the plan's week; `None` if one has no such column."""
    found = []
    for group, weeks in enumerate(table.weeks):
        rows = plan.by_week.get((weeks.patient, weeks.monday), ())
        wanted = {row.turn for row in rows}
        columns = range(int(table.first[group]), int(table.first[group + 1]))
        fitting = [c for c in columns if {b.turn for b in table.berths(c)[1]} == wanted]
        if not fitting:
            return None
        found.extend(fitting)
    assert len(found) == len(table.weeks), "a week is listed twice"
    return np.array(found, np.int64)


def _of_one_tier(table: Timetable, marks: Ints) -> tuple[Listed, Columns]:
    """The timetable as a program, and of its columns those marked."""
    count = len(table.columns)
    cost = table.tier_cost.sum(axis=1)
    columns = replace(table.columns, cost=cost[:count])
    budget = np.zeros((len(table.overflow_row), 0), np.int64)
    overflow = Overflow(table.overflow_row, cost[count:], table.overflow_most, budget)
    return Listed(len(table.weeks), columns, table.limit, overflow), columns.take(marks)


def _solve(program: Program, columns: Columns) -> int | None:
    """The proven cost of the only choice there is; `None` if it breaks a row."""
    chosen = choose(program, columns, Integer.HIGHS, Limits())
    return None if chosen.columns is None else chosen.bound


def _seat(
    model: Model, prices: Prices, monday: date, zone: str, rows: tuple[Assignment, ...]
) -> int:
    """What the week costs at the plan's stations in the zone. The timetable has let it in, so
    it must be possible."""
    turns: defaultdict[str, tuple[Turn, ...]] = defaultdict(tuple)
    for row in sorted(rows, key=lambda row: model.problem.turns.index(row.turn)):
        turns[row.patient] = (*turns[row.patient], row.turn)
    program = zone_seating(model, prices, monday, zone, turns)
    columns = start_seating(program)
    cost = _solve(program, columns)
    assert cost is not None, "the timetable lets in a turn that cannot be seated"
    assert set(program.seats(columns)) == {(row.patient, row.turn, row.station) for row in rows}
    return cost


def _by_week_and_zone(model: Model, plan: Plan) -> dict[tuple[date, str], tuple[Assignment, ...]]:
    found: defaultdict[tuple[date, str], tuple[Assignment, ...]] = defaultdict(tuple)
    for row in plan.assignments:
        key = (monday_of(row.day), model.problem.station[row.station].zone)
        found[key] = (*found[key], row)
    return found
