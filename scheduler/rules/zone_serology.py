"""Infection zones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.terms import INFECTION_WORDS
from domain.words import words
from scheduler.model import Model


class ZoneSerology:
    """A patient sits only in a zone that admits everything the blood tests say on that day.

    Unknown or expired is a status of its own: not negative, and not among the positives.

    Source: Chinese blood-purification SOP 2021, second hand (check the printed book); 42 CFR
    494.30; Nevada NAC 449.534 for the unknown. Limit: days a negative report is valid, 183.
    """

    name = "zone_serology"
    title = words("Infection zone")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session in a zone that does not admit the patient."""
        admits = {zone.code: zone.admits for zone in problem.register.zones}
        for row in plan.assignments:
            zone = problem.station[row.station].zone
            status = problem.infection(row.patient, row.day)
            if not status <= admits[zone]:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, {turn}: status {status}, not admitted in zone {zone}",
                        patient=row.patient,
                        turn=problem.say(row.turn),
                        status=tuple(INFECTION_WORDS[one] for one in sorted(status)),
                        zone=zone,
                    ),
                    patient=row.patient,
                    turn=row.turn,
                    station=row.station,
                )

    def encode(self, model: Model) -> None:
        """Only the stations of zones that admit the day's status are left."""
        problem = model.problem
        for patient in problem.patient:
            for day in problem.days:
                seats = self._seats(model, patient, day)
                if seats != model.every_station:
                    for turn in problem.turns_on(day):
                        model.restrict(patient, turn, seats)

    def _seats(self, model: Model, patient: str, day: date) -> int:
        problem = model.problem
        status = problem.infection(patient, day)
        zones = (zone.code for zone in problem.register.zones if status <= zone.admits)
        return model.mask(code for zone in zones for code in problem.zone_stations[zone])
