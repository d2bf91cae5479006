"""Free after nights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.nurse_roster import NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.roster.shape import Rest
from scheduler.ward.draft import Draft
from scheduler.ward.rules.nights import is_night


class AfterNights:
    """After the last of a row of nights a nurse is free for so many days.

    Source: practice. Limit: days, 1.
    """

    name = "nurse_after_nights"
    title = words("Free after nights")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every duty that comes too early."""
        free = ward.limit(self.name)
        for nurse in ward.nurse:
            every = (*ward.past(nurse), *roster.by_nurse.get(nurse, ()))
            nights = {duty.day for duty in every if is_night(ward, duty)}
            last = [day for day in nights if day + timedelta(days=1) not in nights]
            early = {day + timedelta(days=ahead) for day in last for ahead in range(1, free + 1)}
            for duty in roster.by_nurse.get(nurse, ()):
                if duty.day in early:
                    said = words(
                        "{nurse}, {day}: fewer than {free} days free after a night",
                        nurse=nurse,
                        day=duty.day,
                        free=free,
                    )
                    yield NurseFinding(self.name, said, nurse=nurse, day=duty.day)

    def ask(self, draft: Draft) -> None:
        """A rest after each row of nights."""
        nights = draft.where(lambda post: draft.ward.night(post.kind))
        free = draft.ward.limit(self.name)
        if nights and free:
            for asked in draft.asked.values():
                asked.rests.append(Rest(nights, free))
