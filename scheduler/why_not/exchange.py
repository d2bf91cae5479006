"""Who could be the one that goes without? Found by exchange, not by planning again.

All but one fit; whoever that one is could take a week that only the seats of another stand
against, and then it is the other who goes without. So from one arrangement many are found, and
each of them is shown to be needed for the clash: without that patient, here is how the others fit.
The same for rows: where a week needs nothing but one row to be wider, the clash needs that row.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.program import Bools, Ints, Listed

_ARRANGEMENTS = 60
"""From so many at most the next are looked for."""


@dataclass(slots=True)
class Exchange:
    """A program of few groups. `groups` and `rows` are those shown to be needed so far."""

    program: Listed
    groups: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)

    def explore(self, chosen: Ints, loser: int) -> None:
        """From an arrangement on: the column of each group, that of the loser without any seat.
        Every group that has lost once is the next to look for a week."""
        self.groups.add(loser)
        waiting = deque([(chosen, loser)])
        for _ in range(_ARRANGEMENTS):
            if not waiting:
                break
            now, without = waiting.popleft()
            for group, column in self._partners(now, without):
                self.groups.add(group)
                then = now.copy()
                then[without], then[group] = column, self._first(group)
                waiting.append((then, group))

    def _first(self, group: int) -> int:
        """The group's first column, in which nothing is used."""
        return int(np.searchsorted(self.program.columns.group, group))

    def _partners(self, chosen: Ints, loser: int) -> list[tuple[int, int]]:
        """Groups not yet known whose place the loser could take, with the loser's column."""
        columns = self.program.columns
        usage = self._usage(chosen)
        slack = self.program.limit - usage.sum(axis=0)
        if bool((slack < 0).any()):
            return []  # no arrangement at all
        found: dict[int, int] = {}
        first, last = self._first(loser) + 1, self._first(loser + 1)
        for column in range(first, last):
            at = slice(columns.start[column], columns.start[column + 1])
            rows, lack = columns.row[at], columns.value[at] - slack[columns.row[at]]
            short = lack > 0
            if len(set(rows[short].tolist())) == 1:
                self.rows.add(int(rows[short][0]))
            free: Bools = (usage[:, rows[short]] >= lack[short]).all(axis=1)
            for group in np.flatnonzero(free).tolist():
                if group not in self.groups:
                    found.setdefault(group, column)
        return sorted(found.items())

    def _usage(self, chosen: Ints) -> NDArray[np.int64]:
        """What each group uses of each row."""
        columns = self.program.columns.take(chosen)
        usage = np.zeros((self.program.groups, len(self.program.limit)), np.int64)
        whose = np.repeat(np.arange(len(chosen)), np.diff(columns.start))
        np.add.at(usage, (whose, columns.row), columns.value)
        return usage
