"""A synthetic ward's four weeks: nurses alike but for wishes, leave and who can lead a shift.

Four duties a day (the night takes ten hours), Sundays closed but for a small crew, rest after
nights, at least 11 h between duties, and fairness: everybody's nights, evenings and weekends as
near the share as can be.
"""

from __future__ import annotations

from random import Random

from scheduler.roster.shape import (
    OFF,
    Cover,
    Kind,
    Person,
    Rest,
    Run,
    Shape,
    Sum,
    Weekends,
    Wish,
)

M, A, E, N = 1, 2, 3, 4
_KINDS = (Kind("-", 0), Kind("M", 480), Kind("A", 480), Kind("E", 480), Kind("N", 600))
_DAY, _SUNDAY = (8, 8, 8, 6), (2, 2, 2, 2)
"""How many of 40 nurses a day needs."""

_MISSING, _SURPLUS, _NO_LEAD = 100, 2, 60
_UNFAIR = 4
"""Cost units of one person missing, one too many, no lead, and a duty off the share."""


def ward(nurses: int, weeks: int, seed: int) -> Shape:
    """The shape; the same for the same seed."""
    dice = Random(seed)
    days = 7 * weeks
    covers = [
        Cover(day, frozenset({kind}), need, _MISSING, _SURPLUS)
        for day in range(days)
        for kind, need in zip((M, A, E, N), _needs(nurses, day), strict=True)
    ]
    leads = frozenset(range(0, nurses, 3))
    covers += [
        Cover(day, frozenset({kind}), 1, _NO_LEAD, people=leads)
        for day in range(days)
        for kind in (M, A, E, N)
    ]
    nights, evenings = (
        sum(c.need for c in covers if kind in c.kinds and c.people is None) // nurses
        for kind in (N, E)
    )
    people = tuple(_nurse(f"N{n:02}", days, nights, evenings, dice) for n in range(nurses))
    weekends = tuple(frozenset({7 * week + 5, 7 * week + 6}) for week in range(weeks))
    barred = frozenset({(E, M), (N, M), (N, A), (N, E)})
    return Shape(days, _KINDS, people, tuple(covers), barred, weekends)


def _needs(nurses: int, day: int) -> list[int]:
    each = _SUNDAY if day % 7 == 6 else _DAY
    return [max(1, nurses * need // 40) for need in each]


def _nurse(name: str, days: int, nights: int, evenings: int, dice: Random) -> Person:
    work = frozenset({M, A, E, N})
    leave = dice.randrange(days - 3)
    off = range(leave, leave + 3) if dice.random() < 0.2 else ()
    return Person(
        name,
        sums=(
            Sum(work, 480 * (days * 4 // 7), 480 * (days * 11 // 14), minutes=True),
            Sum(frozenset({N}), nights, nights + 1, under=_UNFAIR, over=_UNFAIR),
            Sum(frozenset({E}), evenings - 1, evenings + 1, under=_UNFAIR, over=_UNFAIR),
        ),
        runs=(Run(work, 1, 6), Run(frozenset({N}), 1, 3)),
        rests=(Rest(frozenset({N}), 1),),
        weekends=(Weekends(work, days * 3 // 28, over=_UNFAIR),),
        wishes=tuple(_wish(days, dice) for _ in range(6)),
        barred=frozenset((day, kind) for day in off for kind in work),
    )


def _wish(days: int, dice: Random) -> Wish:
    kind = dice.choice((OFF, OFF, M, A, E, N))
    return Wish(dice.randrange(days), frozenset({kind}), dice.randint(1, 3), dice.random() < 0.7)
