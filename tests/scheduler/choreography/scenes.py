"""Tiny scenes for tests, said in few words, and every choice of times by brute force."""

from __future__ import annotations

from datetime import date
from itertools import product
from random import Random

from domain.plan import Assignment
from scheduler.choreography.entry import Entry
from scheduler.choreography.scene import Handover, Scene
from scheduler.choreography.strain import Strain, strain

DAY = date(2026, 3, 2)


def entry(
    number: int,
    start: int = 480,
    minutes: int = 240,
    delays: tuple[int, ...] = (0, 5, 10, 15, 20),
    nurse: int = 1,
    told: int | None = None,
) -> Entry:
    """Somebody from eight to twelve."""
    row = Assignment(DAY, "am", f"A{number}", f"P{number}")
    return Entry(row, start, minutes, delays, nurse, told)


def scene(*entries: Entry, handovers: tuple[Handover, ...] = (), apart: int = 10) -> Scene:
    """These entries."""
    return Scene(entries, handovers, apart)


def drawn(seed: int) -> Scene:
    """A small scene: three to five entries of two nurses, in one shift or two."""
    dice = Random(seed)
    entries = [
        entry(
            number,
            start=480 + 30 * dice.choice((0, 0, 1)),
            minutes=dice.choice((60, 60, 65, 70)),
            delays=tuple(sorted({0, *dice.sample((5, 10, 15, 20, 30), 3)})),
            nurse=dice.choice((1, 1, 2)),
        )
        for number in range(dice.randint(2, 3))
    ]
    later = [
        entry(
            number,
            start=570,
            minutes=60,
            delays=tuple(sorted({0, *dice.sample((5, 10, 15, 25), 3)})),
            nurse=dice.choice((1, 2)),
            told=dice.choice((None, 0)),
        )
        for number in range(dice.randint(1, 2))
    ]
    links = tuple(
        Handover(first, len(entries) + first, dice.choice((80, 90, 100)))
        for first in range(min(len(entries), len(later)))
    )
    return Scene((*entries, *later), links, dice.choice((5, 10, 15)))


def best(one: Scene) -> Strain:
    """The least strain of all choices."""
    return min(strain(one, choice) for choice in product(*(e.delays for e in one.entries)))
