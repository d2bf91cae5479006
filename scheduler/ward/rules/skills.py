"""Skills in a turn."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_roster import NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Cover as Row
from scheduler.ward.draft import Draft
from scheduler.ward.gaps import gaps


class Skills:
    """In every turn somebody can lead, and in its zones somebody can do what patients need.

    Source: practice; the center's own rows. Unit: one for each nurse missing.
    """

    name = "nurse_skills"
    title = words("Skills")
    hard = False

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every gap of a skill."""
        for gap in gaps(ward, roster):
            if gap.need.skill:
                yield NurseFinding(self.name, gap.words, gap.cost, day=gap.need.turn.day)

    def ask(self, draft: Draft) -> None:
        """A cover over those who have the skill."""
        ward = draft.ward
        for need in ward.needs:
            if need.skill and need.nurses:
                able = frozenset(draft.place[one] for one in ward.with_skill(need.skill))
                posts, day = draft.meets(need), draft.day[need.turn.day]
                weight = ward.weight(self.name)
                draft.covers.append(Row(day, posts, need.nurses, weight, people=able))
