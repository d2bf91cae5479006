"""Last week's times are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.calendar import WEEK, Turn, days_from
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class FewMoves:
    """A patient who was here last week keeps weekday and shift.

    Judged for a patient whose prescription asks for the same number of sessions in odd and
    even weeks. Every week of the horizon is compared with the week before the horizon.

    Source: patients' own words (UK PREM 2017: having a say, being told), NHS practice of a
    master diary. Unit: one for each session at a weekday and shift not used last week, and
    one more for touching the patient at all in a week.
    """

    name = "few_moves"
    title = words("Moves against last week")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every patient's week that differs."""
        for (patient, monday), rows in plan.by_week.items():
            kept = turns_of_last_week(problem, patient, monday)
            moved = [] if kept is None else [row for row in rows if row.turn not in kept]
            if moved and patient in problem.patient:
                yield Violation(
                    self.name,
                    words(
                        "{patient}: {sessions} not as last week",
                        patient=patient,
                        sessions=tuple(problem.say(row.turn) for row in moved),
                    ),
                    cost=len(moved) + 1,
                    patient=patient,
                )

    def encode(self, model: Model) -> None:
        """k sessions at other times cost k + 1."""
        problem = model.problem
        for patient in problem.patient:
            for monday in problem.mondays:
                kept = turns_of_last_week(problem, patient, monday)
                if kept is not None:
                    week = frozenset(days_from(monday, 7))
                    other = [t for t in problem.turns if t.day in week and t not in kept]
                    costs = [0, *range(2, len(other) + 2)]
                    model.charge_count(self.name, patient, monday, other, costs)


def turns_of_last_week(problem: Problem, patient: str, monday: date) -> frozenset[Turn] | None:
    """Last week's turns moved into the week of `monday`; `None` if there is nothing to keep."""
    history = problem.history.get(patient)
    prescription = problem.prescription_of_week(patient, monday)
    if not history or prescription is None:
        return None
    frequency = prescription.frequency
    if frequency.every_other_day or frequency.odd != frequency.even:
        return None
    forward = monday - problem.first_day + WEEK
    return frozenset(Turn(row.day + forward, row.shift) for row in history)
