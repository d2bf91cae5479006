"""One session a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class OneADay:
    """A patient has at most one session on a date.

    Source: practice of every center seen.
    """

    name = "one_a_day"
    title = words("One session a day")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every date on which a patient sits more than once."""
        for patient, rows in plan.by_patient.items():
            for _, same in groupby(rows, key=lambda row: row.day):
                turns = [row.turn for row in same]
                if len(turns) > 1:
                    yield Violation(
                        self.name,
                        words(
                            "{patient}: {turns} on one day",
                            patient=patient,
                            turns=tuple(problem.say(turn) for turn in turns),
                        ),
                        patient=patient,
                        turn=turns[-1],
                    )

    def encode(self, model: Model) -> None:
        """The next session is on a later date."""
        for patient in model.problem.patient:
            model.space(patient, _is_later)


def _is_later(first: date, then: date) -> bool:
    return first < then
