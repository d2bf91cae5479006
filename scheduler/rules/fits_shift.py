"""The session fits into the shift."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class FitsShift:
    """The prescribed minutes and the turnover after them end before the shift does.

    Source: disinfection and set-up after every session; a five-hour prescription does not fit
    into a shift of four and a half.
    """

    name = "fits_shift"
    title = words("Session fits the shift")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session whose turnover ends after the shift. Minutes count from the shift's
        begin: whether who is connected later leaves the station in time for its next patient is
        the choreography's to judge."""
        for row in plan.assignments:
            shift = problem.shift[row.shift]
            start, end = shift.interval(row.day)
            minutes = problem.minutes(row.patient, row.day) + shift.turnover_minutes
            ready = start + timedelta(minutes=minutes)
            if ready > end:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, {turn}: session and turnover last until {ready}, "
                        "the shift until {end}",
                        patient=row.patient,
                        turn=problem.say(row.turn),
                        ready=ready,
                        end=end,
                    ),
                    patient=row.patient,
                    turn=row.turn,
                )

    def encode(self, model: Model) -> None:
        """Shifts that are too short are barred."""
        problem = model.problem
        for turn in problem.turns:
            shift = problem.shift[turn.shift]
            room = shift.interval(turn.day).minutes - shift.turnover_minutes
            for patient in problem.patient:
                if problem.minutes(patient, turn.day) > room:
                    model.bar(patient, turn)
