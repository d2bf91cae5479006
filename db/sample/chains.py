"""Standing weeks that fit together: rows of the seat plan, filled without a gap or a clash.

A row is one station in one shift over the fortnight. Whole rows are filled with templates of
habits that complement each other, so a legal week exists at any size, in linear time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.sample.spec import Demand, Rhythm


@dataclass(frozen=True, slots=True)
class Row:
    """A station in a shift, on the weekdays on which somebody may sit there."""

    station: str
    shift: str
    weekdays: frozenset[int]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a patient sits on a weekday of an odd or even week."""

    weekday: int
    shift: str
    station: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One patient's standing fortnight."""

    zone: str
    rhythm: Rhythm
    odd: tuple[Seat, ...]
    even: tuple[Seat, ...]

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Both weeks, the odd one first."""
        return self.odd + self.even

    @property
    def weekdays(self) -> frozenset[int]:
        """Weekdays used in either week."""
        return frozenset(seat.weekday for seat in self.seats)


@dataclass(frozen=True, slots=True)
class Habit:
    """Weekdays of the odd and of the even week."""

    odd: tuple[int, ...]
    even: tuple[int, ...]

    @property
    def weekdays(self) -> frozenset[int]:
        """Weekdays used in either week."""
        return frozenset(self.odd + self.even)


def _every(*weekdays: int) -> Habit:
    return Habit(weekdays, weekdays)


_MWF, _TTS = _every(1, 3, 5), _every(2, 4, 6)
_LONG, _SHORT = (1, 4, 6), (2, 5)
_ALTERNATE = Habit((1, 3, 5, 7), (2, 4, 6)), Habit((2, 4, 6), (1, 3, 5, 7))

TEMPLATES: dict[Rhythm, tuple[tuple[Habit, ...], ...]] = {
    Rhythm.ALTERNATE: (_ALTERNATE, _ALTERNATE[:1]),
    Rhythm.FIVE: (
        (Habit(_LONG, _SHORT), Habit(_SHORT, _LONG)),
        (Habit(_LONG, _SHORT),),
    ),
    Rhythm.TWO: (
        (_every(1, 4), _every(2, 5), _every(3, 6)),
        (_every(1, 4), _every(2, 5)),
        (_every(2, 5),),
        (_every(1, 4),),
    ),
    Rhythm.THREE: ((_MWF, _TTS), (_MWF,), (_TTS,), (_every(1, 3, 6),), (_every(1, 4, 6),)),
}
"""By rhythm, what may share a row, the fullest first. Gaps: every other day 2 days; five a
fortnight 2 and 3 (Monday, Thursday, Saturday, then Tuesday, Friday); two a week 3 and 4;
three a week 2 and 3; all of them across the week border too."""


def pack(zone: str, rows: Iterable[Row], demand: Demand) -> list[Chain]:
    """Chains for as many of the zone's patients as the rows hold, the rare rhythms first."""
    free = list(rows)
    chains: list[Chain] = []
    for rhythm in Rhythm:
        left = demand.of(rhythm)
        rest: list[Row] = []
        for row in free:
            habits = _fullest(TEMPLATES[rhythm], row.weekdays, left)
            chains += [_chain(zone, rhythm, row, habit) for habit in habits]
            left -= len(habits)
            if not habits:
                rest.append(row)
        free = rest
    return chains


def _fullest(
    templates: Sequence[tuple[Habit, ...]], weekdays: frozenset[int], left: int
) -> tuple[Habit, ...]:
    for template in templates:
        used = frozenset[int]().union(*(habit.weekdays for habit in template))
        if len(template) <= left and used <= weekdays:
            return template
    return ()


def _chain(zone: str, rhythm: Rhythm, row: Row, habit: Habit) -> Chain:
    def seats(weekdays: tuple[int, ...]) -> tuple[Seat, ...]:
        return tuple(Seat(weekday, row.shift, row.station) for weekday in weekdays)

    return Chain(zone, rhythm, seats(habit.odd), seats(habit.even))


def crossed(chains: Sequence[Chain], first: str, second: str, pairs: int) -> list[Chain]:
    """The chains with the even weeks of some pairs exchanged: two people with the same days
    at one station in two shifts then change shifts every week, as rotating work asks."""
    found = list(chains)
    place = {(c.odd[0].station, c.odd[0].shift, c.odd[0].weekday): i for i, c in enumerate(found)}
    for (station, shift, weekday), index in place.items():
        other = place.get((station, second, weekday))
        if pairs and shift == first and other is not None and _alike(found[index], found[other]):
            one, two = found[index], found[other]
            found[index] = Chain(one.zone, one.rhythm, one.odd, two.even)
            found[other] = Chain(two.zone, two.rhythm, two.odd, one.even)
            pairs -= 1
    return found


def _alike(one: Chain, two: Chain) -> bool:
    return one.rhythm is two.rhythm is Rhythm.THREE and one.weekdays == two.weekdays
