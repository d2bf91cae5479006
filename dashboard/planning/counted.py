"""A center's weeks before any plan: what is wanted, what is possible, what clashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from dashboard.planning.asked import Weeks, read_weeks
from domain.problem import Problem
from domain.shortage import Capacity, Clash, Tally
from domain.words import Words, words
from scheduler.capacity import capacity
from scheduler.capacity_words import part_words
from scheduler.clashes import clashes


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything that is known before a search."""

    weeks: Weeks
    capacity: Capacity
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the arithmetic. `most` is missing where every session has just one such
    part; `full` is how much of the possible is wanted, as a share of 1 or more."""

    name: Words
    wanted: int
    most: int | None
    stations: int
    held: int
    unstaffed: int
    possible: int
    short: int

    @property
    def full(self) -> float:
        """Share of the seats that is wanted here and nowhere else."""
        if self.possible:
            return self.wanted / self.possible
        return 1.0 if self.wanted else 0.0


@dataclass(frozen=True, slots=True)
class Ledge:
    """One way to cut the horizon into parts."""

    name: str
    title: Words
    parts: tuple[Part, ...]


def count(
    session: Session, center: str, first_day: date, weeks: int, history_weeks: int, now: datetime
) -> Counted:
    """Reads and counts. Raises DatabaseRefusal as `load_problem` does."""
    found = read_weeks(session, center, first_day, weeks, history_weeks, now)
    return Counted(found, capacity(found.problem), clashes(found.problem))


def ledges(problem: Problem, found: Capacity) -> tuple[Ledge, ...]:
    """Zones and kinds of treatment, of which every session has one; then shifts and days,
    between which most sessions can choose."""
    cuts = (
        ("weeks", words("Weeks"), found.weeks if len(found.weeks) > 1 else (), True),
        ("zones", words("Zones"), found.zones, True),
        ("modalities", words("Treatments"), found.modalities, True),
        ("shifts", words("Shifts"), found.shifts, False),
        ("days", words("Days"), found.days, False),
    )
    return tuple(
        Ledge(name, title, tuple(_parts(problem, tallies, fixed=fixed)))
        for name, title, tallies, fixed in cuts
        if tallies
    )


def _parts(problem: Problem, tallies: Sequence[Tally], *, fixed: bool) -> Iterator[Part]:
    for one in tallies:
        yield Part(
            part_words(problem, one),
            one.wanted,
            None if fixed else one.most,
            one.stations,
            one.held,
            one.unstaffed,
            one.possible,
            one.short,
        )
