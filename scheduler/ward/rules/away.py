"""Days away."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_roster import NurseFinding, NurseRoster
from domain.nurse_terms import NurseDayKind
from domain.ward import Ward
from domain.words import words
from scheduler.ward.draft import Draft

_SAID = {
    NurseDayKind.LEAVE: words("on leave"),
    NurseDayKind.TRAINING: words("in training"),
    NurseDayKind.ILL: words("ill"),
}


class Away:
    """Nobody has a duty on a day of leave, training or illness.

    Source: the ward's own entries.
    """

    name = "nurse_away"
    title = words("Leave, training, illness")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every duty on such a day, by the ward's entries or the roster's own."""
        for duty in roster.duties:
            key = (duty.nurse, duty.day)
            kind = ward.away.get(key) or roster.away_on.get(key)
            if kind is not None:
                said = words(
                    "{nurse}, {day}: {kind}, but has a duty",
                    nurse=duty.nurse,
                    day=duty.day,
                    kind=_SAID[kind],
                )
                yield NurseFinding(self.name, said, nurse=duty.nurse, day=duty.day)

    def ask(self, draft: Draft) -> None:
        """All posts are barred on such a day."""
        for nurse, day in draft.ward.away:
            if nurse in draft.place:
                draft.bar(nurse, (day,), draft.working)
