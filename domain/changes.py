"""How two plans differ, session by session, with as few changes as will do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from domain.calendar import WEEK, Turn, monday_of
from domain.plan import Assignment, Change, ChangeKind, Plan
from domain.problem import Problem

_Alike = Callable[[Assignment], Turn | date | None]


def changes(before: Plan, after: Plan) -> tuple[Change, ...]:
    """What turns `before` into `after`, by patient and date.

    A session that stays in its turn but changes its seat is one change. Of the rest, what a
    patient loses and gains in one week is paired to moves: first within a day, then in order
    of date. What finds no partner is added or removed, so no shorter list exists.
    """
    patients = sorted({*before.by_patient, *after.by_patient})
    found = [
        change
        for patient in patients
        for change in _of_patient(
            before.by_patient.get(patient, ()), after.by_patient.get(patient, ())
        )
    ]
    return tuple(found)


def repeated(plan: Plan, first_day: date) -> Plan:
    """The same weeks once more, from another Monday on; last week as this week's measure."""
    distance = first_day - plan.first_day
    rows = (replace(row, day=row.day + distance) for row in plan.assignments)
    return Plan.of(first_day, plan.weeks, rows)


def since_last_week(problem: Problem, plan: Plan) -> tuple[Change, ...]:
    """What differs from the week before, in every week of the plan."""
    history = (row for rows in problem.history.values() for row in rows)
    last = problem.end_day - WEEK
    earlier = (*history, *(row for row in plan.assignments if row.day < last))
    before = Plan.of(plan.first_day - WEEK, plan.weeks, earlier)
    return changes(repeated(before, plan.first_day), plan)


def _of_patient(before: tuple[Assignment, ...], after: tuple[Assignment, ...]) -> list[Change]:
    lost = sorted((Counter(before) - Counter(after)).elements())
    gained = sorted((Counter(after) - Counter(before)).elements())
    mondays = sorted({monday_of(row.day) for row in (*lost, *gained)})
    found = [
        change
        for monday in mondays
        for change in _of_week(
            [row for row in lost if monday_of(row.day) == monday],
            [row for row in gained if monday_of(row.day) == monday],
        )
    ]
    return sorted(found, key=_when)


def _of_week(lost: list[Assignment], gained: list[Assignment]) -> Iterator[Change]:
    yield from _paired(ChangeKind.STATION, lost, gained, lambda row: row.turn)
    yield from _paired(ChangeKind.TURN, lost, gained, lambda row: row.day)
    yield from _paired(ChangeKind.TURN, lost, gained, lambda _: None)
    yield from (Change(ChangeKind.REMOVED, row.patient, row, None) for row in lost)
    yield from (Change(ChangeKind.ADDED, row.patient, None, row) for row in gained)


def _paired(
    kind: ChangeKind, lost: list[Assignment], gained: list[Assignment], alike: _Alike
) -> Iterator[Change]:
    """Takes every pair that is alike out of both lists, earliest first."""
    for row in tuple(lost):
        partner = next((one for one in gained if alike(one) == alike(row)), None)
        if partner is not None:
            lost.remove(row)
            gained.remove(partner)
            yield Change(kind, row.patient, row, partner)


def _when(change: Change) -> Assignment:
    row = change.before or change.after
    if row is None:
        raise ValueError(f"a change of nothing: {change}")
    return row
