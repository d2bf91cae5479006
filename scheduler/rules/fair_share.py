"""Burdens shared fairly: nights, early starts, Sundays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate

from domain.calendar import Turn, days_from
from domain.patient import Burden, Night, WishKind
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.terms import BURDEN_WORDS
from domain.words import words
from scheduler.model import Model

_STEP = 6
_SUNDAY = 7
_TITLES = {
    Burden.NIGHT: words("Nights shared fairly"),
    Burden.EARLY: words("Early starts shared fairly"),
    Burden.SUNDAY: words("Sundays shared fairly"),
}


class FairShare:
    """Turns that nobody likes go to those who have borne the fewest of them.

    The ledger counts what each patient has borne over months. Who asked for it bears nothing:
    volunteers in nights, patients who wished for the shift in nights and early starts,
    patients who wished for Sundays on Sundays.

    Source: fairness over the months that the ledger counts. Unit: for each such session one,
    and one more for every full six borne before, in the ledger and earlier in the week.
    """

    hard = False

    def __init__(self, name: str, burden: Burden) -> None:
        self.name = name
        self.title = _TITLES[burden]
        self._burden = burden

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every patient's week with such turns."""
        for (patient, _), rows in plan.by_week.items():
            borne = [row.turn for row in rows if self._burdens(problem, patient, row.turn)]
            if borne:
                before = problem.ledger.get((patient, self._burden), 0)
                prices = [1 + (before + index) // _STEP for index in range(len(borne))]
                yield Violation(
                    self.name,
                    words(
                        "{patient}, {burden}: {turns}, {before} borne before",
                        patient=patient,
                        burden=BURDEN_WORDS[self._burden],
                        turns=tuple(problem.say(turn) for turn in borne),
                        before=before,
                    ),
                    cost=sum(prices),
                    patient=patient,
                )

    def encode(self, model: Model) -> None:
        """The k-th such session of a week costs more the more were borne before."""
        problem = model.problem
        for patient in problem.patient:
            before = problem.ledger.get((patient, self._burden), 0)
            for monday in problem.mondays:
                turns = self._of_week(problem, patient, monday)
                if turns:
                    steps = (k // _STEP + 1 for k in range(before, before + len(turns)))
                    costs = (0, *accumulate(steps))
                    model.charge_count(self.name, patient, monday, turns, costs)

    def _of_week(self, problem: Problem, patient: str, monday: date) -> list[Turn]:
        turns = (turn for day in days_from(monday, 7) for turn in problem.turns_on(day))
        return [turn for turn in turns if self._burdens(problem, patient, turn)]

    def _burdens(self, problem: Problem, patient: str, turn: Turn) -> bool:
        """True if the turn is of this kind and the patient did not ask for it."""
        who = problem.patient.get(patient)
        if who is None:
            return False
        shift = problem.shift[turn.shift]
        match self._burden:
            case Burden.NIGHT:
                asked = who.night is Night.VOLUNTEERS or _wished_shift(problem, patient, turn)
                return shift.night and not asked
            case Burden.EARLY:
                return shift.early and not _wished_shift(problem, patient, turn)
            case Burden.SUNDAY:
                return turn.day.isoweekday() == _SUNDAY and not _wished_sunday(problem, patient)


def _wished_shift(problem: Problem, patient: str, turn: Turn) -> bool:
    wishes = problem.wishes.get(patient, ())
    return any(wish.kind is WishKind.SHIFT and wish.value == turn.shift for wish in wishes)


def _wished_sunday(problem: Problem, patient: str) -> bool:
    wishes = problem.wishes.get(patient, ())
    return any(wish.kind is WishKind.WEEKDAY and int(wish.value) == _SUNDAY for wish in wishes)
