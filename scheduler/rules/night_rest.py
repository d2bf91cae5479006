"""Rest after a late session."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from domain.calendar import Turn
from domain.plan import Assignment, Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model
from scheduler.rules.work_hours import work_starts, work_too_soon

_LATE = time(22)


class NightRest:
    """After a late session the next work begins only when the patient has had time to sleep.

    Late is every session in a night shift and every one that ends after 22:00.

    Source: proposal of this product, set by the doctor: eight hours between an evening or
    night session and the next work. Limit: minutes, 480.
    """

    name = "night_rest"
    title = words("Sleep before work")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every late session after which work begins too soon."""
        for row in plan.assignments:
            if row.patient in problem.work_shifts and _is_late(problem, row):
                session = problem.session(row.patient, row.turn)
                limit = problem.limit(self.name, row.day)
                start = work_too_soon(problem, row.patient, session, limit)
                if start is not None:
                    yield _too_soon(problem, row, session.end, start, limit)

    def encode(self, model: Model) -> None:
        """Late turns with work before the rest is over are barred."""
        problem = model.problem
        rest = {day: problem.limit(self.name, day) for day in problem.days}
        for patient in problem.patient:
            starts = work_starts(problem, patient, max(rest.values()))
            for turn in problem.turns if starts else ():
                if self._ends_too_late(problem, patient, turn, starts, rest[turn.day]):
                    model.bar(patient, turn)

    @staticmethod
    def _ends_too_late(
        problem: Problem, patient: str, turn: Turn, starts: list[datetime], rest: int
    ) -> bool:
        session = problem.session(patient, turn)
        night = problem.shift[turn.shift].night
        if not night and session.end <= datetime.combine(turn.day, _LATE):
            return False
        rested = session.end + timedelta(minutes=rest)
        return bisect_left(starts, session.start) < bisect_left(starts, rested)


def _is_late(problem: Problem, row: Assignment) -> bool:
    end = problem.session(row.patient, row.turn).end
    next_day: date = end.date()
    return problem.shift[row.shift].night or next_day > row.day or end.time() > _LATE


def _too_soon(
    problem: Problem, row: Assignment, end: datetime, start: datetime, limit: int
) -> Violation:
    return Violation(
        "night_rest",
        words(
            "{patient}, {turn}: late session until {end}, work from {start}, "
            "at least {minutes} minutes of rest",
            patient=row.patient,
            turn=problem.say(row.turn),
            end=end,
            start=start,
            minutes=limit,
        ),
        patient=row.patient,
        turn=row.turn,
    )
