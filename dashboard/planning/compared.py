"""Two versions of the same weeks side by side: who moves, what each costs, whose wishes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.planning.costs import CostRow, cost_rows
from dashboard.planning.wishes import Met, met, who_wishes, wish_costs
from db.ledger import burdens
from domain.changes import changes
from domain.patient import Burden
from domain.plan import Assignment, Change, ChangeKind, Plan
from domain.problem import Problem
from domain.words import Words, words
from scheduler.check import Verdict, check

CHANGE_WORDS: Mapping[ChangeKind, Words] = {
    ChangeKind.ADDED: words("new session"),
    ChangeKind.REMOVED: words("session gone"),
    ChangeKind.TURN: words("other time"),
    ChangeKind.STATION: words("other station"),
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One patient in both plans. Wishes are what the broken ones weigh."""

    patient: str
    wishes: tuple[int, int]
    nights: tuple[int, int]
    sessions: tuple[int, int]
    asks: bool

    @property
    def differs(self) -> bool:
        """True if anything counted here is other in the second plan."""
        return any(a != b for a, b in (self.wishes, self.nights, self.sessions))


@dataclass(frozen=True)
class Compared:
    """Both plans, judged by the center's data as they are now."""

    problem: Problem
    first: Plan
    second: Plan

    @cached_property
    def verdicts(self) -> tuple[Verdict, Verdict]:
        """What all rules say of each."""
        return check(self.problem, self.first), check(self.problem, self.second)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What turns the first into the second, by patient and date."""
        return changes(self.first, self.second)

    @cached_property
    def moved(self) -> frozenset[str]:
        """Patients with any change."""
        return frozenset(change.patient for change in self.changes)

    @cached_property
    def costs(self) -> tuple[CostRow, ...]:
        """By rule."""
        first, second = self.verdicts
        return cost_rows(first.costs, second.costs)

    @cached_property
    def met(self) -> tuple[Met, Met]:
        """Wishes in each."""
        first, second = self.verdicts
        return met(self.problem, first.paid), met(self.problem, second.paid)

    @cached_property
    def nights(self) -> tuple[int, int]:
        """Nights given out in each."""
        return sum(self._nights[0].values()), sum(self._nights[1].values())

    @cached_property
    def kinds(self) -> Mapping[ChangeKind, int]:
        """How many changes there are of each kind."""
        return Counter(change.kind for change in self.changes)

    @cached_property
    def people(self) -> tuple[PersonRow, ...]:
        """Everybody who wishes for something, has a night or another number of sessions."""
        return tuple(self._people())

    @cached_property
    def _nights(self) -> tuple[Counter[str], Counter[str]]:
        return _nights(self.problem, self.first), _nights(self.problem, self.second)

    def _people(self) -> Iterator[PersonRow]:
        broken = [wish_costs(verdict.paid) for verdict in self.verdicts]
        asking = who_wishes(self.problem)
        for code in sorted({*self.first.by_patient, *self.second.by_patient, *asking}):
            row = PersonRow(
                code,
                (broken[0].get(code, 0), broken[1].get(code, 0)),
                (self._nights[0][code], self._nights[1][code]),
                (
                    len(self.first.by_patient.get(code, ())),
                    len(self.second.by_patient.get(code, ())),
                ),
                code in asking,
            )
            if row.asks or any(row.nights) or row.differs:
                yield row


def _nights(problem: Problem, plan: Plan) -> Counter[str]:
    return Counter(
        row.patient for row in plan.assignments if Burden.NIGHT in burdens(row, problem.shift)
    )


def place_words(problem: Problem, row: Assignment | None) -> Words | None:
    """Where and when a session is; nothing for none."""
    if row is None:
        return None
    return words("{turn}, station {station}", turn=problem.say(row.turn), station=row.station)
