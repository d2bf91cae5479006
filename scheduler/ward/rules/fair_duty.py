"""Duties that nobody likes, shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.nurse_roster import Duty, NurseFinding, NurseRoster
from domain.nurse_terms import DutyKind, NurseBurden
from domain.ward import Ward
from domain.words import Words, words
from scheduler.roster.shape import Sum
from scheduler.ward.draft import Draft
from scheduler.ward.shares import shares


class FairDuty:
    """Nobody has more of a burden than a fair share, what was borne before counted in.

    Source: fairness over the months that the ledger counts. Unit: one for each duty above the
    share, two beyond the next.
    """

    hard = False

    def __init__(
        self, name: str, title: Words, burden: NurseBurden, test: Callable[[Ward, DutyKind], bool]
    ) -> None:
        self.name, self.title = name, title
        self._burden, self._test = burden, test

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Whoever has more."""
        for nurse, most in self._shares(ward).items():
            found = sum(self._counts(ward, duty) for duty in roster.by_nurse.get(nurse, ()))
            over = max(0, found - most)
            if over:
                cost = ward.weight(self.name) * (over + max(0, over - 1))
                said = words(
                    "{nurse}: {found} of what nobody likes, a fair share is {most}",
                    nurse=nurse,
                    found=found,
                    most=most,
                )
                yield NurseFinding(self.name, said, cost, nurse=nurse)

    def ask(self, draft: Draft) -> None:
        """Two sums a nurse, one beyond the other."""
        ward = draft.ward
        weight = ward.weight(self.name)
        posts = draft.where(lambda post: self._test(ward, post.kind))
        for nurse, most in self._shares(ward).items():
            for step in (most, most + 1):
                draft.asked[nurse].sums.append(Sum(posts, most=step, over=weight))

    def _shares(self, ward: Ward) -> dict[str, int]:
        return dict(shares(ward, self._burden, lambda kind: self._test(ward, kind)))

    def _counts(self, ward: Ward, duty: Duty) -> bool:
        return duty.kind in ward.kind and self._test(ward, ward.kind[duty.kind])


def fair_nights() -> FairDuty:
    """Nights."""
    return FairDuty(
        "nurse_fair_nights", words("Fair nights"), NurseBurden.NIGHT, lambda w, kind: w.night(kind)
    )


def fair_late() -> FairDuty:
    """Duties that end in the evening."""
    return FairDuty(
        "nurse_fair_late", words("Fair evenings"), NurseBurden.LATE, lambda w, kind: w.late(kind)
    )
