"""The times of a planned week, and the week played at these times and with all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, time
from statistics import fmean
from time import perf_counter

from benchmarks.choreography_rows import Choreographed, Floor
from benchmarks.measure.floor import Played, Visit, peaks, play
from benchmarks.measure.instance import problem_of
from domain.choreography import STANDARD_PACE, UNSTAGGERED
from domain.crews import hands
from domain.plan import Plan
from domain.problem import Problem
from scheduler.choreography.flow import choreograph
from scheduler.choreography.judge import judge
from scheduler.effort import Effort
from scheduler.planner import Onlooker, make_plan


def measure(
    machines: int, patients: int, seed: int, limit: float, workers: int, runs: int
) -> Choreographed:
    """Plans the week, finds its times, and plays every day so many times."""
    problem = problem_of(machines, patients, seed)
    effort = Effort(seconds=limit, workers=workers)
    plan = make_plan(problem, effort, Onlooker(perf_counter)).plan
    begin = perf_counter()
    found = choreograph(problem, plan, STANDARD_PACE, effort, Onlooker(perf_counter))
    spent = perf_counter() - begin
    timed = replace(problem, choreography=found.choreography)
    before = judge(replace(problem, choreography=UNSTAGGERED), plan, STANDARD_PACE)
    after = judge(timed, plan, STANDARD_PACE)
    return Choreographed(
        machines=machines,
        patients=patients,
        seed=seed,
        sessions=len(plan.assignments),
        seconds=spent,
        scenes=found.scenes,
        open=found.open,
        crowded=found.cost.crowded,
        crowded_bound=found.bound.crowded,
        waited=found.cost.waited,
        peak_at_once=before.peak,
        peak=after.peak,
        smooth=after.smooth,
        at_once=asdict(_floor(problem, plan, seed, runs)),
        staggered=asdict(_floor(timed, plan, seed, runs)),
    )


def _floor(problem: Problem, plan: Plan, seed: int, runs: int) -> Floor:
    days = _visits(problem, plan)
    played = {
        (day, run): play(visits, f"floor {seed} {day} {run}")
        for day, visits in days.items()
        for run in range(runs)
    }
    works = [work for one in played.values() for work in one.works]
    return Floor(
        peaks=_counts([peak for one in played.values() for peak in peaks(one.works).values()]),
        waits=_tenths(sorted(work.begun - work.due for work in works)),
        seat_minutes=fmean(minutes for one in played.values() for minutes in one.seat),
        overtime_minutes=fmean(_overtime(problem, day, one) for (day, _), one in played.items()),
    )


def _counts(values: list[int]) -> list[int]:
    """How many are 0, 1, 2 and so on."""
    return [values.count(value) for value in range(max(values, default=-1) + 1)]


def _tenths(ordered: list[float]) -> list[float]:
    """Eleven values from the least to the most, each tenth of all between two neighbors."""
    return [ordered[round((len(ordered) - 1) * tenth / 10)] for tenth in range(11)]


def _visits(problem: Problem, plan: Plan) -> Mapping[date, list[Visit]]:
    nurse = hands(problem, plan.assignments)
    days: defaultdict[date, list[Visit]] = defaultdict(list)
    for row in plan.assignments:
        session = problem.session(row.patient, row.turn)
        days[row.day].append(
            Visit(
                (problem.station[row.station].zone, nurse[row.patient, row.turn]),
                row.station,
                _minute(row.day, problem.presence(row.patient, row.turn).start),
                _minute(row.day, session.start),
                float(session.minutes),
                float(problem.shift[row.shift].turnover_minutes),
            )
        )
    return days


def _minute(day: date, moment: datetime) -> float:
    return (moment - datetime.combine(day, time.min)).total_seconds() / 60


def _overtime(problem: Problem, day: date, played: Played) -> float:
    """Minutes for which somebody is still treated after the day's last shift was to end."""
    end = max(problem.shift[turn.shift].interval(day).end for turn in problem.turns_on(day))
    return max(0.0, played.end - _minute(day, end))
