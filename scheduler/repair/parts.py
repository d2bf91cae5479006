"""Some of a patient's weeks as arrays: which sessions are marked, on which days they are, and
several lots of weeks put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from domain.calendar import Turn
from scheduler.program import Bools, Ints
from scheduler.weeks import Weeks


@dataclass(frozen=True)
class Part:
    """Some weeks with their measures."""

    weeks: Weeks
    measured: Ints

    @property
    def sessions(self) -> Ints:
        """How many sessions each has."""
        count: Ints = (self.weeks.choice >= 0).sum(axis=1)
        return count

    def where(self, wanted: Bools) -> Part:
        """Those of them that are wanted."""
        old = self.weeks
        kept = Weeks(
            old.patient, old.monday, old.berths, old.choice[wanted], old.cost[wanted],
            old.days[wanted],
        )  # fmt: skip
        return Part(kept, self.measured[wanted])

    def days(self, wanted: Bools) -> Iterable[list[date]]:
        """The session days of those that are wanted."""
        berths = self.weeks.berths
        for picked in self.weeks.choice[wanted]:
            yield [berths[i].turn.day for i in picked if i >= 0]


def marked(found: Weeks, turns: Iterable[Turn]) -> Bools:
    """Which of every week's sessions are in these turns; shape: weeks x most sessions."""
    wanted = set(turns)
    return flagged(found, [berth.turn in wanted for berth in found.berths])


def flagged(found: Weeks, flags: Sequence[bool]) -> Bools:
    """The same for berths that are flagged; -1, no session, is never."""
    table: NDArray[np.bool_] = np.array([*flags, False], np.bool_)
    return table[found.choice]


def days_of(weeks: Weeks) -> Ints:
    """The days of every week's sessions, from Monday on; 7 where there is none."""
    table = np.array([(one.turn.day - weeks.monday).days for one in weeks.berths] + [7], np.int64)
    return table[weeks.choice]


def joined(parts: Sequence[Part]) -> Weeks:
    """All parts as one patient's weeks, fewest sessions first, so that the first one always has
    room; their measures before the center's costs."""
    width = max(part.weeks.choice.shape[1] for part in parts)
    choice = np.concatenate([_padded(part.weeks.choice, width) for part in parts])
    costs = [np.concatenate([part.measured, part.weeks.cost], axis=1) for part in parts]
    days = np.concatenate([part.weeks.days for part in parts])
    order = np.argsort((choice >= 0).sum(axis=1), kind="stable")
    one = parts[0].weeks
    return Weeks(
        one.patient, one.monday, one.berths, choice[order], np.concatenate(costs)[order],
        days[order],
    )  # fmt: skip


def _padded(choice: NDArray[np.int16], width: int) -> NDArray[np.int16]:
    wide = np.full((len(choice), width), -1, np.int16)
    wide[:, : choice.shape[1]] = choice
    return wide
