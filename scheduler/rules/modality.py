"""The machine can do what is prescribed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.center import Modality as Kind
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class Modality:
    """The machine at the station can do the prescribed modality on that day.

    A station without a machine is `open_station`'s matter.

    Source: doctor's prescription; the machine's abilities.
    """

    name = "modality"
    title = words("Machine can do it")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session on a machine that cannot do what is prescribed."""
        for row in plan.assignments:
            prescription = problem.prescription(row.patient, row.day)
            abilities = problem.abilities(row.station, row.day)
            if prescription is None or abilities is None:
                continue
            if prescription.modality not in abilities:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, {turn}: {modality} is prescribed, station {station} can do "
                        "{abilities}",
                        patient=row.patient,
                        turn=problem.say(row.turn),
                        modality=prescription.modality.value,
                        station=row.station,
                        abilities=tuple(sorted(one.value for one in abilities)),
                    ),
                    patient=row.patient,
                    turn=row.turn,
                    station=row.station,
                )

    def encode(self, model: Model) -> None:
        """Only stations whose machine can do it are left."""
        problem = model.problem
        for day in problem.days:
            seats = {kind: _seats(model, kind, day) for kind in Kind}
            turns = problem.turns_on(day)
            for patient in problem.patient:
                prescription = problem.prescription(patient, day)
                if prescription and seats[prescription.modality] != model.every_station:
                    for turn in turns:
                        model.restrict(patient, turn, seats[prescription.modality])


def _seats(model: Model, kind: Kind, day: date) -> int:
    able = []
    for station in model.stations:
        abilities = model.problem.abilities(station, day)
        if abilities is None or kind in abilities:
            able.append(station)
    return model.mask(able)
