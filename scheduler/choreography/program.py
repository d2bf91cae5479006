"""A scene as rows of yes and no: which entry begins by how much later.

A task holds its nurse for `apart` minutes; minutes in which several tasks hold one nurse are, all
together, the minutes by which tasks begin too soon after each other. So every stretch of a
nurse's day in which the same choices hold the nurse is one row, weighed with its minutes, and the
relaxation is nearly whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import gcd

from scheduler.choreography.scene import Handover, Scene

Choices = tuple[int, ...]
"""Numbers of choices; a number stands twice if both tasks of a session are meant."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Of these choices one may be taken; each more costs so many minutes, `most` at worst."""

    choices: Choices
    minutes: int
    most: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Of these choices one may be taken, or the handover of that number comes too late."""

    choices: Choices
    handover: int


@dataclass(frozen=True, slots=True)
class Program:
    """Each choice is an entry with a delay, an entry's choices side by side; `first` is where
    an entry's choices begin, with the end after the last."""

    choices: tuple[tuple[int, int], ...]
    first: tuple[int, ...]
    crowds: tuple[Crowd, ...]
    bars: tuple[Bar, ...]

    def of(self, entry: int) -> range:
        """The entry's choices."""
        return range(self.first[entry], self.first[entry + 1])


def program(scene: Scene) -> Program:
    """The rows of a scene."""
    choices = tuple(
        (number, delay) for number, entry in enumerate(scene.entries) for delay in entry.delays
    )
    first = (0, *accumulate(len(entry.delays) for entry in scene.entries))
    bare = Program(choices, first, (), ())
    bars = (
        bar
        for number, handover in enumerate(scene.handovers)
        for bar in _bars(scene, bare, number, handover)
    )
    return Program(choices, first, tuple(_crowds(scene, bare)), tuple(bars))


def _bars(scene: Scene, rows: Program, number: int, handover: Handover) -> Iterator[Bar]:
    """Beginning so late or later, and the next patient beginning before the station is ready."""
    entry, other = scene.entries[handover.first], scene.entries[handover.then]
    for choice in rows.of(handover.first):
        ready = entry.start + rows.choices[choice][1] + handover.least
        early = tuple(
            one for one in rows.of(handover.then) if other.start + rows.choices[one][1] < ready
        )
        if early:
            late = range(choice, rows.first[handover.first + 1])
            yield Bar((*late, *early), number)


def _crowds(scene: Scene, rows: Program) -> Iterator[Crowd]:
    """Rows of the stretches in which several tasks may hold a nurse."""
    unit = _unit(scene)
    for nurse in sorted({entry.nurse for entry in scene.entries}):
        held: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for choice, (number, delay) in enumerate(rows.choices):
            entry = scene.entries[number]
            if entry.nurse != nurse:
                continue
            begin = entry.start + delay
            for task, at in enumerate((begin, begin + entry.minutes)):
                for stretch in range(at // unit, (at + scene.apart) // unit):
                    held[stretch].append((choice, task))
        yield from _merged(rows, held.values(), unit)


def _merged(
    rows: Program, stretches: Iterable[list[tuple[int, int]]], unit: int
) -> Iterator[Crowd]:
    minutes: Counter[tuple[Choices, int]] = Counter()
    for there in stretches:
        tasks = {(rows.choices[choice][0], task) for choice, task in there}
        minutes[tuple(sorted(choice for choice, _ in there)), len(tasks)] += unit
    for (choices, tasks_there), many in minutes.items():
        if tasks_there > 1:
            yield Crowd(choices, many, tasks_there - 1)


def _unit(scene: Scene) -> int:
    """The longest step on which every task can begin and end."""
    times = [scene.apart]
    for entry in scene.entries:
        times += [entry.minutes, *(entry.start + delay for delay in entry.delays)]
    return gcd(*times)
