"""A day of rest between two sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.need import follow_ups
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import FollowUp, Model

_APART = 2


class RestDay:
    """A patient with few sessions a week never has them on consecutive days, across week
    borders neither.

    Judged by the prescription in force on the later day. More sessions a week than the limit
    cannot all be kept apart and are free; every other day has its own rule.

    Source: practice of Chinese and Taiwanese centers, whose systems offer no such pattern.
    Limit: most sessions a week for which a rest day is asked, 3.
    """

    name = "rest_day"
    title = words("Rest day between sessions")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session on the day of, or the day after, another one."""
        for patient in plan.by_patient:
            for first, then in follow_ups(problem, plan, patient):
                if (then - first).days < _APART and needs_rest(problem, patient, then):
                    yield Violation(
                        self.name,
                        words(
                            "{patient}: no rest day between {first} and {then}",
                            patient=patient,
                            first=first,
                            then=then,
                        ),
                        patient=patient,
                    )

    def encode(self, model: Model) -> None:
        """The day after a session is not a session day."""
        problem = model.problem
        for patient in problem.patient:
            rested = frozenset(day for day in problem.days if needs_rest(problem, patient, day))
            if rested:
                model.space(patient, _apart_on(rested))


def _apart_on(rested: frozenset[date]) -> FollowUp:
    return lambda first, then: then not in rested or (then - first).days >= _APART


def needs_rest(problem: Problem, patient: str, day: date) -> bool:
    """True if the prescription in force on the day leaves room for rest days."""
    prescription = problem.prescription(patient, day)
    if prescription is None or prescription.frequency.every_other_day:
        return False
    most = max(prescription.frequency.odd, prescription.frequency.even)
    return most <= problem.limit("rest_day", day)
