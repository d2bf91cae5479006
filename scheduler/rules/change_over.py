"""The hour between two shifts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model
from scheduler.rules.zone_load import zone_load


class ChangeOver:
    """Between two shifts of a day that follow each other, few enough patients of a zone come
    off and go on for the nurses of the thinner shift.

    Where the center states no nurses for one of the two, nothing is judged.

    Source: change-over is the most dangerous hour. Limit: patients off and on per nurse, 8.
    Unit: one for each patient above that.
    """

    name = "change_over"
    title = words("Change-over")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every zone and change-over with too many patients."""
        load = zone_load(problem, plan)
        for day in sorted({turn.day for turn, _ in load}):
            limit = problem.limit(self.name, day)
            for first, then in pairwise(problem.turns_on(day)):
                for zone in problem.zone_stations:
                    patients = load[first, zone] + load[then, zone]
                    nurses = [problem.nurses(zone, turn) for turn in (first, then)]
                    stated = [count for count in nurses if count is not None]
                    if len(stated) == 2 and patients > min(stated) * limit:
                        yield Violation(
                            self.name,
                            words(
                                "Zone {zone}, {first} to {then}: {patients} patients change "
                                "over, {nurses} nurses, at most {limit} each",
                                zone=zone,
                                first=problem.say(first),
                                then=problem.shift[then.shift].name,
                                patients=patients,
                                nurses=min(stated),
                                limit=limit,
                            ),
                            cost=patients - min(stated) * limit,
                            turn=then,
                        )

    def encode(self, model: Model) -> None:
        """Patients of both turns above what the thinner shift can do cost one each."""
        problem = model.problem
        for first, then in pairwise(problem.turns):
            if first.day != then.day:
                continue
            limit = problem.limit(self.name, then.day)
            for zone in problem.zone_stations:
                before, after = problem.nurses(zone, first), problem.nurses(zone, then)
                if before is not None and after is not None:
                    free = limit * min(before, after)
                    model.charge_excess(self.name, zone, (first, then), free)
