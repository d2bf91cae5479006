"""What the rules say of a request, before somebody decides on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from domain.calendar import Turn
from domain.draft import Move
from domain.patient_word import PatientRequest
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.moves import MoveVerdict, verdict_of

MOST = 40
"""Weeks that are tried: every choice of three days of seven."""


@dataclass(frozen=True, slots=True)
class Wished:
    """The best week that a wish allows: where its sessions would be, turns that have no free
    station, and what the rules say of the others. `moves` is empty where it is so already."""

    rows: tuple[Assignment, ...]
    full: tuple[Turn, ...]
    moves: tuple[Move, ...]
    verdict: MoveVerdict

    @property
    def possible(self) -> bool:
        """True if nobody else has to move and no hard rule is broken."""
        return not self.full and self.verdict.legal


@dataclass(frozen=True, slots=True)
class Away:
    """What a trip means: the planned sessions that fall into it, and how many more by habit."""

    planned: tuple[Assignment, ...]
    needed: int
    days: int


def wished(problem: Problem, plan: Plan, request: PatientRequest) -> Wished | None:
    """What comes nearest to a wish in a planned week; missing for somebody who has no session in
    it, and for a wish in words only."""
    now = plan.by_patient.get(request.patient, ())
    if not now or not (request.weekdays or request.shift):
        return None
    taken = {(row.turn, row.station) for row in plan.assignments if row.patient != request.patient}
    tried = (_tried(problem, plan, now, turns, taken) for turns in _weeks(problem, now, request))
    return min(tried, key=_harm, default=None)


def away(problem: Problem, plan: Plan | None, request: PatientRequest) -> Away:
    """How many sessions a trip needs elsewhere. Raises ValueError for what is no trip."""
    if request.first_day is None or request.last_day is None:
        raise ValueError("a request without days is no trip")
    days = (request.last_day - request.first_day).days + 1
    own = () if plan is None else plan.by_patient.get(request.patient, ())
    planned = tuple(row for row in own if request.first_day <= row.day <= request.last_day)
    habit = {row.day.isoweekday() for row in own} or {
        one.weekday for one in problem.patterns.get(request.patient, ())
    }
    gone = (request.first_day + timedelta(days=number) for number in range(days))
    return Away(planned, sum(day.isoweekday() in habit for day in gone), days)


def _weeks(
    problem: Problem, now: tuple[Assignment, ...], request: PatientRequest
) -> Iterator[tuple[Turn, ...]]:
    """As many turns as there are sessions: on wanted days first, in the wanted shift."""
    usual = Counter(row.shift for row in now).most_common(1)[0][0]
    shift = request.shift or usual
    open_days = [day for day in problem.days if Turn(day, shift) in problem.turns_on(day)]
    wanted = [day for day in open_days if day.isoweekday() in request.weekdays]
    others = [day for day in open_days if day not in wanted] if len(wanted) < len(now) else []
    if not request.weekdays:
        wanted, others = [], open_days
    for number, days in enumerate(_choices(wanted, others, len(now))):
        if number == MOST:
            return
        yield tuple(Turn(day, shift) for day in days)


def _choices(wanted: list[date], others: list[date], count: int) -> Iterable[tuple[date, ...]]:
    if len(wanted) >= count:
        return combinations(wanted, count)
    rest = combinations(others, count - len(wanted))
    return (tuple(sorted((*wanted, *more))) for more in rest)


def _tried(
    problem: Problem,
    plan: Plan,
    now: tuple[Assignment, ...],
    turns: tuple[Turn, ...],
    taken: set[tuple[Turn, str]],
) -> Wished:
    home = Counter(row.station for row in now).most_common(1)[0][0]
    rows, full = [], []
    for turn in turns:
        station = _free(problem, turn, home, taken)
        if station is None:
            full.append(turn)
        else:
            rows.append(Assignment(turn.day, turn.shift, station, now[0].patient))
    moves = _moves(now, rows)
    return Wished(tuple(rows), tuple(full), moves, verdict_of(problem, plan, moves))


def _free(problem: Problem, turn: Turn, home: str, taken: set[tuple[Turn, str]]) -> str | None:
    """The own station if it is free, else another one of the same zone."""
    zone = problem.station[home].zone
    near = (one.code for one in problem.register.stations if one.zone == zone)
    return next((code for code in (home, *near) if (turn, code) not in taken), None)


def _moves(now: Iterable[Assignment], rows: Iterable[Assignment]) -> tuple[Move, ...]:
    """Sessions that stay are no moves; the others go one for one, in order of time."""
    wanted = set(rows)
    leaving = sorted(row for row in now if row not in wanted)
    coming = sorted(wanted.difference(now))
    paired = [Move(old, fresh) for old, fresh in zip(leaving, coming, strict=False)]
    short = [Move(row, None) for row in leaving[len(coming) :]]
    return (*paired, *short, *(Move(None, row) for row in coming[len(leaving) :]))


def _harm(one: Wished) -> tuple[object, ...]:
    costs: Mapping[int, int] = one.verdict.tier_costs()
    tiers = tuple(costs.get(tier, 0) for tier in range(10))
    return (len(one.full), len(one.verdict.broken), tiers, len(one.moves), one.rows)
