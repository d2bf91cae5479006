"""The long gap of the week on the wanted side of the weekend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from domain.patient import Wish, WishKind
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.terms import WEEKDAY_WORDS
from domain.words import words
from scheduler.model import DayCost, Model

_LONG = 3
_FREE = {"saturday": 6, "monday": 1}


class LongGapSide:
    """The week's long gap lies over the day that was wished free, Saturday or Monday.

    The week's session days are seen as repeating. A gap is long from three days on; the day
    wished free has to lie inside one. A week without sessions costs nothing.

    Source: patient's or doctor's wish; Foley, NEJM 2011 on the long gap. Unit: for each week
    with the gap elsewhere, the strength (1 to 3) of the wish.
    """

    name = "long_gap_side"
    title = words("Side of the long gap")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every week whose long gap lies elsewhere."""
        for (patient, monday), rows in plan.by_week.items():
            days = tuple(row.day for row in rows)
            for wish in _gap_wishes(problem, patient):
                if not _lies_in_long_gap(_FREE[wish.value], days):
                    yield Violation(
                        self.name,
                        words(
                            "{patient}, week of {monday}: no long gap over {day}",
                            patient=patient,
                            monday=monday,
                            day=WEEKDAY_WORDS[_FREE[wish.value]],
                        ),
                        cost=wish.strength,
                        patient=patient,
                    )

    def encode(self, model: Model) -> None:
        """Session days that leave no long gap there cost the strength."""
        for patient in model.problem.patient:
            for wish in _gap_wishes(model.problem, patient):
                model.charge_days(self.name, patient, _cost(_FREE[wish.value], wish.strength))


def _gap_wishes(problem: Problem, patient: str) -> list[Wish]:
    if patient not in problem.patient:
        return []
    return [w for w in problem.wishes.get(patient, ()) if w.kind is WishKind.LONG_GAP]


def _lies_in_long_gap(weekday: int, days: tuple[date, ...]) -> bool:
    """Walk the dates of this week and the next, and look into every long gap."""
    repeated = sorted({*days, *(day + timedelta(weeks=1) for day in days)})
    for first, then in pairwise(repeated):
        inner = [first + timedelta(days=k) for k in range(1, (then - first).days)]
        if len(inner) >= _LONG - 1 and any(day.isoweekday() == weekday for day in inner):
            return True
    return False


def _cost(weekday: int, strength: int) -> DayCost:
    """On the circle of weekdays: how far it is from the free day to the sessions around it."""

    def cost(days: tuple[date, ...]) -> int:
        ahead = [(day.isoweekday() - weekday) % 7 for day in days]
        if 0 in ahead:
            return strength
        return 0 if min(ahead) + min(7 - steps for steps in ahead) >= _LONG else strength

    return cost
