"""Whom to tell of a repaired plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from domain.calendar import Turn
from domain.calls import Call, ToldChange, ToldSession, by_urgency, call_of
from domain.need import is_away
from domain.plan import Assignment, Change, ChangeKind
from domain.problem import Problem
from scheduler.repair.situation import Situation


def calls_of(
    problem: Problem, changes: Iterable[Change], situations: Iterable[Situation], now: datetime
) -> tuple[Call, ...]:
    """One call for everybody whose times change, most urgent first. Who only sits at another
    station is told on arrival; who is away knows."""
    underway = {spot for one in situations for spot in one.underway}
    told: defaultdict[str, list[ToldChange]] = defaultdict(list)
    for change in changes:
        told[change.patient].extend(_told(problem, change, now))
    phone = problem.register.center.phone
    calls = (
        call_of(patient, tuple(mine), now, _on_the_way(mine, underway), phone)
        for patient, mine in told.items()
        if mine
    )
    return by_urgency(tuple(calls))


def _on_the_way(mine: Iterable[ToldChange], underway: Collection[tuple[str, Turn]]) -> bool:
    rows = (one.before.row for one in mine if one.before is not None)
    return any((row.patient, row.turn) in underway for row in rows)


def _told(problem: Problem, change: Change, now: datetime) -> Iterator[ToldChange]:
    """What the patient hears: of a turn that has begun only the new time."""
    if change.kind is ChangeKind.STATION:
        return
    before = _session(problem, change.before)
    after = _session(problem, change.after)
    if before is not None and (before.begins <= now or _is_away(problem, before.row)):
        before = None
    if before is not None or after is not None:
        yield ToldChange(before, after)


def _is_away(problem: Problem, row: Assignment) -> bool:
    if row.patient not in problem.patient or is_away(problem, row.patient, row.day):
        return True
    absences = problem.absences.get(row.patient, ())
    whole = (one for one in absences if one.start is None and one.end is None)
    return any(one.interval(row.day) is not None for one in whole)


def _session(problem: Problem, row: Assignment | None) -> ToldSession | None:
    if row is None:
        return None
    begins = problem.shift[row.shift].interval(row.day).start
    return ToldSession(row, begins, problem.presence(row.patient, row.turn).start)
