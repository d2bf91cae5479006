"""What nurses wish."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_roster import Duty, NurseFinding, NurseRoster
from domain.nurse_terms import DutyKind, NurseDay, NurseDayKind
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import OFF, Wish
from scheduler.ward.draft import Draft


class Wishes:
    """A nurse's wish for a day off, a shift, or none of a shift is met.

    Source: nurse's wish. Unit: the wish's strength, 1 to 3.
    """

    name = "nurse_wishes"
    title = words("Wishes")
    hard = False

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every wish that is not met, day by day."""
        for nurse in ward.nurse:
            for day, wish in ward.wishes(nurse):
                duty = roster.duty(nurse, day)
                if (nurse, day) not in ward.away and not _met(ward, wish, duty):
                    said = words(
                        "{nurse}, {day}: a wish is not met, strength {strength}",
                        nurse=nurse,
                        day=day,
                        strength=wish.strength,
                    )
                    cost = ward.weight(self.name) * wish.strength
                    yield NurseFinding(self.name, said, cost, nurse, day)

    def ask(self, draft: Draft) -> None:
        """A wish for each day; none where the nurse is away anyway."""
        ward = draft.ward
        for nurse, asked in draft.asked.items():
            for day, wish in ward.wishes(nurse):
                if (nurse, day) in ward.away:
                    continue
                weight = ward.weight(self.name) * wish.strength
                wanted = wish.kind is not NurseDayKind.NOT_SHIFT
                asked.wishes.append(Wish(draft.day[day], _kinds(draft, wish), weight, wanted))


def _kinds(draft: Draft, wish: NurseDay) -> frozenset[int]:
    if wish.kind is NurseDayKind.OFF:
        return frozenset({OFF})
    return draft.where(lambda post: _of(wish, post.kind))


def _met(ward: Ward, wish: NurseDay, duty: Duty | None) -> bool:
    if wish.kind is NurseDayKind.OFF:
        return duty is None
    there = duty is not None and duty.kind in ward.kind and _of(wish, ward.kind[duty.kind])
    return there == (wish.kind is NurseDayKind.SHIFT)


def _of(wish: NurseDay, kind: DutyKind) -> bool:
    return wish.shift in kind.shifts
