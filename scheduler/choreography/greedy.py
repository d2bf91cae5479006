"""Times as a nurse would set them: one after the other, each as early as the hands allow.

A start for the search, and what stands if it is stopped at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from scheduler.choreography.scene import Scene
from scheduler.choreography.strain import Strain, crowded

_ROUNDS = 3
"""In each, everybody looks for a better time once more."""


def first_times(scene: Scene) -> tuple[int, ...]:
    """Delays of the entries in their order: those told, then whatever strains least."""
    table = _Table(scene)
    for number in range(len(scene.entries)):
        table.seat(number)
    for _ in range(_ROUNDS):
        changed = sum(table.seat(number) for number in range(len(scene.entries)))
        if not changed:
            break
    return tuple(table.delays[number] for number in range(len(scene.entries)))


class _Table:
    """The delays so far. A class because it changes with every seat."""

    def __init__(self, scene: Scene) -> None:
        self.delays: dict[int, int] = {}
        self._scene = scene
        self._before = {one.then: (one.first, one.least) for one in scene.handovers}
        self._after = {one.first: (one.then, one.least) for one in scene.handovers}
        self._of_nurse: Mapping[int, list[int]] = _grouped(scene)

    def seat(self, number: int) -> bool:
        """Gives the entry the delay that strains least as things are; true if it changed."""
        entry, was = self._scene.entries[number], self.delays.get(number)
        others = self._others(number)
        best = min((self._strain(number, delay, others), delay) for delay in entry.delays)[1]
        self.delays[number] = best
        return best != was

    def _others(self, number: int) -> list[int]:
        """When the nurse has other tasks."""
        mine = self._of_nurse[self._scene.entries[number].nurse]
        return [at for other in mine if other != number and other in self.delays
                for at in self._tasks(other, self.delays[other])]  # fmt: skip

    def _tasks(self, number: int, delay: int) -> tuple[int, int]:
        entry = self._scene.entries[number]
        begin = entry.start + delay
        return begin, begin + entry.minutes

    def _strain(self, number: int, delay: int, others: list[int]) -> Strain:
        entry = self._scene.entries[number]
        tasks = [*others, *self._tasks(number, delay)]
        return Strain(
            late=sum(self._late(number, delay)),
            retold=int(entry.told not in {None, delay}),
            crowded=crowded(tasks, self._scene.apart),
            waited=delay,
        )

    def _late(self, number: int, delay: int) -> Iterator[bool]:
        """Whether the station is late for this entry, and because of it for the next."""
        begin = self._scene.entries[number].start + delay
        for link, side in ((self._before.get(number), -1), (self._after.get(number), 1)):
            if link is None or link[0] not in self.delays:
                continue
            other = self._scene.entries[link[0]].start + self.delays[link[0]]
            yield (other - begin) * side < link[1]


def _grouped(scene: Scene) -> Mapping[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, entry in enumerate(scene.entries):
        found[entry.nurse].append(number)
    return found
