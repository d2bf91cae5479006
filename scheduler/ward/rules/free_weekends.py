"""Weekends that a contract keeps free."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_account import weekends
from domain.nurse_roster import NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Weekends as Limit
from scheduler.ward.draft import Draft


class FreeWeekends:
    """Nobody works on more weekends in four weeks than the contract says.

    Source: the nurse's contract.
    """

    name = "nurse_free_weekends"
    title = words("Free weekends")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Whoever has more."""
        for nurse in ward.nurse:
            found = weekends(ward, roster.by_nurse.get(nurse, ()))
            if found > _most(ward, nurse):
                said = words(
                    "{nurse}: {found} weekends, agreed are at most {most}",
                    nurse=nurse,
                    found=found,
                    most=_most(ward, nurse),
                )
                yield NurseFinding(self.name, said, nurse=nurse)

    def ask(self, draft: Draft) -> None:
        """A limit without a price."""
        for nurse, asked in draft.asked.items():
            most = _most(draft.ward, nurse)
            if most < len(draft.ward.weekends):
                asked.weekends.append(Limit(draft.working, most))


def _most(ward: Ward, nurse: str) -> int:
    """Of the roster's weekends, as many as the contract allows of four, rounded up."""
    return -(-ward.contracts[nurse].most_weekends * ward.problem.weeks // 4)
