"""A bad day as it is put to the search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.bad_day import Condition, DoctorsRule, Rank
from domain.easing import eased
from domain.frozen import begun, frozen, in_weeks
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.waiting import Waiting, ranked, waiting
from scheduler.bad_day.kept_rules import ROWS


@dataclass(frozen=True, slots=True)
class Asked:
    """A bad day as it is put to the search: the week with the seats that are left, the plan that
    people know, what has begun of it, and by what waits and ranks are counted. `ready` is the
    problem for the search: under the doctor's rule, with what has begun frozen."""

    problem: Problem
    known: Plan
    begun: frozenset[Assignment]
    rule: DoctorsRule
    counted: Waiting
    ranks: tuple[Rank, ...]
    ready: Problem
    now: datetime


def put(
    problem: Problem,
    in_force: Plan,
    conditions: Iterable[Condition],
    rule: DoctorsRule,
    now: datetime,
) -> Asked:
    """The question as the search and whoever checks it need it. Raises ValueError."""
    if problem.weeks != 1:
        raise ValueError("a bad day is planned for one week")
    turns = frozenset(begun(problem, now))
    rows = [row for row in in_weeks(problem, in_force) if row.patient in problem.patient]
    known = Plan.of(problem.first_day, 1, rows)
    done = frozenset(row for row in rows if row.turn in turns)
    counted = waiting(problem, done, rule.line)
    return Asked(
        problem,
        known,
        done,
        rule,
        counted,
        ranked(counted, conditions, now.date()),
        _ready(problem, rows, rule, now),
        now,
    )


def _ready(
    problem: Problem, rows: Iterable[Assignment], rule: DoctorsRule, now: datetime
) -> Problem:
    """Promises for later turns give way; whatever is not kept of them is told afterwards."""
    freed = replace(problem, register=replace(problem.register, locks=()))
    ready = frozen(eased(freed, rule, now.date()), rows, now)
    named = {row.rule for row in ROWS}
    rules = (*(row for row in ready.register.rules if row.rule not in named), *ROWS)
    return replace(ready, register=replace(ready.register, rules=rules))
