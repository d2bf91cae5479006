"""Enough nurses in the zone."""

from __future__ import annotations

from collections.abc import Iterator

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class NurseRatio:
    """In every zone and turn, each nurse present cares for at most the limit of patients.

    Counted by zone, never over the hall: a nurse does not cross zones within a shift. Where
    the center states no nurses, nothing is judged.

    Source: Chinese blood-purification SOP 2021, second hand (check the printed book).
    Limit: patients per nurse, 5.
    """

    name = "nurse_ratio"
    title = words("Patients per nurse")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every zone and turn with more patients than its nurses may care for."""
        for turn, rows in plan.by_turn.items():
            seated = [problem.station[row.station].zone for row in rows]
            for zone in sorted(set(seated)):
                nurses = problem.nurses(zone, turn)
                limit = problem.limit(self.name, turn.day)
                if nurses is not None and seated.count(zone) > nurses * limit:
                    yield Violation(
                        self.name,
                        words(
                            "Zone {zone}, {turn}: {patients} patients for {nurses} nurses, "
                            "at most {limit} each",
                            zone=zone,
                            turn=problem.say(turn),
                            patients=seated.count(zone),
                            nurses=nurses,
                            limit=limit,
                        ),
                        turn=turn,
                    )

    def encode(self, model: Model) -> None:
        """The zone takes no more than its nurses may care for."""
        problem = model.problem
        for turn in problem.turns:
            for zone in problem.zone_stations:
                nurses = problem.nurses(zone, turn)
                if nurses is not None:
                    model.limit_zone(zone, turn, nurses * problem.limit(self.name, turn.day))
