"""Only where and when the center is open."""

from __future__ import annotations

from collections.abc import Iterator

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class OpenStation:
    """A session takes place in a shift that runs on that weekday, at a station that has a
    machine and is not closed.

    Source: the center's shifts, closures and placements.
    """

    name = "open_station"
    title = words("Station is open")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session in a shift that does not run, or at a shut station."""
        for row in plan.assignments:
            if row.day.isoweekday() not in problem.shift[row.shift].weekdays:
                said = words(
                    "{patient}, {turn}: the shift does not run on this day",
                    patient=row.patient,
                    turn=problem.say(row.turn),
                )
            elif not problem.is_open(row.station, row.turn):
                said = words(
                    "{patient}, {turn}: station {station} is closed",
                    patient=row.patient,
                    turn=problem.say(row.turn),
                    station=row.station,
                )
            else:
                continue
            yield Violation(
                self.name, said, patient=row.patient, turn=row.turn, station=row.station
            )

    def encode(self, model: Model) -> None:
        """Only open stations are left; turns that do not run are no turns at all."""
        problem = model.problem
        for turn in problem.turns:
            seats = model.mask(s for s in model.stations if problem.is_open(s, turn))
            if seats != model.every_station:
                for patient in problem.patient:
                    model.restrict(patient, turn, seats)
