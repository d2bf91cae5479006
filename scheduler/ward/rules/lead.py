"""The lead of a turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from domain.calendar import Turn
from domain.nurse_roster import NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.ward.draft import Draft
from scheduler.ward.needs import LEAD


class Lead:
    """Who leads a turn has the skill, and no turn has two leads.

    Source: practice. That every turn has somebody who can lead is asked by `nurse_skills`.
    """

    name = "nurse_lead"
    title = words("One lead, who can")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Leads without the skill, and turns with more than one."""
        able = ward.with_skill(LEAD)
        leading: Counter[Turn] = Counter()
        for duty in roster.duties:
            if not duty.lead or duty.kind not in ward.kind:
                continue
            leading.update(Turn(duty.day, one) for one in ward.kind[duty.kind].shifts)
            if duty.nurse not in able:
                said = words(
                    "{nurse}, {day}: leads without the skill", nurse=duty.nurse, day=duty.day
                )
                yield NurseFinding(self.name, said, nurse=duty.nurse, day=duty.day)
        for turn, count in sorted(leading.items()):
            if count > 1:
                said = words("{turn}: {count} leads", turn=ward.say(turn), count=count)
                yield NurseFinding(self.name, said, day=turn.day)

    def ask(self, draft: Draft) -> None:
        """Leads are named when the roster is there."""
