"""That nothing was offered is no proof; this asks for one: the whole week solved again."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import monday_of
from domain.need import wanted_sessions
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.trouble import PatientMissed
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.repair.limits import RepairLimits
from scheduler.repair.measures import Measure
from scheduler.repair.repair import repair

PROOF_SECONDS = 20.0
"""Of the search for a proof, at most; somebody waits for it."""


def has_no_place(
    problem: Problem,
    plan: Plan,
    missed: Assignment,
    now: datetime,
    effort: Effort,
    onlooker: Onlooker,
) -> bool:
    """True if it is proven that no legal plan of the weeks makes the session up, whoever else
    moves. False proves nothing; so it is where others lack sessions anyway."""
    if _others_lack(problem, plan, missed):
        return False
    trouble = PatientMissed(missed.patient, missed.turn)
    done = repair(problem, plan, (trouble,), now, RepairLimits(), effort, onlooker)
    least = {one.measure: one.bound for one in done.minima}
    return least.get(Measure.UNPLACED, 0) > 0


def _others_lack(problem: Problem, plan: Plan, missed: Assignment) -> bool:
    monday = monday_of(missed.day)
    return any(
        len(plan.by_week.get((code, week), ())) < wanted_sessions(problem, code, week)
        for code in problem.patient
        for week in problem.mondays
        if (code, week) != (missed.patient, monday)
    )
