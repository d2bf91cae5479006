"""A rostering question, stripped to people, days and kinds of duty; no ward and no solver in it.

Every day each person has exactly one kind of duty; kind 0 is the day off. What a roster may not
do is hard; what it should not do has a whole price. Days, people and kinds are numbers from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

OFF = 0
"""The kind that every shape has first: a day off."""

Roster = tuple[tuple[int, ...], ...]
"""Person by person, day by day: the kind of duty."""

Cell = tuple[int, int]
"""A day and a kind of duty."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of duty: what it is called and how many minutes it counts."""

    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Sum:
    """How many days, or how many minutes, a person may have of some kinds within some days
    (`None`: all days).

    `under` and `over` are the prices of each missing or surplus day (or minute); without a
    price the limit is hard. A `least` or `most` of `None` is no limit. Fairness is a sum whose
    limits are the person's fair share.
    """

    kinds: frozenset[int]
    least: int | None = None
    most: int | None = None
    days: frozenset[int] | None = None
    minutes: bool = False
    under: int | None = None
    over: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """How many days in a row a person may have of some kinds; 0 among them stands for days
    off. A row that touches the end of the days, or the start with nothing known of the past,
    may be shorter than `least`."""

    kinds: frozenset[int]
    least: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """After a row of days of some kinds ends, so many days of the resting kinds."""

    kinds: frozenset[int]
    days: int
    resting: frozenset[int] = frozenset({OFF})


@dataclass(frozen=True, slots=True)
class Weekends:
    """In how many of the shape's weekends a person may have one of some kinds at all. `over`
    is the price of each weekend too many; without a price the limit is hard."""

    kinds: frozenset[int]
    most: int
    over: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A day on which a person wants (or, not `wanted`, wants none of) some kinds; `weight` is
    paid if it is not so."""

    day: int
    kinds: frozenset[int]
    weight: int
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's limits, wishes and past.

    `barred` are cells that cannot be; a fixed cell is one whose other kinds are barred. `past`
    are the kinds of the days just before the first one, oldest first; empty: nothing known.
    """

    name: str
    sums: tuple[Sum, ...] = ()
    runs: tuple[Run, ...] = ()
    rests: tuple[Rest, ...] = ()
    weekends: tuple[Weekends, ...] = ()
    wishes: tuple[Wish, ...] = ()
    barred: frozenset[Cell] = frozenset()
    past: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """How many of some people (`None`: of all) a day needs in some kinds; the price of each
    one missing and of each one more. Always priced, never hard: a gap is to be named."""

    day: int
    kinds: frozenset[int]
    need: int
    under: int
    over: int = 0
    people: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """The question. `kinds[0]` is the day off; `barred` are pairs of kinds of which the second
    may not come on the day after the first; `weekends` are the days of each weekend. With a
    `start`, every cell that differs from it costs `change` more."""

    days: int
    kinds: tuple[Kind, ...]
    people: tuple[Person, ...]
    covers: tuple[Cover, ...] = ()
    barred: frozenset[tuple[int, int]] = frozenset()
    weekends: tuple[frozenset[int], ...] = ()
    start: Roster | None = None
    change: int = 0

    @property
    def working(self) -> frozenset[int]:
        """Every kind but the day off."""
        return frozenset(range(1, len(self.kinds)))


def fixed(shape: Shape, day: int, kind: int) -> frozenset[Cell]:
    """What to bar so that a person has just this kind on the day."""
    return frozenset((day, other) for other in range(len(shape.kinds)) if other != kind)


def wishes_of(shape: Shape, person: int) -> Iterator[Wish]:
    """A person's wishes, those to keep the start roster's cells among them."""
    yield from shape.people[person].wishes
    if shape.start is not None and shape.change:
        for day, kind in enumerate(shape.start[person]):
            yield Wish(day, frozenset({kind}), shape.change)


def cell_costs(shape: Shape, person: int) -> list[list[int]]:
    """Day by day and kind by kind what wishes cost the person's cell."""
    costs = [[0] * len(shape.kinds) for _ in range(shape.days)]
    for wish in wishes_of(shape, person):
        for kind in range(len(shape.kinds)):
            if (kind in wish.kinds) != wish.wanted:
                costs[wish.day][kind] += wish.weight
    return costs
