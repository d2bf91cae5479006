"""Patients who cannot begin later are dealt out among the nurses of their turn.

Neighbors share a nurse; but two who both must be connected with the shift's begin, because work
waits for them or for the next patient of their station, would want the same hands. One of them
changes with the nearest patient of another nurse who can wait.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from domain.calendar import Turn
from domain.crews import natural
from scheduler.choreography.entry import Entry


def dealt(entries: Sequence[Entry], hurried: Collection[int]) -> list[Entry]:
    """The entries of a zone's day in their order, some with another nurse; each nurse has as
    many as before. `hurried` are the positions of those who cannot begin later."""
    turns: defaultdict[Turn, list[int]] = defaultdict(list)
    for position in sorted(range(len(entries)), key=lambda one: natural(entries[one].row.station)):
        turns[entries[position].row.turn].append(position)
    found = list(entries)
    for positions in turns.values():
        _deal(found, positions, hurried)
    return found


def _deal(entries: list[Entry], positions: list[int], hurried: Collection[int]) -> None:
    """Exchanges within a turn, until the hurried are as evenly dealt as can be."""
    while pair := min(_exchanges(entries, positions, hurried), default=None):
        _, one, other = pair
        mine, theirs = entries[one].nurse, entries[other].nurse
        entries[one] = replace(entries[one], nurse=theirs)
        entries[other] = replace(entries[other], nurse=mine)


def _exchanges(
    entries: Sequence[Entry], positions: list[int], hurried: Collection[int]
) -> Iterator[tuple[int, int, int]]:
    """How far from each other two sit whose exchange leaves the hurried more evenly dealt."""
    load = Counter({entries[one].nurse: 0 for one in positions})
    load.update(entries[one].nurse for one in positions if one in hurried)
    free = [(place, one) for place, one in enumerate(positions) if not entries[one].fixed]
    for place, one in free:
        if one not in hurried or load[entries[one].nurse] < 2:
            continue
        for far, other in free:
            if other not in hurried and load[entries[one].nurse] - load[entries[other].nurse] > 1:
                yield abs(place - far), one, other
