"""A station lost on Wednesday after the morning: how soon the fewest moves are proven."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from time import perf_counter

from benchmarks.repair_rows import Mending
from db.sample.center import make_center
from db.sample.size import sized
from db.sample.spec import FIRST_MONDAY
from domain.calendar import Turn
from domain.plan import Plan
from domain.problem import Problem
from domain.trouble import StationOut
from scheduler.effort import Effort
from scheduler.planner import Onlooker, make_plan
from scheduler.repair.limits import RepairLimits
from scheduler.repair.measures import Measure
from scheduler.repair.repair import repair
from scheduler.repair.repaired import Repaired

_WEDNESDAY = FIRST_MONDAY + timedelta(days=2)
_BEFORE = timedelta(minutes=10)
"""Before the second turn of the day begins: the morning has been treated."""


def measure(
    machines: int, patients: int | None, share: float, seed: int, limit: float, plan_limit: float
) -> Mending:
    """One center. The plan in force is the best found in its own limit; the center that is
    repaired has not been looked at yet, as from the command line."""
    register = make_center(sized(machines, patients, share), seed)
    effort = Effort(seconds=plan_limit, seed=seed, workers=1, joint_seconds=0.0)
    plan = make_plan(Problem(register, FIRST_MONDAY), effort, Onlooker(perf_counter)).plan
    problem = Problem(register, FIRST_MONDAY)
    now = _now(problem)
    trouble = StationOut(_station(problem, plan, now, Random(seed)), now)
    begin = perf_counter()
    done = repair(
        problem, plan, (trouble,), now, RepairLimits(),
        Effort(seconds=limit, seed=seed, workers=1), Onlooker(perf_counter),
    )  # fmt: skip
    took = perf_counter() - begin
    return _row(machines, share, seed, _hit(problem, plan, now, trouble.station), took, done)


def _now(problem: Problem) -> datetime:
    second = problem.turns_on(_WEDNESDAY)[1]
    return _begins(problem, second) - _BEFORE


def _begins(problem: Problem, turn: Turn) -> datetime:
    return problem.shift[turn.shift].interval(turn.day).start


def _station(problem: Problem, plan: Plan, now: datetime, dice: Random) -> str:
    """Any of the largest zone's stations that is in use."""
    coming = [row.station for row in plan.assignments if _begins(problem, row.turn) > now]
    zones = Counter(problem.station[code].zone for code in coming)
    largest = max(sorted(zones), key=lambda zone: zones[zone])
    return dice.choice(sorted({c for c in coming if problem.station[c].zone == largest}))


def _hit(problem: Problem, plan: Plan, now: datetime, station: str) -> int:
    rows = (row for row in plan.assignments if row.station == station)
    return sum(_begins(problem, row.turn) > now for row in rows)


def _row(machines: int, share: float, seed: int, hit: int, took: float, done: Repaired) -> Mending:
    figures = {one.measure: (one.found, one.bound) for one in done.minima}
    return Mending(
        machines=machines,
        patients=len(done.problem.patient),
        share=share,
        seed=seed,
        hit=hit,
        asked=done.asked,
        took=took,
        unplaced=figures[Measure.UNPLACED],
        moved=figures[Measure.PATIENTS],
        sessions=figures[Measure.SESSIONS],
        stations=figures[Measure.STATIONS],
        wrong=len(done.broken),
    )
