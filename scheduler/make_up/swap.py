"""Two patients who want to swap: what all rules say of it, at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import zip_longest

from domain.calendar import Turn
from domain.draft import Move
from domain.frozen import begun
from domain.offer import Swap
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.make_up.floor import Ground, Hall, ground, hall_of, moves_between
from scheduler.make_up.offers import judged


def swap(
    problem: Problem,
    plan: Plan,
    first: str,
    second: str,
    now: datetime,
    days: tuple[frozenset[date], frozenset[date]] | None = None,
) -> Swap | None:
    """The first patient comes when the second would have come, and the other way round: all
    sessions that have not begun, or those on the days named for each. `None` if that changes
    nothing.

    Each takes the other's station; where rules on stations forbid it, any free one of the own
    zone. Where there is no seat either, the plain exchange is judged, so that the rules say why
    it cannot be. `now` is local.
    """
    gone = frozenset(begun(problem, now))
    mine = _sessions(plan, first, gone, days[0] if days else None)
    theirs = _sessions(plan, second, gone, days[1] if days else None)
    common = {row.turn for row in mine} & {row.turn for row in theirs}
    mine = tuple(row for row in mine if row.turn not in common)
    theirs = tuple(row for row in theirs if row.turn not in common)
    if not mine and not theirs:
        return None
    plain = _exchange(mine, theirs, first, second)
    found = judged(problem, plan, None, plain)
    if not found.legal:
        other = _reseated(ground(problem), plan, mine, theirs)
        if other is not None:
            second_try = judged(problem, plan, None, other)
            if second_try.legal:
                return Swap(first, second, other, second_try)
    return Swap(first, second, plain, found)


def _sessions(
    plan: Plan, patient: str, gone: frozenset[Turn], days: frozenset[date] | None
) -> tuple[Assignment, ...]:
    rows = plan.by_patient.get(patient, ())
    return tuple(row for row in rows if row.turn not in gone and (days is None or row.day in days))


def _exchange(
    mine: tuple[Assignment, ...], theirs: tuple[Assignment, ...], first: str, second: str
) -> tuple[Move, ...]:
    """Both ways, in order of time; who has more sessions hands over all of them."""
    there = [_by(row, first) for row in theirs]
    back = [_by(row, second) for row in mine]
    return (*_paired(mine, there), *_paired(theirs, back))


def _by(row: Assignment, patient: str) -> Assignment:
    return Assignment(row.day, row.shift, row.station, patient)


def _paired(before: Iterable[Assignment], after: Iterable[Assignment]) -> Iterable[Move]:
    return (Move(one, other) for one, other in zip_longest(before, after))


def _reseated(
    there: Ground,
    plan: Plan,
    mine: tuple[Assignment, ...],
    theirs: tuple[Assignment, ...],
) -> tuple[Move, ...] | None:
    """The same turns at stations that each may use; `None` if there is no seat in some turn or
    somebody has nothing to give."""
    if not mine or not theirs:
        return None
    before = hall_of(there, plan)
    after: Hall | None = before
    for row in (*mine, *theirs):
        after = after.without(row) if after is not None else None
    for own, others in ((mine, theirs), (theirs, mine)):
        patient, (zone, _) = own[0].patient, there.cell(own[0])
        for row in others:
            likes = (row.station, *(one.station for one in own))
            if after is not None:
                after = after.seated(patient, (zone, row.turn), likes)
    return None if after is None else moves_between(before, after)
