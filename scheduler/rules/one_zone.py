"""One zone all week."""

from __future__ import annotations

from collections.abc import Iterator

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class OneZone:
    """All sessions of a patient's week are in one zone.

    Source: Chinese blood-purification SOP 2021, second hand (check the printed book): nurses
    and goods do not cross zones.
    """

    name = "one_zone"
    title = words("One zone all week")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every patient's week with more than one zone."""
        for (patient, monday), rows in plan.by_week.items():
            zones = sorted({problem.station[row.station].zone for row in rows})
            if len(zones) > 1:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, week of {monday}: zones {zones}",
                        patient=patient,
                        monday=monday,
                        zones=tuple(zones),
                    ),
                    patient=patient,
                )

    def encode(self, model: Model) -> None:
        """A week has one zone."""
        model.one_zone = True
