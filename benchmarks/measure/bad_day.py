"""Half of the stations lost on Wednesday, then missed sessions made up and patients who swap."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from time import perf_counter

from benchmarks.bad_day_rows import BadWednesday
from db.sample.center import make_center
from db.sample.size import ORDINARY, sized
from db.sample.spec import FIRST_MONDAY
from domain.bad_day import DoctorsRule
from domain.calendar import Turn
from domain.plan import Plan
from domain.problem import Problem
from domain.trouble import StationOut
from domain.troubled import troubled
from scheduler.bad_day.answer import bad_day
from scheduler.effort import Effort
from scheduler.make_up.offers import offers
from scheduler.make_up.swap import swap
from scheduler.planner import Onlooker, make_plan

_WEDNESDAY = FIRST_MONDAY + timedelta(days=2)
_SINCE = timedelta(minutes=30)
"""Into its turn until somebody is missed."""


def measure(
    machines: int, patients: int, seed: int, limit: float, plan_limit: float, asks: int
) -> BadWednesday:
    """One center, its plan the best found in a limit of its own."""
    problem = Problem(make_center(sized(machines, patients, ORDINARY), seed), FIRST_MONDAY)
    effort = Effort(seconds=plan_limit, seed=seed, workers=1, joint_seconds=0.0)
    plan = make_plan(problem, effort, Onlooker(perf_counter)).plan
    now = _begins(problem, problem.turns_on(_WEDNESDAY)[1]) - timedelta(minutes=10)
    dice = Random(seed)
    codes = sorted(problem.station)
    lost = [StationOut(code, now) for code in dice.sample(codes, len(codes) // 2)]
    broken = troubled(problem, lost, now)
    begin = perf_counter()
    found = bad_day(
        broken, plan, (), DoctorsRule(), now, Effort(seconds=limit, seed=seed, workers=1),
        Onlooker(perf_counter),
    )  # fmt: skip
    took = perf_counter() - begin
    made, offers_took = _offered(problem, plan, dice, asks)
    return BadWednesday(
        machines, len(problem.patient), seed, took, found.over, found.bound, len(found.beyond),
        found.order_proven, len(found.broken), offers_took, made,
        _swapped(problem, plan, dice, asks, now),
    )  # fmt: skip


def _offered(
    problem: Problem, plan: Plan, dice: Random, asks: int
) -> tuple[int, tuple[float, ...]]:
    made, times = 0, []
    for missed in dice.sample(plan.assignments, asks):
        now = _begins(problem, missed.turn) + _SINCE
        begin = perf_counter()
        made += bool(offers(problem, plan, missed, now))
        times.append(perf_counter() - begin)
    return made, tuple(times)


def _swapped(
    problem: Problem, plan: Plan, dice: Random, asks: int, now: datetime
) -> tuple[float, ...]:
    people, times = sorted(plan.by_patient), []
    for _ in range(asks):
        first, second = dice.sample(people, 2)
        begin = perf_counter()
        swap(problem, plan, first, second, now)
        times.append(perf_counter() - begin)
    return tuple(times)


def _begins(problem: Problem, turn: Turn) -> datetime:
    return problem.shift[turn.shift].interval(turn.day).start
