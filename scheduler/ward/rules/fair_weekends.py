"""Weekends shared."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_account import weekends
from domain.nurse_roster import NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Weekends as Limit
from scheduler.ward.draft import Draft
from scheduler.ward.shares import weekend_shares


class FairWeekends:
    """Nobody works on more weekends than a fair share, what was borne before counted in.

    Source: fairness over the months that the ledger counts. Unit: one for each weekend above
    the share.
    """

    name = "nurse_weekends"
    title = words("Fair weekends")
    hard = False

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Whoever has more."""
        for nurse, most in weekend_shares(ward).items():
            found = weekends(ward, roster.by_nurse.get(nurse, ()))
            if found > most:
                said = words(
                    "{nurse}: {found} weekends, a fair share is {most}",
                    nurse=nurse,
                    found=found,
                    most=most,
                )
                cost = ward.weight(self.name) * (found - most)
                yield NurseFinding(self.name, said, cost, nurse=nurse)

    def ask(self, draft: Draft) -> None:
        """A limit of weekends with a price."""
        weight = draft.ward.weight(self.name)
        for nurse, most in weekend_shares(draft.ward).items():
            draft.asked[nurse].weekends.append(Limit(draft.working, most, weight))
