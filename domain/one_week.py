"""One week of a plan on its own, with the week before it as history. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.calendar import WEEK
from domain.plan import Plan
from domain.problem import Problem


def one_week(problem: Problem, plan: Plan, monday: date) -> tuple[Problem, Plan]:
    """The problem of one of its weeks, and the plan's sessions in it; what the plan has in the
    weeks before counts as known sessions. Raises ValueError for a week that is not of it."""
    if monday not in problem.mondays:
        raise ValueError(f"{monday} is no week of the plan from {problem.first_day}")
    before = tuple(row for row in plan.assignments if row.day < monday)
    known = (*problem.register.sessions, *before)
    rows = [row for row in plan.assignments if monday <= row.day < monday + WEEK]
    register = replace(problem.register, sessions=known)
    alone = replace(problem, register=register, first_day=monday, weeks=1)
    return alone, Plan.of(monday, 1, rows)


def put_back(plan: Plan, week: Plan) -> Plan:
    """The plan with one week of it replaced."""
    end = week.first_day + WEEK
    others = [row for row in plan.assignments if not week.first_day <= row.day < end]
    return Plan.of(plan.first_day, plan.weeks, (*others, *week.assignments))
