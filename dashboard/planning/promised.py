"""Promised stations in a plan that was stopped early. Pure.

A search that is ended before it has come to the stations seats everybody legally but not yet
where they were promised; exchanging seats within a turn mends that.
"""

from __future__ import annotations

from dataclasses import replace

from domain.calendar import Turn
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.check import Verdict, check
from scheduler.planner import Planned


def with_promised_seats(problem: Problem, planned: Planned) -> Planned:
    """The plan with everybody at the station that they were promised, if it breaks fewer hard
    rules so; else the same. The problem is the one that was searched."""
    if not any(one.rule == "locked" for one in planned.verdict.broken):
        return planned
    plan = exchanged(problem, planned.plan)
    verdict = check(problem, plan)
    if not _better(verdict, planned.verdict):
        return planned
    return Planned(plan, replace(planned.run, costs=verdict.costs), verdict)


def exchanged(problem: Problem, plan: Plan) -> Plan:
    """Whoever was promised a station goes there, and who sits there takes the other one."""
    rows = {(row.turn, row.patient): row for row in plan.assignments}
    seats = {(row.turn, row.station): row.patient for row in plan.assignments}
    for patient, locks in problem.locks.items():
        for lock in locks:
            mine = rows.get((lock.turn, patient))
            if lock.station is None or mine is None or mine.station == lock.station:
                continue
            other = seats.get((lock.turn, lock.station))
            _seat(rows, seats, replace(mine, station=lock.station))
            if other is None:
                del seats[mine.turn, mine.station]
            else:
                _seat(rows, seats, replace(rows[lock.turn, other], station=mine.station))
    return Plan.of(plan.first_day, plan.weeks, rows.values())


def _seat(
    rows: dict[tuple[Turn, str], Assignment], seats: dict[tuple[Turn, str], str], row: Assignment
) -> None:
    rows[row.turn, row.patient] = row
    seats[row.turn, row.station] = row.patient


def _better(after: Verdict, before: Verdict) -> bool:
    return len(after.broken) < len(before.broken)
