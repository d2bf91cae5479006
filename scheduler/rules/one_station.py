"""The same chair all week."""

from __future__ import annotations

from collections.abc import Iterator

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class OneStation:
    """A patient sits at the same station all week.

    Where a week may touch several zones, each zone has its own first station.

    Source: practice; a fixed bed. Unit: one for each station of a patient's week beyond the
    first in its zone.
    """

    name = "one_station"
    title = words("Same station all week")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every patient's week with more than one station in a zone."""
        for (patient, monday), rows in plan.by_week.items():
            stations = sorted({row.station for row in rows})
            zones = {problem.station[station].zone for station in stations}
            if patient in problem.patient and len(stations) > len(zones):
                yield Violation(
                    self.name,
                    words(
                        "{patient}, week of {monday}: stations {stations}",
                        patient=patient,
                        monday=monday,
                        stations=tuple(stations),
                    ),
                    cost=len(stations) - len(zones),
                    patient=patient,
                )

    def encode(self, model: Model) -> None:
        """Every further station of a zone costs one."""
        for patient in model.problem.patient:
            model.charge_spread(self.name, patient)
