"""Working time over the weeks."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_account import trained, worked
from domain.nurse_roster import NurseFinding, NurseRoster
from domain.nurse_terms import DAY_MINUTES, STEP_MINUTES
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Sum
from scheduler.ward.draft import Draft


class Hours:
    """Over the weeks of the roster a nurse works at most so much of the contract's hours, days
    of training included.

    Source: Chinese Labor Law, article 36: 44 h a week on average, of 40. Limit: percent, 110.
    """

    name = "nurse_hours"
    title = words("Working time")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Whoever works too much."""
        for nurse in ward.nurse:
            found = worked(ward, roster, nurse) + trained(ward, nurse, roster.away_on)
            if found > most_minutes(ward, nurse):
                said = words(
                    "{nurse}: {found} days of work, at most {most}",
                    nurse=nurse,
                    found=round(found / DAY_MINUTES, 1),
                    most=round(most_minutes(ward, nurse) / DAY_MINUTES, 1),
                )
                yield NurseFinding(self.name, said, nurse=nurse)

    def ask(self, draft: Draft) -> None:
        """A sum of working time."""
        ward = draft.ward
        for nurse, asked in draft.asked.items():
            room = most_minutes(ward, nurse) - trained(ward, nurse, ward.away)
            most = max(0, room // STEP_MINUTES)
            asked.sums.append(Sum(draft.working, most=most, minutes=True))


def most_minutes(ward: Ward, nurse: str) -> int:
    """Working time over the whole roster."""
    weekly = ward.nurse[nurse].weekly_minutes * ward.problem.weeks
    return weekly * ward.limit("nurse_hours") // 100
