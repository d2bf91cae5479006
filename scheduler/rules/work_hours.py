"""When a patient works, as the work rules look at it.

The first function is what their checks ask, for one session; the second what their encodings
ask, for the whole horizon. They share nothing, so that one error cannot hide in both.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.calendar import DAY, Interval, days_from
from domain.problem import Problem


def work_too_soon(
    problem: Problem, patient: str, session: Interval, rest_minutes: int
) -> datetime | None:
    """The start of the next work after the session's own start, if it comes before the session
    is over and `rest_minutes` have passed; `None` if the patient has rested by then."""
    if patient not in problem.work_shifts:
        return None
    rested = session.end + timedelta(minutes=rest_minutes)
    day = session.start.date()
    while day <= rested.date():
        starts = [hours.start for _, hours in problem.work_on(patient, day)]
        following = [start for start in starts if start >= session.start]
        if following:
            return min(following) if min(following) < rested else None
        day += DAY
    return None


def work_starts(problem: Problem, patient: str, rest_minutes: int) -> list[datetime]:
    """Every start of work in the horizon and so long after it that rest can reach it."""
    if patient not in problem.work_shifts:
        return []
    after = 3 + rest_minutes // (24 * 60)
    near = days_from(problem.first_day, len(problem.days) + after)
    return sorted(hours.start for day in near for _, hours in problem.work_on(patient, day))
