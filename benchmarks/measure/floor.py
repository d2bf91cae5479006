"""A day on the floor, played with random durations: who waits for whose hands.

Nothing here knows how the times were found. A patient comes about when told, changes and is
weighed, waits for the own station and for the own nurse; a nurse does what is due longest first.
Durations are assumptions, stated below; both sides of a comparison get the same ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

Drawn = tuple[float, float, float, float]
"""Mean, spread, least and most."""


@dataclass(frozen=True, slots=True)
class Chances:
    """Minutes that are drawn: of a nurse's hands; of coming after the time told; from the door
    until a patient can be connected; and, as a mean, by which the pump's stops make a session
    longer than prescribed."""

    connect: Drawn = (12.0, 3.0, 6.0, 25.0)
    disconnect: Drawn = (8.0, 2.0, 4.0, 18.0)
    lateness: Drawn = (0.0, 8.0, -15.0, 40.0)
    changing: Drawn = (18.0, 4.0, 8.0, 40.0)
    stops: float = 4.0


USUAL = Chances()


@dataclass(frozen=True, slots=True)
class Visit:
    """A session of the plan, in minutes of its day: when its patient is told to come, when it
    is to begin, how long it lasts, and how long the station takes afterwards."""

    nurse: tuple[str, int]
    station: str
    come: float
    begin: float
    minutes: float
    turnover: float


@dataclass(frozen=True, slots=True)
class Work:
    """One task as it went: when it was due, begun and done."""

    nurse: tuple[str, int]
    due: float
    begun: float
    done: float


@dataclass(frozen=True, slots=True)
class Played:
    """A day as it went; `seat` are minutes from the door to the needle, one for each visit."""

    works: tuple[Work, ...]
    seat: tuple[float, ...]
    end: float


@dataclass(slots=True)
class _Day:
    visits: Sequence[Visit]
    due: list[tuple[float, int, bool]] = field(default_factory=list)
    free: defaultdict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))
    works: list[Work] = field(default_factory=list)
    seat: list[float] = field(default_factory=list)
    door: list[float] = field(default_factory=list)


def play(visits: Iterable[Visit], seed: str, chances: Chances = USUAL) -> Played:
    """The day of these visits. Patients and durations are drawn in the order of begins and
    stations, so that the same visit has the same luck whatever its times."""
    ordered = sorted(visits, key=lambda one: (one.station, one.begin))
    dice, day = Random(seed), _Day(ordered)
    luck = [_luck(dice, chances) for _ in ordered]
    follower = _followers(ordered)
    later = frozenset(follower.values())
    for number, visit in enumerate(ordered):
        day.door.append(visit.come + luck[number][0])
        if number not in later:
            _call(day, number, luck[number], ready=0.0)
    while day.due:
        due, number, connecting = heappop(day.due)
        done = _work(day, number, due, luck[number][2 if connecting else 4])
        if connecting:
            day.seat.append(day.works[-1].begun - day.door[number])
            heappush(day.due, (done + ordered[number].minutes + luck[number][3], number, False))
        elif number in follower:
            then = follower[number]
            _call(day, then, luck[then], ready=done + ordered[number].turnover)
    end = max((work.done for work in day.works), default=0.0)
    return Played(tuple(day.works), tuple(day.seat), end)


def peaks(works: Iterable[Work]) -> Mapping[tuple[str, int], int]:
    """The most tasks of each nurse that were due and not done at one moment."""
    changes: defaultdict[tuple[str, int], list[tuple[float, int]]] = defaultdict(list)
    for work in works:
        changes[work.nurse] += [(work.due, 1), (work.done, -1)]
    return {nurse: max(_running(sorted(mine))) for nurse, mine in changes.items()}


def _running(changes: Iterable[tuple[float, int]]) -> Iterator[int]:
    now = 0
    for _, change in changes:
        now += change
        yield now


def _luck(dice: Random, chances: Chances) -> tuple[float, float, float, float, float]:
    """Lateness, changing, connecting, stops and disconnecting of one visit."""
    return (
        _draw(dice, chances.lateness), _draw(dice, chances.changing),
        _draw(dice, chances.connect), dice.expovariate(1.0) * chances.stops,
        _draw(dice, chances.disconnect),
    )  # fmt: skip


def _draw(dice: Random, of: Drawn) -> float:
    mean, spread, least, most = of
    return min(most, max(least, dice.gauss(mean, spread)))


def _followers(visits: Sequence[Visit]) -> Mapping[int, int]:
    """The next visit at the same station."""
    return {
        number: number + 1
        for number, visit in enumerate(visits[:-1])
        if visits[number + 1].station == visit.station
    }


def _call(day: _Day, number: int, luck: tuple[float, ...], ready: float) -> None:
    """A visit can begin when it is to, its patient is, and its station is."""
    visit = day.visits[number]
    heappush(day.due, (max(visit.begin, day.door[number] + luck[1], ready), number, True))


def _work(day: _Day, number: int, due: float, minutes: float) -> float:
    nurse = day.visits[number].nurse
    begun = max(due, day.free[nurse])
    day.free[nurse] = begun + minutes
    day.works.append(Work(nurse, due, begun, begun + minutes))
    return begun + minutes
