"""Nurses with an even load."""

from __future__ import annotations

from collections.abc import Iterator

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model
from scheduler.rules.zone_load import zone_load


class LevelLoad:
    """In every zone and turn, each nurse present cares for few enough patients to have time.

    The aim below the hard limit of `nurse_ratio`. Where the center states no nurses, nothing
    is judged.

    Source: ward's aim of one nurse to four. Limit: patients per nurse, 4. Unit: one for each
    patient above that.
    """

    name = "level_load"
    title = words("Even load of nurses")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every zone and turn above the aim."""
        for (turn, zone), patients in zone_load(problem, plan).items():
            nurses = problem.nurses(zone, turn)
            limit = problem.limit(self.name, turn.day)
            if nurses is not None and patients > nurses * limit:
                yield Violation(
                    self.name,
                    words(
                        "Zone {zone}, {turn}: {patients} patients for {nurses} nurses, "
                        "the aim is {limit} each",
                        zone=zone,
                        turn=problem.say(turn),
                        patients=patients,
                        nurses=nurses,
                        limit=limit,
                    ),
                    cost=patients - nurses * limit,
                    turn=turn,
                )

    def encode(self, model: Model) -> None:
        """Patients above the aim cost one each."""
        problem = model.problem
        for turn in problem.turns:
            for zone in problem.zone_stations:
                nurses = problem.nurses(zone, turn)
                if nurses is not None:
                    free = nurses * problem.limit(self.name, turn.day)
                    model.charge_excess(self.name, zone, (turn,), free)
