"""What times cost, counted from the times alone: the yardstick of search and tests alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from scheduler.choreography.scene import Scene


class Strain(NamedTuple):
    """What stands first is settled first. `late`: stations that are not ready for their next
    patient. `retold`: people who are told another time than before. `crowded`: minutes by which
    tasks of one nurse begin too soon after each other. `waited`: minutes by which sessions begin
    later than their shifts."""

    late: int
    retold: int
    crowded: int
    waited: int


NO_STRAIN = Strain(0, 0, 0, 0)


def strain(scene: Scene, delays: Sequence[int]) -> Strain:
    """What these delays of the scene's entries, in their order, come to."""
    begins = [entry.start + delay for entry, delay in zip(scene.entries, delays, strict=True)]
    tasks: defaultdict[int, list[int]] = defaultdict(list)
    for entry, begin in zip(scene.entries, begins, strict=True):
        tasks[entry.nurse] += [begin, begin + entry.minutes]
    return Strain(
        late=sum(begins[one.then] < begins[one.first] + one.least for one in scene.handovers),
        retold=sum(
            entry.told is not None and entry.told != delay
            for entry, delay in zip(scene.entries, delays, strict=True)
        ),
        crowded=sum(crowded(times, scene.apart) for times in tasks.values()),
        waited=sum(delays),
    )


def crowded(times: Iterable[int], apart: int) -> int:
    """Minutes by which the tasks that begin at these times begin too soon after each other."""
    return sum(max(0, apart - (then - first)) for first, then in pairwise(sorted(times)))


def total(parts: Iterable[Strain]) -> Strain:
    """All of them together."""
    return Strain(*map(sum, zip(NO_STRAIN, *parts, strict=True)))
