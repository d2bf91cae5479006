"""Planning as it is done on paper: last week copied, then the others where there is room.

It gives the search a legal plan within milliseconds, and the benchmarks their baseline.
"""

from __future__ import annotations

import numpy as np

from scheduler.program import Ints
from scheduler.timetable import Timetable


def greedy(timetable: Timetable, known: frozenset[str]) -> Ints:
    """Column numbers of a legal choice, one for each group.

    The `known`, who were here last week, come first. Everybody takes the cheapest week,
    tier by tier, that still has room; rows that may be exceeded at a price are not looked at.
    """
    room = timetable.limit.copy()
    room[timetable.overflow_row] = np.iinfo(np.int64).max // 2
    order = sorted(
        range(len(timetable.weeks)), key=lambda g: (timetable.weeks[g].patient not in known, g)
    )
    chosen = timetable.first[:-1].copy()
    for group in order:
        chosen[group] = column = _best(timetable, group, room)
        entries = slice(timetable.columns.start[column], timetable.columns.start[column + 1])
        np.subtract.at(room, timetable.columns.row[entries], timetable.columns.value[entries])
    return chosen


def _best(timetable: Timetable, group: int, room: Ints) -> int:
    """The cheapest column of the group with room in all its rows; at worst the unplaced."""
    first, last = int(timetable.first[group]), int(timetable.first[group + 1])
    cost = timetable.tier_cost[first:last]
    columns = timetable.columns
    for offset in np.lexsort(cost.T[::-1]):
        entries = slice(columns.start[first + offset], columns.start[first + offset + 1])
        if bool((room[columns.row[entries]] >= columns.value[entries]).all()):
            return first + int(offset)
    return first
