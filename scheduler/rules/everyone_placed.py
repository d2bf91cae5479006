"""Nobody is left without a place."""

from __future__ import annotations

from collections.abc import Iterator

from domain.need import wanted_sessions
from domain.patient import Priority
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model

PRIORITY_FACTOR = {Priority.NORMAL: 1, Priority.HIGH: 2, Priority.URGENT: 4}
"""How much a missing session counts."""
_NOT_AT_ALL = 1000


class EveryonePlaced:
    """Every patient gets all prescribed sessions of the week, by medical priority.

    The thousand makes the number of patients without any session the first thing to save,
    long before the number of sessions. The square shares what is missing among many, one
    session each, where a center plans partial weeks.

    Source: Foley, NEJM 2011 and JASN 2014 on missed sessions. Unit: for each patient and week
    the square of the sessions missing, and 1000 more if there is none at all; twice that for
    high priority, four times for urgent.
    """

    name = "everyone_placed"
    title = words("Everybody has a place")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every patient's week with fewer sessions than wanted, unplaced patients included."""
        for patient, who in problem.patient.items():
            for monday in problem.mondays:
                wanted = wanted_sessions(problem, patient, monday)
                planned = len(plan.by_week.get((patient, monday), ()))
                if planned < wanted:
                    price = (wanted - planned) ** 2
                    if not planned:
                        price += _NOT_AT_ALL
                    yield Violation(
                        self.name,
                        words(
                            "{patient}, week of {monday}: {planned} of {wanted} sessions",
                            patient=patient,
                            monday=monday,
                            planned=planned,
                            wanted=wanted,
                        ),
                        cost=price * PRIORITY_FACTOR[who.priority],
                        patient=patient,
                    )

    def encode(self, model: Model) -> None:
        """A price for every count below the wanted one."""
        problem = model.problem
        for patient, who in problem.patient.items():
            for monday in problem.mondays:
                wanted = wanted_sessions(problem, patient, monday)
                costs = {k: (wanted - k) * (wanted - k) for k in range(wanted)}
                if costs:
                    costs[0] += _NOT_AT_ALL
                    weighed = {k: cost * PRIORITY_FACTOR[who.priority] for k, cost in costs.items()}
                    model.charge_missing(self.name, patient, monday, weighed)
