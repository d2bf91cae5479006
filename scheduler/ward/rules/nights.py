"""Nights in a row."""

from __future__ import annotations

from collections.abc import Iterator

from domain.nurse_roster import Duty, NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Run
from scheduler.ward.draft import Draft
from scheduler.ward.rules.days_in_row import is_one_too_many


class Nights:
    """A nurse works at most so many nights in a row.

    Source: practice; the nurse's contract. Limit: nights, 3.
    """

    name = "nurse_nights"
    title = words("Nights in a row")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every night that is one too many."""
        for nurse in ward.nurse:
            past = {duty.day for duty in ward.past(nurse) if is_night(ward, duty)}
            mine = roster.by_nurse.get(nurse, ())
            nights = {duty.day for duty in mine if is_night(ward, duty)}
            for day in sorted(nights):
                if is_one_too_many(nights, past, day, _most(ward, nurse)):
                    said = words(
                        "{nurse}, {day}: more than {most} nights in a row",
                        nurse=nurse,
                        day=day,
                        most=_most(ward, nurse),
                    )
                    yield NurseFinding(self.name, said, nurse=nurse, day=day)

    def ask(self, draft: Draft) -> None:
        """A run of nights; who may have none has no such post."""
        nights = draft.where(lambda post: draft.ward.night(post.kind))
        for nurse, asked in draft.asked.items():
            most = _most(draft.ward, nurse)
            if nights and most:
                asked.runs.append(Run(nights, most=most))
            elif nights:
                draft.bar(nurse, draft.ward.days, nights)


def is_night(ward: Ward, duty: Duty) -> bool:
    """True for a duty at night; a mark that the center no longer has is none."""
    return duty.kind in ward.kind and ward.night(ward.kind[duty.kind])


def _most(ward: Ward, nurse: str) -> int:
    return min(ward.limit("nurse_nights"), ward.contracts[nurse].most_nights)
