"""One shift all week."""

from __future__ import annotations

from collections.abc import Iterator

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class OneShift:
    """A patient's sessions of one week are all in the same shift.

    Source: practice; a regular hour is what work, family and transport can live with. Unit:
    one for each shift beyond the first that a patient has in a week.
    """

    name = "one_shift"
    title = words("One shift all week")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every patient's week with several shifts."""
        for (patient, monday), rows in plan.by_week.items():
            shifts = sorted({row.shift for row in rows})
            if patient in problem.patient and len(shifts) > 1:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, week of {monday}: shifts {shifts}",
                        patient=patient,
                        monday=monday,
                        shifts=tuple(problem.shift[code].name for code in shifts),
                    ),
                    cost=len(shifts) - 1,
                    patient=patient,
                )

    def encode(self, model: Model) -> None:
        """Every further shift costs one."""
        for patient in model.problem.patient:
            model.charge_shifts(self.name, patient)
