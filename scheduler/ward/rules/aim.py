"""As many nurses as the ward would like."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_roster import NurseFinding, NurseNeed, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Cover as Row
from scheduler.ward.draft import Draft
from scheduler.ward.gaps import there


class Aim:
    """In every turn of a zone there are as many nurses as the ward aims at, and no more.

    Source: ward's aim of one nurse to four. Unit: one for each nurse fewer or more.
    """

    name = "nurse_aim"
    title = words("Even load")
    hard = False

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every turn of a zone that differs."""
        for need in ward.needs:
            if need.skill:
                continue
            found = len(there(ward, roster, need))
            if found != need.aim:
                cost = ward.weight(self.name) * abs(found - need.aim)
                said = words(
                    "{turn}, {zone}: {found} nurses, the aim is {aim}",
                    turn=ward.say(need.turn),
                    zone=need.zone or "-",
                    found=found,
                    aim=need.aim,
                )
                yield NurseFinding(self.name, said, cost, day=need.turn.day)

    def ask(self, draft: Draft) -> None:
        """A cover with the same price on both sides."""
        weight = draft.ward.weight(self.name)
        for need in draft.ward.needs:
            if not need.skill:
                draft.covers.append(_row(draft, need, weight))


def _row(draft: Draft, need: NurseNeed, weight: int) -> Row:
    return Row(draft.day[need.turn.day], draft.meets(need), need.aim, weight, weight)
