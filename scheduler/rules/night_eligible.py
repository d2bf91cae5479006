"""Nights only for those who accept them."""

from __future__ import annotations

from collections.abc import Iterator

from domain.patient import Night
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class NightEligible:
    """Nobody who never comes at night sits in a night shift.

    Source: patient's word.
    """

    name = "night_eligible"
    title = words("Accepts nights")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every night session of a patient who does not come at night."""
        for row in plan.assignments:
            who = problem.patient.get(row.patient)
            if problem.shift[row.shift].night and who is not None and who.night is Night.NEVER:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, {turn}: never comes at night",
                        patient=row.patient,
                        turn=problem.say(row.turn),
                    ),
                    patient=row.patient,
                    turn=row.turn,
                )

    def encode(self, model: Model) -> None:
        """Night turns are barred for them."""
        problem = model.problem
        nights = [turn for turn in problem.turns if problem.shift[turn.shift].night]
        never = [code for code, who in problem.patient.items() if who.night is Night.NEVER]
        for patient in never:
            for turn in nights:
                model.bar(patient, turn)
