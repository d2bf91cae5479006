"""What came of a search: its claims, what it costs beside last week, who goes short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from dashboard.planning.asked import Weeks, read_weeks
from dashboard.planning.costs import CostRow, cost_rows
from dashboard.planning.wishes import Met, met
from db.history import load_problem, plan_in_force
from db.load import load_register
from db.plans import StoredPlan, list_plans, load_plan
from db.refusal import DatabaseRefusal
from domain.calendar import WEEK
from domain.frozen import in_weeks
from domain.need import wanted_sessions
from domain.plan import Plan, RuleCost
from domain.problem import Problem
from scheduler.check import Verdict, check


@dataclass(frozen=True, slots=True)
class Result:
    """A stored plan, judged by the center's data as they are now. `last_week` is what the week
    before costs, where it is known and as long as this plan."""

    stored: StoredPlan
    weeks: Weeks
    plan: Plan
    verdict: Verdict
    wanted: int
    short: frozenset[str]
    wishes: Met
    last_week: tuple[RuleCost, ...] | None

    @property
    def costs(self) -> tuple[CostRow, ...]:
        """By rule, last week first."""
        return cost_rows(self.last_week, self.verdict.costs)


def result_of(
    session: Session, center: str, first_day: date, number: int, history_weeks: int, now: datetime
) -> Result:
    """Reads and judges. Raises DatabaseRefusal if there is no such version."""
    stored = load_plan(session, center, first_day, number)
    weeks = read_weeks(session, center, first_day, stored.plan.weeks, history_weeks, now)
    problem = weeks.problem
    plan = known_part(problem, stored.plan)
    verdict = check(problem, plan)
    needs = {
        (patient, monday): wanted_sessions(problem, patient, monday)
        for patient in problem.patient
        for monday in problem.mondays
    }
    return Result(
        stored, weeks, plan, verdict, sum(needs.values()),
        frozenset(
            patient
            for (patient, monday), wanted in needs.items()
            if len(plan.by_week.get((patient, monday), ())) < wanted
        ),
        met(problem, verdict.paid),
        _last_week(session, problem, history_weeks) if plan.weeks == 1 else None,
    )  # fmt: skip


def known_part(problem: Problem, plan: Plan) -> Plan:
    """The plan without what the center no longer has."""
    return Plan.of(plan.first_day, plan.weeks, in_weeks(problem, plan))


def _last_week(
    session: Session, problem: Problem, history_weeks: int
) -> tuple[RuleCost, ...] | None:
    """The costs of the plan in force in the week before, else of the sessions known of it."""
    center, monday = problem.register.center.code, problem.first_day - WEEK
    try:
        before = load_problem(session, center, monday, 1, history_weeks)
    except DatabaseRefusal:  # a shift of then is gone: that week can no longer be judged
        return None
    version = plan_in_force(list_plans(session, center), monday)
    if version is not None:
        rows = load_plan(session, center, version.first_day, version.number).plan.assignments
    else:
        rows = load_register(session, center).sessions
    week = [row for row in rows if row.patient in before.patient]
    plan = known_part(before, Plan.of(monday, 1, week))
    return check(before, plan).costs if plan.assignments else None
