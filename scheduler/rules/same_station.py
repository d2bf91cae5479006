"""The patient's own chair."""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar import Turn
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class SameStation:
    """A patient sits at the station of the standing pattern, or else of last week.

    The pattern's station for the very weekday and shift counts first, then any station of
    the pattern, then those of last week. Who has none is free.

    Source: practice; most patients have a fixed bed. Unit: one for each session elsewhere.
    """

    name = "same_station"
    title = words("Own station")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session at another station than the patient's own."""
        for row in plan.assignments:
            homes = home_stations(problem, row.patient, row.turn)
            if homes and row.station not in homes:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, {turn}: station {station} instead of {homes}",
                        patient=row.patient,
                        turn=problem.say(row.turn),
                        station=row.station,
                        homes=tuple(sorted(homes)),
                    ),
                    cost=1,
                    patient=row.patient,
                    turn=row.turn,
                    station=row.station,
                )

    def encode(self, model: Model) -> None:
        """Any other station costs one."""
        problem = model.problem
        for patient in problem.patient:
            for turn in problem.turns:
                homes = home_stations(problem, patient, turn)
                if homes:
                    model.charge_away(self.name, patient, turn, homes)


def home_stations(problem: Problem, patient: str, turn: Turn) -> frozenset[str]:
    """The stations that the patient thinks of as the own one in this turn."""
    patterns = [row for row in problem.patterns.get(patient, ()) if row.station]
    exact = {
        row.station
        for row in patterns
        if (row.weekday, row.shift) == (turn.day.isoweekday(), turn.shift)
        and row.parity.covers(problem.parity(turn.day))
    }
    whole = {row.station for row in patterns}
    last_week = {row.station for row in problem.history.get(patient, ())}
    chosen = exact or whole or last_week
    return frozenset(code for code in chosen if code is not None and code in problem.station)
