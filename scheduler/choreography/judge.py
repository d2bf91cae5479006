"""What is wrong with the times of a plan, told without a solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from domain.calendar import Turn
from domain.choreography import UNSTAGGERED, Pace
from domain.crews import hands
from domain.plan import Assignment, Plan, Violation
from domain.problem import Problem
from scheduler.check import check


class Hand(StrEnum):
    """What a nurse does at a patient that nobody else can do meanwhile."""

    CONNECT = "connect"
    DISCONNECT = "disconnect"


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """Something that the zone's nurse of that number begins at a moment, local time."""

    at: datetime
    zone: str
    nurse: int
    station: str
    patient: str
    turn: Turn
    hand: Hand


@dataclass(frozen=True, slots=True)
class Crowded:
    """Two tasks of one nurse that begin so few minutes after each other."""

    first: Task
    then: Task
    minutes: int


@dataclass(frozen=True, slots=True)
class Unready:
    """A session that begins before its station is ready after the one before."""

    first: Assignment
    then: Assignment
    ready: datetime
    begins: datetime


@dataclass(frozen=True)
class Rhythm:
    """The tasks of a plan in order of time, and what is wrong: tasks that come too soon,
    stations not ready, and hard rules that only these times break."""

    pace: Pace
    tasks: tuple[Task, ...]
    crowded: tuple[Crowded, ...]
    unready: tuple[Unready, ...]
    broken: tuple[Violation, ...]

    @property
    def smooth(self) -> bool:
        """True if nothing is wrong."""
        return not (self.crowded or self.unready or self.broken)

    @cached_property
    def peak(self) -> int:
        """The most tasks that one nurse has to begin within the minutes of one task."""
        apart = timedelta(minutes=self.pace.apart)
        return max((most_within(mine, apart) for mine in by_nurse(self.tasks).values()), default=0)


def judge(problem: Problem, plan: Plan, pace: Pace) -> Rhythm:
    """What is wrong with the problem's choreography of the plan. The plan must name only
    patients, shifts and stations of the problem."""
    found = tasks(problem, plan)
    return Rhythm(
        pace,
        found,
        tuple(_crowded(found, timedelta(minutes=pace.apart))),
        tuple(_unready(problem, plan)),
        _broken(problem, plan),
    )


def tasks(problem: Problem, plan: Plan) -> tuple[Task, ...]:
    """Everybody's connection and disconnection, in order of time."""
    nurse = hands(problem, plan.assignments)
    return tuple(sorted(task for row in plan.assignments for task in _of(problem, row, nurse)))


def _of(problem: Problem, row: Assignment, nurse: Mapping[tuple[str, Turn], int]) -> Iterator[Task]:
    zone, mine = problem.station[row.station].zone, nurse[row.patient, row.turn]
    session = problem.session(row.patient, row.turn)
    for at, hand in ((session.start, Hand.CONNECT), (session.end, Hand.DISCONNECT)):
        yield Task(at, zone, mine, row.station, row.patient, row.turn, hand)


def by_nurse(found: Iterable[Task]) -> Mapping[tuple[date, str, int], tuple[Task, ...]]:
    """Each nurse's tasks of a day, in order of time; a night's are of the day it starts on."""
    grouped: defaultdict[tuple[date, str, int], list[Task]] = defaultdict(list)
    for task in sorted(found):
        grouped[task.turn.day, task.zone, task.nurse].append(task)
    return {key: tuple(mine) for key, mine in sorted(grouped.items())}


def most_within(mine: tuple[Task, ...], apart: timedelta) -> int:
    """The most of a nurse's tasks that begin within so long."""
    return max(
        sum(1 for other in mine[number:] if other.at < one.at + apart)
        for number, one in enumerate(mine)
    )


def _crowded(found: tuple[Task, ...], apart: timedelta) -> Iterator[Crowded]:
    for mine in by_nurse(found).values():
        for first, then in pairwise(mine):
            if then.at < first.at + apart:
                yield Crowded(first, then, int((then.at - first.at).total_seconds()) // 60)


def _unready(problem: Problem, plan: Plan) -> Iterator[Unready]:
    at: defaultdict[str, list[Assignment]] = defaultdict(list)
    for row in plan.assignments:
        at[row.station].append(row)
    for station in sorted(at):
        rows = sorted(at[station], key=lambda row: problem.session(row.patient, row.turn).start)
        for first, then in pairwise(rows):
            turnover = timedelta(minutes=problem.shift[first.shift].turnover_minutes)
            ready = problem.session(first.patient, first.turn).end + turnover
            begins = problem.session(then.patient, then.turn).start
            if begins < ready:
                yield Unready(first, then, ready, begins)


def _broken(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Broken with these times though not with everybody beginning at once."""
    known = check(replace(problem, choreography=UNSTAGGERED), plan).broken
    already = {(one.rule, one.patient, one.turn) for one in known}
    return tuple(
        one
        for one in check(problem, plan).broken
        if (one.rule, one.patient, one.turn) not in already
    )
