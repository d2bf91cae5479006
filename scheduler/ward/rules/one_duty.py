"""One duty a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from domain.nurse_roster import NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.ward.draft import Draft


class OneDuty:
    """A nurse has at most one duty on a day, within the weeks and of a kind the ward has.

    Source: physical.
    """

    name = "nurse_one_duty"
    title = words("One duty a day")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Whoever has two duties on a day, or one that cannot be."""
        counted = Counter((duty.nurse, duty.day) for duty in roster.duties)
        for (nurse, day), count in counted.items():
            if count > 1:
                said = words(
                    "{nurse} has {count} duties on {day}", nurse=nurse, count=count, day=day
                )
                yield NurseFinding(self.name, said, nurse=nurse, day=day)
        for duty in roster.duties:
            known = duty.nurse in ward.nurse and duty.kind in ward.kind
            if not known or duty.day not in ward.days:
                said = words(
                    "{nurse}, {day}: there is no such duty as {kind}",
                    nurse=duty.nurse,
                    day=duty.day,
                    kind=duty.kind,
                )
                yield NurseFinding(self.name, said, nurse=duty.nurse, day=duty.day)

    def ask(self, draft: Draft) -> None:
        """A shape has one kind a day anyway."""
