"""A shape in the making: what each rule of the ward asks, in days, nurses and kinds of duty.

A kind of the shape is a kind of duty in a zone, so that nobody crosses zones within a duty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from domain.calendar import DAY
from domain.nurse_roster import Duty, NurseNeed, NurseRoster
from domain.nurse_terms import STEP_MINUTES, DutyKind
from domain.ward import PAST_DAYS, Ward
from scheduler.roster.shape import (
    OFF,
    Cell,
    Cover,
    Kind,
    Person,
    Rest,
    Roster,
    Run,
    Shape,
    Sum,
    Weekends,
    Wish,
)


@dataclass(frozen=True, slots=True)
class Post:
    """A kind of duty in a zone; in none, away from the patients."""

    kind: DutyKind
    zone: str


@dataclass(slots=True)
class _Asked:
    """What rules ask of one nurse."""

    sums: list[Sum] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    weekends: list[Weekends] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    barred: set[Cell] = field(default_factory=set)


class Draft:
    """What rules write into. Posts are numbered from 1, 0 is the day off; working time is in
    half hours, so that prices are by the half hour."""

    def __init__(self, ward: Ward) -> None:
        self.ward = ward
        self.nurses = tuple(ward.nurse)
        self.posts = tuple(_posts(ward))
        self.asked = {nurse: _Asked() for nurse in self.nurses}
        self.covers: list[Cover] = []
        self.barred: set[tuple[int, int]] = set()

    @cached_property
    def day(self) -> dict[date, int]:
        """Days by date."""
        return {day: at for at, day in enumerate(self.ward.days)}

    @cached_property
    def place(self) -> dict[str, int]:
        """Nurses by code."""
        return {nurse: at for at, nurse in enumerate(self.nurses)}

    @cached_property
    def working(self) -> frozenset[int]:
        """Every post."""
        return frozenset(range(1, len(self.posts) + 1))

    def where(self, test: Callable[[Post], bool]) -> frozenset[int]:
        """The posts that pass."""
        return frozenset(at for at, post in enumerate(self.posts, 1) if test(post))

    def bar(self, nurse: str, days: Iterable[date], posts: Iterable[int]) -> None:
        """The nurse cannot have these posts on these days."""
        listed = tuple(posts)
        self.asked[nurse].barred |= {(self.day[day], at) for day in days for at in listed}

    def meets(self, need: NurseNeed) -> frozenset[int]:
        """The posts in which a nurse counts for a need."""
        return self.where(
            lambda post: self.ward.covers(post.kind, need.turn) and need.zone in ("", post.zone)
        )

    def shape(self, start: NurseRoster | None = None, change: int = 0) -> Shape:
        """The whole question; with a start, every cell that differs from it costs `change`."""
        kinds = (Kind("-", 0), *(_kind(post) for post in self.posts))
        return Shape(
            len(self.ward.days),
            kinds,
            tuple(self._person(nurse) for nurse in self.nurses),
            tuple(self.covers),
            frozenset(self.barred),
            tuple(frozenset(self.day[day] for day in pair) for pair in self.ward.weekends),
            None if start is None else self.cells(start),
            change,
        )

    def _person(self, nurse: str) -> Person:
        asked = self.asked[nurse]
        return Person(
            nurse,
            tuple(asked.sums),
            tuple(asked.runs),
            tuple(asked.rests),
            tuple(asked.weekends),
            tuple(asked.wishes),
            frozenset(asked.barred),
            tuple(self._past(nurse)),
        )

    def _past(self, nurse: str) -> Iterator[int]:
        before = self.ward.before
        if before is None:
            return
        duties = {duty.day: duty for duty in self.ward.past(nurse)}
        first = self.ward.problem.first_day
        for ago in range(PAST_DAYS, 0, -1):
            day = first - ago * DAY
            if before.first_day <= day < before.end_day:
                yield self.number(duties.get(day))

    # --- and back ---------------------------------------------------------------------------

    def number(self, duty: Duty | None) -> int:
        """The post of a duty, in another zone if there is none in its own; a mark that the
        center no longer has counts as a day off."""
        if duty is None:
            return OFF
        same = [at for at, post in enumerate(self.posts, 1) if post.kind.code == duty.kind]
        exact = [at for at in same if self.posts[at - 1].zone == duty.zone]
        return next(iter((*exact, *same)), OFF)

    def cells(self, roster: NurseRoster) -> Roster:
        """A roster as numbers."""
        return tuple(
            tuple(self.number(roster.duty(nurse, day)) for day in self.ward.days)
            for nurse in self.nurses
        )

    def duties(self, cells: Roster) -> Iterator[Duty]:
        """Numbers as duties."""
        for nurse, row in zip(self.nurses, cells, strict=True):
            for day, at in zip(self.ward.days, row, strict=True):
                if at != OFF:
                    yield Duty(day, nurse, self.posts[at - 1].kind.code, self.posts[at - 1].zone)


def steps(minutes: int) -> int:
    """Minutes in half hours, rounded."""
    return round(minutes / STEP_MINUTES)


def _posts(ward: Ward) -> Iterator[Post]:
    for kind in ward.kinds:
        if kind.shifts:
            yield from (Post(kind, zone.code) for zone in ward.problem.register.zones)
        else:
            yield Post(kind, "")


def _kind(post: Post) -> Kind:
    return Kind(post.kind.code + post.zone, steps(post.kind.minutes))
