"""One patient in a slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class OnePerStation:
    """A station takes one patient in a turn.

    Source: physical.
    """

    name = "one_per_station"
    title = words("One patient per station")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every slot that is given away twice."""
        slots = Counter((row.turn, row.station) for row in plan.assignments)
        for (turn, station), count in slots.items():
            if count > 1:
                yield Violation(
                    self.name,
                    words(
                        "Station {station}, {turn}: {patients} patients",
                        station=station,
                        turn=problem.say(turn),
                        patients=count,
                    ),
                    turn=turn,
                    station=station,
                )

    def encode(self, model: Model) -> None:
        """Slots are exclusive."""
        model.one_per_station = True
