"""What keeps a bad day's plan close to the one that people know: turns, then stations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.calendar import Turn
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.rulebook import RuleRow
from domain.words import words
from scheduler.model import Model

SESSIONS, TURNS, STATIONS = 6, 7, 8
"""The tiers after those of the waits: sessions missing, turns changed, stations changed."""

ROWS: tuple[RuleRow, ...] = tuple(
    RuleRow(rule, date.min, enabled=True, tier=tier, weight=1)
    for rule, tier in (
        ("everyone_placed", SESSIONS),
        ("few_moves", TURNS),
        ("same_station", STATIONS),
    )
)
"""The rows that put these rules into their tiers for the day."""


class KnownTurns:
    """A patient comes in the turns of the plan that people know, or at least on its days.

    Takes the place of `few_moves`, which looks at last week. Source: patients' own words: a known
    slot is worth most. Unit: one for each session at another time of a known day, two for one on
    another day.
    """

    name = "few_moves"
    title = words("Sessions at other times than in the plan in force")
    hard = False

    def __init__(self, known: Plan) -> None:
        self._known = known

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session at another time."""
        for row in plan.assignments:
            cost = self._cost(row.patient, row.turn)
            if cost:
                said = words(
                    "{patient}, {turn}: not in the plan in force",
                    patient=row.patient,
                    turn=problem.say(row.turn),
                )
                yield Violation(self.name, said, cost, row.patient, row.turn)

    def encode(self, model: Model) -> None:
        """Any other turn costs one, any other day two."""
        for patient in sorted(model.problem.patient):
            for turn in model.problem.turns:
                model.charge(self.name, patient, turn, self._cost(patient, turn))

    def _cost(self, patient: str, turn: Turn) -> int:
        rows = self._known.by_patient.get(patient, ())
        if any(row.turn == turn for row in rows):
            return 0
        return 1 if any(row.day == turn.day for row in rows) else 2


class KnownStations:
    """A session that stays in its turn stays at its station.

    Takes the place of `same_station`. Source: practice: a fixed chair. Unit: one for each session
    elsewhere; a session in another turn is at home at any station of the patient's week.
    """

    name = "same_station"
    title = words("Sessions at other stations than in the plan in force")
    hard = False

    def __init__(self, known: Plan) -> None:
        self._known = known

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session elsewhere."""
        for row in plan.assignments:
            homes = self._homes(row.patient).get(row.turn, self._week(row.patient))
            if homes and row.station not in homes:
                said = words(
                    "{patient}, {turn}: station {station}",
                    patient=row.patient,
                    turn=problem.say(row.turn),
                    station=row.station,
                )
                yield Violation(self.name, said, 1, row.patient, row.turn, row.station)

    def encode(self, model: Model) -> None:
        """Any other station costs one."""
        for patient in sorted(model.problem.patient):
            homes, week = self._homes(patient), self._week(patient)
            for turn in model.problem.turns if week else ():
                model.charge_away(self.name, patient, turn, homes.get(turn, week))

    def _homes(self, patient: str) -> dict[Turn, frozenset[str]]:
        return {
            row.turn: frozenset({row.station}) for row in self._known.by_patient.get(patient, ())
        }

    def _week(self, patient: str) -> frozenset[str]:
        return frozenset(row.station for row in self._known.by_patient.get(patient, ()))
