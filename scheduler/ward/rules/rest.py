"""Hours between duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from domain.calendar import DAY
from domain.nurse_roster import Duty, NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import words
from scheduler.ward.draft import Draft, Post


class RestBetween:
    """Between two duties of a nurse there are enough hours, the roster before included.

    Source: EU Working Time Directive 2003/88/EC, article 3, taken over as a proposal.
    Limit: minutes, 660.
    """

    name = "nurse_rest"
    title = words("Rest between duties")
    hard = True

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every pair of duties that are too close."""
        for nurse in ward.nurse:
            mine = (*ward.past(nurse), *roster.by_nurse.get(nurse, ()))
            for earlier, later in pairwise(mine):
                rest = _minutes(ward, earlier, later)
                ahead = later.day >= ward.problem.first_day and later.day != earlier.day
                if ahead and rest < ward.limit(self.name):
                    said = words(
                        "{nurse}, {day}: {hours} h after the last duty, at least {least} h",
                        nurse=nurse,
                        day=later.day,
                        hours=round(rest / 60, 1),
                        least=round(ward.limit(self.name) / 60, 1),
                    )
                    yield NurseFinding(self.name, said, nurse=nurse, day=later.day)

    def ask(self, draft: Draft) -> None:
        """Pairs of posts on successive days that are too close."""
        for first, earlier in enumerate(draft.posts, 1):
            for second, later in enumerate(draft.posts, 1):
                if _close(draft.ward, earlier, later):
                    draft.barred.add((first, second))


def _close(ward: Ward, earlier: Post, later: Post) -> bool:
    day = date(2000, 1, 3)
    one, two = Duty(day, "", earlier.kind.code), Duty(day + DAY, "", later.kind.code)
    return _minutes(ward, one, two) < ward.limit("nurse_rest")


def _minutes(ward: Ward, earlier: Duty, later: Duty) -> int:
    gap = ward.interval(later).start - ward.interval(earlier).end
    return int(gap.total_seconds()) // 60
