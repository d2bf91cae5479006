"""The week's usual days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model

_USUAL = {
    2: ({1, 4}, {2, 5}, {3, 6}, {1, 5}, {2, 6}),
    3: ({1, 3, 5}, {2, 4, 6}),
}
"""ISO weekdays by sessions a week: odd days or even days, and the five pairs in use."""


class RegularDays:
    """A patient with two or three sessions a week has them on the usual days.

    Source: practice; the county system and the Taiwanese unit seen offer exactly these.
    Unit: one for each patient's week on other days.
    """

    name = "regular_days"
    title = words("Usual days")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every week on other days."""
        for (patient, _), rows in plan.by_week.items():
            days = tuple(row.day for row in rows)
            if patient in problem.patient and _unusual(days):
                yield Violation(
                    self.name,
                    words("{patient}: comes on {days}", patient=patient, days=days),
                    cost=1,
                    patient=patient,
                )

    def encode(self, model: Model) -> None:
        """Other days cost one."""
        for patient in model.problem.patient:
            model.charge_days(self.name, patient, _unusual)


def _unusual(days: tuple[date, ...]) -> int:
    usual = _USUAL.get(len(days))
    return int(usual is not None and {day.isoweekday() for day in days} not in usual)
