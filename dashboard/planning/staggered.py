"""The times of a version: found before anything is written, then stored with it.

Whoever was told a time in the plan in force keeps it where that can be, and what has begun has
begun when it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from time import monotonic

from sqlalchemy.orm import Session

from db.cues import load_cues
from db.plans import PlanState, list_plans, load_plan
from domain.choreography import UNSTAGGERED, Choreography, Cue, Pace
from domain.crews import crews
from domain.frozen import begun, in_weeks
from domain.plan import Plan
from domain.problem import Problem
from scheduler.choreography.flow import Flowed, choreograph
from scheduler.choreography.scene import Promises
from scheduler.effort import Effort
from scheduler.planner import Onlooker

BRIEF = Effort(seconds=10.0, workers=1)
"""For times that somebody waits for before a screen."""


def promises_of(
    session: Session, problem: Problem, plan: Plan, number: int | None, now: datetime
) -> Promises:
    """What a version of this plan has stored already, and what the one in force, if any, has
    told people. In a version in force without any times nobody counts as told. `now` is the
    center's local time."""
    key = (problem.register.center.code, plan.first_day)
    force = _in_force(session, *key)
    fixed = UNSTAGGERED if number is None else load_cues(session, key, number)
    if force is None:
        return Promises(fixed)
    free = force == number and not fixed.cues
    told = UNSTAGGERED if free else _told(session, key, force)
    past = _begun(problem, _known(problem, plan), Promises(fixed, told), now)
    return Promises(Choreography.of((*fixed.cues, *past)), told)


def staggered(
    problem: Problem, plan: Plan, pace: Pace, promises: Promises, effort: Effort = BRIEF
) -> Flowed | None:
    """Times for the plan, those that stand included; `None` if every session has one."""
    known, there = _known(problem, plan), promises.fixed.by_session
    if all((row.patient, row.turn) in there for row in known.assignments):
        return None
    return choreograph(problem, known, pace, effort, Onlooker(monotonic), promises)


def _known(problem: Problem, plan: Plan) -> Plan:
    return Plan.of(plan.first_day, plan.weeks, in_weeks(problem, plan))


def _in_force(session: Session, center: str, first_day: date) -> int | None:
    versions = list_plans(session, center, first_day)
    return next((one.number for one in versions if one.state is PlanState.PUBLISHED), None)


def _told(session: Session, key: tuple[str, date], number: int) -> Choreography:
    """What patients of a version were told: without a cue, to come for the shift's begin."""
    rows = load_plan(session, *key, number).plan.assignments
    cues = load_cues(session, key, number).by_session
    at_once = (
        Cue(row.day, row.shift, row.patient, 0, nurse=1)
        for row in rows
        if (row.patient, row.turn) not in cues
    )
    return Choreography.of((*cues.values(), *at_once))


def _begun(problem: Problem, plan: Plan, promises: Promises, now: datetime) -> Iterator[Cue]:
    """Sessions of turns under way or over began when they were to."""
    turns = frozenset(begun(problem, now))
    nurse = crews(problem, plan.assignments)
    for row in plan.assignments:
        key = (row.patient, row.turn)
        if row.turn in turns and key not in promises.fixed.by_session:
            told = promises.told.by_session.get(key)
            yield Cue(row.day, row.shift, row.patient, told.delay if told else 0, nurse[key])
