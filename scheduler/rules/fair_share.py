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
            borne = [r.turn for r in rows if self._burdens(problem, patient, r.day, r.shift)]
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
        return [turn for turn in turns if self._burdens(problem, patient, turn.day, turn.shift)]

    def _burdens(self, problem: Problem, patient: str, day: date, shift: str) -> bool:
        """True if a session there is of this kind and the patient did not ask for it."""
        match self._burden:
            case Burden.NIGHT:
                kind = problem.shift[shift].night
            case Burden.EARLY:
                kind = problem.shift[shift].early
            case Burden.SUNDAY:
                kind = day.isoweekday() == _SUNDAY
        return kind and patient in problem.patient and not self._asked(problem, patient, shift)

    def _asked(self, problem: Problem, patient: str, shift: str) -> bool:
        wishes = problem.wishes.get(patient, ())
        if self._burden is Burden.SUNDAY:
            days = (int(wish.value) for wish in wishes if wish.kind is WishKind.WEEKDAY)
            return _SUNDAY in days
        if self._burden is Burden.NIGHT and problem.patient[patient].night is Night.VOLUNTEERS:
            return True
        return any(wish.kind is WishKind.SHIFT and wish.value == shift for wish in wishes)
