"""Where a good choice may still be improved: a few groups let go at a time, the others held.

For programs too large to be chosen among at once. It proves nothing; it finds better choices.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.program import Columns, Ints

_LET_GO = 90
"""Groups that are let go at a time."""

_PATIENCE = 15
"""Neighborhoods in a row without any gain after which it is enough."""

_SHARED = 3
"""A row that more groups use says nothing about who stands in whose way."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The best choice so far, its cost, and by how much each group's column is dearer than
    the group's cheapest at the best prices."""

    best: Columns
    cost: int
    regret: Ints


def neighborhoods(
    seed: int, columns: Columns, standing: Callable[[], Standing]
) -> Iterator[Columns]:
    """Columns of the groups around one that could do better; each time the standing is asked
    for again, since the last neighborhood may have changed it."""
    dice = np.random.default_rng(seed)
    columns = columns.take(np.argsort(columns.group, kind="stable"))
    idle = 0
    while idle < _PATIENCE:
        now = standing()
        weight = np.maximum(0, now.regret).astype(np.float64)
        if not weight.any():
            return
        center = int(dice.choice(len(weight), p=weight / weight.sum()))
        free = _around(center, columns, now.best)
        yield columns.take(np.flatnonzero(np.isin(columns.group, free)))
        idle = 0 if standing().cost < now.cost else idle + 1


def _around(center: int, columns: Columns, best: Columns) -> list[int]:
    """Groups that hold what the group's columns want, those that hold what theirs want, and
    so on, until there are enough."""
    holders = _holders(best)
    first = np.searchsorted(columns.group, np.arange(len(best) + 1))
    found = {center: None}
    queue = deque([center])
    while queue and len(found) < _LET_GO:
        group = queue.popleft()
        mine = slice(columns.start[first[group]], columns.start[first[group + 1]])
        for row in np.unique(columns.row[mine]).tolist():
            for holder in holders.get(row, ()):
                if holder not in found and len(found) < _LET_GO:
                    found[holder] = None
                    queue.append(holder)
    return list(found)


def _holders(best: Columns) -> dict[int, list[int]]:
    """Row -> the groups whose chosen column uses it, for rows that few use."""
    groups = np.repeat(best.group, np.diff(best.start))
    found: dict[int, list[int]] = {}
    for row, group in zip(best.row.tolist(), groups.tolist(), strict=True):
        found.setdefault(row, []).append(group)
    return {row: mine for row, mine in found.items() if len(mine) <= _SHARED}
