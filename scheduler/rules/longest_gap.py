"""Never too long between two sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil

from domain.calendar import DAY
from domain.need import follow_ups, last_day
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import FollowUp, Model


class LongestGap:
    """No patient waits longer than the limit from one session day to the next, across week
    borders too, and the week ends so that the next one can begin in time.

    A patient whose frequency cannot keep the limit (two a week, one a week) gets the shortest
    gap that it allows. Whoever is overdue before the horizon can mend it, after missed
    sessions say, must come within the limit counted from the day before the horizon.

    Source: Foley, NEJM 2011;365:1099 (deaths after the two-day gap); Japanese units refuse a
    third day off in a row. Limit: days from session to session, 3.
    """

    name = "longest_gap"
    title = words("Longest gap")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every gap above the limit."""
        reopening = next_open_day(problem)
        for patient in plan.by_patient:
            gaps = list(follow_ups(problem, plan, patient))
            last = last_day(problem, plan, patient)
            if last is not None and reopening is not None:
                gaps.append((last, reopening))
            for first, then in gaps:
                limit = longest(problem, patient, then)
                since = _counted_from(problem, first, limit)
                if (then - since).days > limit:
                    yield _too_long(patient, since, then, limit)

    def encode(self, model: Model) -> None:
        """Days further apart may not follow each other."""
        problem = model.problem
        for patient in problem.patient:
            model.space(patient, _within_limit(problem, patient))


def _within_limit(problem: Problem, patient: str) -> FollowUp:
    limits = {day: longest(problem, patient, day) for day in problem.days}
    reopening = next_open_day(problem) or problem.end_day
    limits |= dict.fromkeys(_week_after(problem), longest(problem, patient, reopening))

    def legal(first: date, then: date) -> bool:
        return (then - _counted_from(problem, first, limits[then])).days <= limits[then]

    return legal


def _counted_from(problem: Problem, last: date, limit: int) -> date:
    """The last session's day, or the eve of the horizon if the limit had run out by then:
    a gap that no plan can undo must not make every plan illegal."""
    eve = problem.first_day - DAY
    return eve if (eve - last).days >= limit else last


def longest(problem: Problem, patient: str, day: date) -> int:
    """Days allowed from the session before to one on `day`."""
    limit = problem.limit("longest_gap", day)
    prescription = problem.prescription(patient, day)
    if prescription is None:
        return limit
    return max(limit, ceil(14 / max(1, prescription.frequency.per_fortnight)))


def next_open_day(problem: Problem) -> date | None:
    """The first day after the horizon on which anybody can be treated, within a week."""
    return next((day for day in _week_after(problem) if problem.is_open_day(day)), None)


def _week_after(problem: Problem) -> tuple[date, ...]:
    return tuple(problem.end_day + DAY * offset for offset in range(7))


def _too_long(patient: str, first: date, then: date, limit: int) -> Violation:
    return Violation(
        "longest_gap",
        words(
            "{patient}: {days} days from {first} to {then}, at most {limit}",
            patient=patient,
            days=(then - first).days,
            first=first,
            then=then,
            limit=limit,
        ),
        patient=patient,
    )
