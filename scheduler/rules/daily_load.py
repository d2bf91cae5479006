"""Work, dialysis and the way there are one day's load."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class DailyLoad:
    """On a day with a session, session, way from home and back, and work stay within a limit.

    Work counts on the day on which it starts, and so does the session.

    Source: proposal of this product, set by the doctor: at most 12 hours on a dialysis day.
    Limit: minutes, 720.
    """

    name = "daily_load"
    title = words("Load of a dialysis day")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session on a day that is too long."""
        for row in plan.assignments:
            who = problem.patient.get(row.patient)
            if who is None:
                continue
            limit = problem.limit(self.name, row.day)
            session = problem.minutes(row.patient, row.day)
            work = sum(hours.minutes for _, hours in problem.work_on(row.patient, row.day))
            total = session + 2 * who.travel_minutes + work
            if total > limit:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, {turn}: {total} minutes of dialysis, travel and work "
                        "on this day, at most {limit}",
                        patient=row.patient,
                        turn=problem.say(row.turn),
                        total=total,
                        limit=limit,
                    ),
                    patient=row.patient,
                    turn=row.turn,
                )

    def encode(self, model: Model) -> None:
        """All turns of a day whose work leaves too little room are barred."""
        problem = model.problem
        for patient in problem.patient:
            for day in problem.days:
                if problem.minutes(patient, day) > _room(problem, patient, day):
                    for turn in problem.turns_on(day):
                        model.bar(patient, turn)


def _room(problem: Problem, patient: str, day: date) -> int:
    """Minutes that travel and work leave for a session."""
    room = problem.limit("daily_load", day) - 2 * problem.patient[patient].travel_minutes
    for _, hours in problem.work_on(patient, day):
        room -= hours.minutes
    return room
