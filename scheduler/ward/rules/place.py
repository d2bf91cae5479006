"""Where and when a nurse may work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.nurse_roster import NurseFinding, NurseRoster
from domain.nurse_terms import DutyKind
from domain.ward import Ward
from domain.words import Words, words
from scheduler.ward.draft import Draft


class Place:
    """A nurse works only in own zones and agreed shifts, in one zone a duty, on days on which
    the duty runs.

    Source: Chinese blood-purification SOP 2021, second hand (check the printed book): nurses do
    not cross zones within a shift; the nurse's contract.
    """

    name = "nurse_place"
    title = words("Own zones and shifts")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every duty where the nurse may not be."""
        for duty in roster.duties:
            if duty.nurse not in ward.nurse or duty.kind not in ward.kind:
                continue
            said = _against(ward, duty.nurse, ward.kind[duty.kind], duty.zone, duty.day)
            if said is not None:
                yield NurseFinding(self.name, said, nurse=duty.nurse, day=duty.day)

    def ask(self, draft: Draft) -> None:
        """Such posts are barred."""
        for nurse in draft.nurses:
            for number, post in enumerate(draft.posts, 1):
                days = [
                    day
                    for day in draft.ward.days
                    if _against(draft.ward, nurse, post.kind, post.zone, day) is not None
                ]
                draft.bar(nurse, days, (number,))


def _against(ward: Ward, nurse: str, kind: DutyKind, zone: str, day: date) -> Words | None:
    allowed = ward.contracts[nurse].shifts
    if kind.shifts and zone not in ward.nurse[nurse].zones:
        return words(
            "{nurse}, {day}: does not work in zone {zone}", nurse=nurse, day=day, zone=zone or "-"
        )
    if not kind.shifts and zone:
        return words("{nurse}, {day}: {kind} is in no zone", nurse=nurse, day=day, kind=kind.code)
    if allowed and not kind.shifts <= allowed:
        return words(
            "{nurse}, {day}: {kind} is not among the agreed shifts",
            nurse=nurse,
            day=day,
            kind=kind.code,
        )
    if not ward.runs(kind, day):
        return words(
            "{nurse}, {day}: there is no {kind} on this day", nurse=nurse, day=day, kind=kind.code
        )
    return None
