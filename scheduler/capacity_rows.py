"""Which sets of patients are too many for a turn: capacity without deciding any station.

By the theorem of Rado and Hall everybody in a turn can be seated if and only if, for each set
of stations, no more patients depend on it than it can hold. Within a zone only unions of
overlapping station sets that patients actually have can bind, and mostly there are two: all
stations, and those that can do HDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.calendar import Turn
from scheduler.model import Model


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """At most `limit` patients whose stations all lie in `seats` sit in the zone and turn."""

    zone: str
    turn: Turn
    seats: int
    limit: int


def capacity_rows(
    model: Model, zone: str, turn: Turn, seat_sets: Iterable[int]
) -> Iterator[CapacityRow]:
    """The rows that can bind, given the station set of each patient who could sit there."""
    sets = list(seat_sets)
    distinct = frozenset(sets)
    everything = _union(distinct)
    cap = model.zone_limits.get((zone, turn), len(sets))
    total = min(cap, everything.bit_count() if model.one_per_station else len(sets))
    if total < len(sets):
        yield CapacityRow(zone, turn, everything, max(0, total))
    if not model.one_per_station:
        return
    for seats in sorted(_connected_unions(distinct)):
        size = seats.bit_count()
        dependent = sum(1 for one in sets if one | seats == seats)
        if seats != everything and size < min(total, dependent):
            yield CapacityRow(zone, turn, seats, size)


def _union(sets: Iterable[int]) -> int:
    total = 0
    for seats in sets:
        total |= seats
    return total


def _connected_unions(distinct: frozenset[int]) -> frozenset[int]:
    """All unions of sets that hang together by overlapping; disjoint ones add nothing."""
    found = set(distinct)
    fresh = set(distinct)
    while fresh:
        grown = {one | other for one in fresh for other in distinct if one & other} - found
        found |= grown
        fresh = grown
    return frozenset(found)
