"""Rest owed."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_account import AwayOn, goal, worked
from domain.nurse_roster import NurseFinding, NurseRoster
from domain.nurse_terms import DAY_MINUTES, STEP_MINUTES
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Sum
from scheduler.ward.draft import Draft, steps

_DAY = DAY_MINUTES // STEP_MINUTES
_FREE = (0, _DAY, 3 * _DAY)
"""Half hours away from the target beyond which each costs once more: many small differences
are better than one large one."""


class Balance:
    """Everybody works what the contract asks, less the rest owed that is brought along.

    Source: the ward's ledger of rest owed. Unit: one for each half hour more or less, two
    beyond a day, three beyond three days.
    """

    name = "nurse_balance"
    title = words("Rest owed")
    hard = False

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Whoever differs from it."""
        for nurse in ward.nurse:
            aim = _aim(ward, nurse, roster.away_on)
            off = abs(steps(worked(ward, roster, nurse)) - aim)
            cost = ward.weight(self.name) * sum(max(0, off - free) for free in _FREE)
            if off:
                said = words(
                    "{nurse}: {days} days away from what is due",
                    nurse=nurse,
                    days=round(off / _DAY, 1),
                )
                yield NurseFinding(self.name, said, cost, nurse=nurse)

    def ask(self, draft: Draft) -> None:
        """Sums around the target, wider and wider."""
        ward, weight = draft.ward, draft.ward.weight(self.name)
        for nurse, asked in draft.asked.items():
            aim = _aim(ward, nurse, ward.away)
            for free in _FREE:
                least, most = max(0, aim - free), aim + free
                asked.sums.append(
                    Sum(draft.working, least, most, minutes=True, under=weight, over=weight)
                )


def _aim(ward: Ward, nurse: str, away: AwayOn) -> int:
    return max(0, steps(goal(ward, nurse, away)))
