"""Recovered before work."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import timedelta

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model
from scheduler.rules.work_hours import work_starts, work_too_soon


class WorkRecovery:
    """After a session the next work begins only when the patient has recovered.

    How long that takes is the patient's own answer, kept with the patient.

    Source: proposal of this product, set by the doctor; Chinese labor law has no rule for
    people on dialysis.
    """

    name = "work_recovery"
    title = words("Recovered before work")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session after which work begins too soon."""
        for row in plan.assignments:
            who = problem.patient.get(row.patient)
            if who is None or row.patient not in problem.work_shifts:
                continue
            session = problem.session(row.patient, row.turn)
            start = work_too_soon(problem, row.patient, session, who.recovery_minutes)
            if start is not None:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, {turn}: session until {end}, work from {start}, "
                        "{minutes} minutes to recover",
                        patient=row.patient,
                        turn=problem.say(row.turn),
                        end=session.end,
                        start=start,
                        minutes=who.recovery_minutes,
                    ),
                    patient=row.patient,
                    turn=row.turn,
                )

    def encode(self, model: Model) -> None:
        """Turns with work between their start and recovery are barred."""
        problem = model.problem
        for patient, who in problem.patient.items():
            starts = work_starts(problem, patient, who.recovery_minutes)
            for turn in problem.turns if starts else ():
                session = problem.session(patient, turn)
                recovered = session.end + timedelta(minutes=who.recovery_minutes)
                if bisect_left(starts, session.start) < bisect_left(starts, recovered):
                    model.bar(patient, turn)
