"""How long people wait from session to session, and in which order they come. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil

from domain.bad_day import GAIN_WARNS, Condition, Flag, Rank, Wait
from domain.calendar import DAY, days_from
from domain.need import treated_elsewhere_between, wanted_sessions
from domain.patient import Priority
from domain.plan import Assignment, Plan
from domain.problem import Problem

_FLAGS = (Flag.FIRST, Flag.USUAL, Flag.CAN_WAIT)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits are counted from, in a week that is partly over: everybody's last session that
    took place or has begun, the own line in days, and the day after the week on which the next
    session can be. Only who wants sessions in the week is in `lines`."""

    problem: Problem
    last: Mapping[str, date]
    lines: Mapping[str, int]
    reopening: date

    def since(self, patient: str) -> date:
        """The day that the wait is counted from. Of whom nobody knows the last session the next
        one counts as due on the first day of the week: unknown is not recent."""
        unknown = self.problem.first_day - self.lines[patient] * DAY
        return self.last.get(patient, unknown)

    def longest(self, patient: str, days: Iterable[date]) -> Wait | None:
        """The worst wait if the patient comes on these days, in order; those up to the last
        session are over and do not count. `None` for who is treated elsewhere all the time."""
        found = self._waits(patient, days) if patient in self.lines else ()
        return max(found, key=lambda wait: (wait.days, wait.until), default=None)

    def _waits(self, patient: str, days: Iterable[date]) -> Iterator[Wait]:
        first, line = self.since(patient), self.lines[patient]
        ahead = [day for day in days if day > first]
        for since, until in pairwise((first, *ahead, self.reopening)):
            if not self._elsewhere(patient, since, until):
                shown = self.last.get(patient) if since == first else since
                yield Wait(patient, shown, until, (until - since).days, line)

    def _elsewhere(self, patient: str, since: date, until: date) -> bool:
        beyond = self.problem.end_day + DAY if until == self.reopening else until
        return treated_elsewhere_between(self.problem, patient, since, beyond)


def waiting(problem: Problem, done: Iterable[Assignment], line: int | None = None) -> Waiting:
    """What waits are counted from. `done` are sessions of the week that have begun; `line` takes
    the place of the center's own limit. The problem has one week."""
    monday = problem.first_day
    people = [code for code in problem.patient if wanted_sessions(problem, code, monday)]
    limit = problem.limit("longest_gap", monday) if line is None else line
    after = days_from(problem.end_day, 7)
    reopening = next((day for day in after if problem.is_open_day(day)), problem.end_day)
    return Waiting(
        problem,
        last_sessions(problem, done),
        {code: _line(problem, code, limit) for code in people},
        reopening,
    )


def last_sessions(problem: Problem, done: Iterable[Assignment]) -> dict[str, date]:
    """Everybody's last known session before the week or among those done."""
    found: dict[str, date] = {}
    before = (row for row in problem.register.sessions if row.day < problem.first_day)
    for row in (*before, *done):
        found[row.patient] = max(row.day, found.get(row.patient, row.day))
    return found


def _line(problem: Problem, patient: str, limit: int) -> int:
    """Who comes seldom by prescription has the gap that this makes."""
    prescription = problem.prescription_of_week(patient, problem.first_day)
    often = prescription.frequency.per_fortnight if prescription else 14
    return max(limit, ceil(14 / max(1, often)))


def waits(counted: Waiting, plan: Plan) -> tuple[Wait, ...]:
    """Everybody's longest wait in a plan of the week, by patient."""
    found = (
        counted.longest(code, [row.day for row in plan.by_patient.get(code, ())])
        for code in sorted(counted.lines)
    )
    return tuple(wait for wait in found if wait is not None)


def ranked(counted: Waiting, conditions: Iterable[Condition], today: date) -> tuple[Rank, ...]:
    """Everybody who wants sessions, in the order in which they come first.

    The doctor's flag goes before all; a register's urgent priority counts as the flag `first`
    where none is given. Then who has waited longest, an unknown last session longest of all;
    then who has gained most. A gain that nobody weighed ranks as one that just warns.
    """
    told = {one.patient: one for one in conditions}
    rows = [
        _rank(counted, told.get(code, Condition(code)), today) for code in sorted(counted.lines)
    ]
    rows.sort(key=_order)
    return tuple(
        Rank(place, row.patient, row.flag, row.last, row.days, row.gain_percent)
        for place, row in enumerate(rows, start=1)
    )


def _rank(counted: Waiting, told: Condition, today: date) -> Rank:
    code, flag = told.patient, told.flag
    last = counted.last.get(code)
    urgent = counted.problem.patient[code].priority is Priority.URGENT
    if flag is Flag.USUAL and urgent:
        flag = Flag.FIRST
    days = None if last is None else (today - last).days
    return Rank(0, code, flag, last, days, told.gain_percent)


def _order(row: Rank) -> tuple[int, bool, int, Decimal, str]:
    gain = GAIN_WARNS if row.gain_percent is None else row.gain_percent
    return (_FLAGS.index(row.flag), row.days is not None, -(row.days or 0), -gain, row.patient)
