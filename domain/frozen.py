"""What has begun stays as it is: a week under way is planned from the next turn on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from domain.calendar import Span, Turn
from domain.center import Closure
from domain.past import is_over
from domain.plan import Assignment, Lock, Plan
from domain.problem import Problem
from domain.words import words

_BEGUN = words("has begun already")


def begun(problem: Problem, now: datetime) -> tuple[Turn, ...]:
    """The turns whose patients sit by now or have gone; `now` is the center's local time."""
    clock = now.replace(tzinfo=None)
    return tuple(
        turn
        for turn in problem.turns
        if problem.shift[turn.shift].interval(turn.day).start <= clock
    )


def is_past(problem: Problem, now: datetime) -> bool:
    """True if no turn of the weeks is still to begin."""
    return all(is_over(problem, turn, now) for turn in problem.turns)


def frozen(problem: Problem, in_force: Iterable[Assignment], now: datetime) -> Problem:
    """The problem with what the plan in force has in turns that have begun promised to those
    who sit there, and every other seat of these turns shut."""
    turns = frozenset(begun(problem, now))
    if not turns:
        return problem
    rows = [row for row in in_force if row.turn in turns and row.patient in problem.patient]
    taken = {(row.turn, row.station) for row in rows}
    locks = {lock: None for lock in problem.register.locks if lock.turn not in turns}
    kept = {Lock(row.patient, row.day, row.shift, row.station): None for row in rows}
    shut = tuple(_shut(problem, turns, taken))
    register = replace(
        problem.register,
        locks=(*locks, *kept),
        closures=(*problem.register.closures, *shut),
    )
    return replace(problem, register=register)


def _shut(
    problem: Problem, turns: Iterable[Turn], taken: set[tuple[Turn, str]]
) -> Iterator[Closure]:
    """As few closures as will do: a whole turn, else a zone of it, else a station. As many free
    stations as are held back stay open: nobody may sit there, and held stations that were shut
    as well would be taken from those who sit."""
    used = {turn for turn, _ in taken}
    for turn in sorted(turns):
        day = Span(turn.day, turn.day)
        if turn not in used:
            yield Closure(day, _BEGUN, turn.shift)
            continue
        for zone, stations in problem.zone_stations.items():
            free = [code for code in stations if (turn, code) not in taken]
            if len(free) == len(stations):
                yield Closure(day, _BEGUN, turn.shift, zone=zone)
            else:
                shut = free[problem.held(zone, turn) :]
                yield from (Closure(day, _BEGUN, turn.shift, station=code) for code in shut)


def in_weeks(problem: Problem, plan: Plan) -> tuple[Assignment, ...]:
    """The sessions of a plan that fall into the problem's weeks, at places that it knows."""
    return tuple(
        row
        for row in plan.assignments
        if problem.first_day <= row.day < problem.end_day
        and row.shift in problem.shift
        and row.station in problem.station
    )
