"""Enough nurses."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_roster import NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Cover as Row
from scheduler.ward.draft import Draft
from scheduler.ward.gaps import gap_cost, gaps


class Cover:
    """In every turn of a zone there are as many nurses as its patients need.

    Source: patients of the plan and the ward's ratio. Unit: one for each nurse missing, and one
    for each patient whom those there may not care for.
    """

    name = "nurse_cover"
    title = words("Enough nurses")
    hard = False

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every gap."""
        for gap in gaps(ward, roster):
            if not gap.need.skill:
                yield NurseFinding(self.name, gap.words, gap.cost, day=gap.need.turn.day)

    def ask(self, draft: Draft) -> None:
        """Covers one below the other, as each further nurse missing may cost more."""
        for need in draft.ward.needs:
            if need.skill:
                continue
            day, posts, charged = draft.day[need.turn.day], draft.meets(need), 0
            for nurses in range(need.nurses, 0, -1):
                price = gap_cost(draft.ward, need, nurses - 1) - gap_cost(draft.ward, need, nurses)
                if price > charged:
                    draft.covers.append(Row(day, posts, nurses, price - charged))
                    charged = price
