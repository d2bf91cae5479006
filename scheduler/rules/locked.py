"""Promises are kept."""

from __future__ import annotations

from collections.abc import Iterator

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class Locked:
    """A session that was promised takes place in its turn, and at its station if one was named.

    Source: head nurse's word.
    """

    name = "locked"
    title = words("Promises kept")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every lock in the horizon that the plan does not keep."""
        for patient, locks in problem.locks.items():
            rows = plan.by_patient.get(patient, ())
            for lock in locks:
                stations = {row.station for row in rows if row.turn == lock.turn}
                if lock.station in stations or (stations and lock.station is None):
                    continue
                said = (
                    words(
                        "{patient}, {turn}: promised, not planned",
                        patient=patient,
                        turn=problem.say(lock.turn),
                    )
                    if lock.station is None
                    else words(
                        "{patient}, {turn}: station {station} promised, not planned",
                        patient=patient,
                        turn=problem.say(lock.turn),
                        station=lock.station,
                    )
                )
                yield Violation(
                    self.name, said, patient=patient, turn=lock.turn, station=lock.station
                )

    def encode(self, model: Model) -> None:
        """Every lock is a promise."""
        for patient, locks in model.problem.locks.items():
            for lock in locks:
                model.promise(patient, lock.turn, lock.station)
