"""Days, turns and intervals of the center's local calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


class Turn(NamedTuple):
    """One shift on one date. A night turn belongs to the day on which it starts."""

    day: date
    shift: str


class Interval(NamedTuple):
    """From `start` up to but not including `end`, local wall-clock time."""

    start: datetime
    end: datetime

    def overlaps(self, other: Interval) -> bool:
        """True if the two share at least one moment; touching ends do not."""
        return self.start < other.end and other.start < self.end

    def widened(self, before: int, after: int) -> Interval:
        """The interval with minutes added at both ends."""
        return Interval(self.start - timedelta(minutes=before), self.end + timedelta(minutes=after))

    @property
    def minutes(self) -> int:
        """Length in whole minutes."""
        return int((self.end - self.start).total_seconds()) // 60


class Parity(StrEnum):
    """Which weeks of the fortnight a row speaks of."""

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"

    def covers(self, week: Parity) -> bool:
        """True if a row with this parity holds in a week that is odd or even."""
        return self is Parity.EVERY or self is week


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days from `first` to `last`, both included; an open end is `None`."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@lru_cache(maxsize=4096)
def clock_interval(day: date, start: time, end: time) -> Interval:
    """The interval that starts on `day`; an end at or before the start is on the next day."""
    begin = datetime.combine(day, start)
    finish = datetime.combine(day, end)
    return Interval(begin, finish if finish > begin else finish + DAY)


def monday_of(day: date) -> date:
    """The Monday of the week that holds `day`."""
    return day - timedelta(days=day.weekday())


def days_from(first: date, count: int) -> Iterator[date]:
    """`count` days in a row."""
    return (first + timedelta(days=offset) for offset in range(count))


@lru_cache(maxsize=4096)
def week_parity(day: date, odd_monday: date) -> Parity:
    """Odd or even, counted from a Monday that the center declared to begin an odd week."""
    weeks = (monday_of(day) - odd_monday).days // 7
    return Parity.ODD if weeks % 2 == 0 else Parity.EVEN
