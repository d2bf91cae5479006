"""The nurses' roster: who works when, what plans ask of it, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from domain.calendar import Turn, days_from
from domain.nurse_terms import NurseBurden, NurseDayKind
from domain.words import Words

_Key = TypeVar("_Key", str, date)

# --- what a plan asks -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class NurseNeed:
    """Nurses wanted in a turn: in a zone, or anywhere in it (`zone` empty); with a skill, or
    any (`skill` empty). `aim` is what the ward would like; `patients` are those who sit there.
    `assumed` is the day of the plan that it was taken from, where the turn has no plan yet."""

    turn: Turn
    zone: str
    skill: str
    nurses: int
    aim: int
    patients: int
    assumed: date | None = None


# --- the roster -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Duty:
    """One nurse on one day. `zone` is empty for a duty away from the patients; `until` is an
    end that is earlier than the kind's own."""

    day: date
    nurse: str
    kind: str
    zone: str = ""
    lead: bool = False
    until: time | None = None


@dataclass(frozen=True, slots=True, order=True)
class AwayDay:
    """A nurse away on a day, as the roster was made."""

    day: date
    nurse: str
    kind: NurseDayKind


@dataclass(frozen=True)
class NurseRoster:
    """Who works when, from a Monday on; sorted, so equal rosters are equal values."""

    first_day: date
    weeks: int
    duties: tuple[Duty, ...]
    away: tuple[AwayDay, ...] = ()

    @staticmethod
    def of(
        first_day: date, weeks: int, duties: Iterable[Duty], away: Iterable[AwayDay] = ()
    ) -> NurseRoster:
        """A roster from rows in any order."""
        rows = sorted(duties, key=lambda one: (one.day, one.nurse, one.kind, one.zone))
        return NurseRoster(first_day, weeks, tuple(rows), tuple(sorted(away)))

    @property
    def end_day(self) -> date:
        """The Monday after it."""
        return self.first_day + timedelta(weeks=self.weeks)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(days_from(self.first_day, 7 * self.weeks))

    @cached_property
    def by_nurse(self) -> Mapping[str, tuple[Duty, ...]]:
        """Each nurse's duties by day."""
        return MappingProxyType(_grouped((duty.nurse, duty) for duty in self.duties))

    @cached_property
    def by_day(self) -> Mapping[date, tuple[Duty, ...]]:
        """Everybody's duties of a day."""
        return MappingProxyType(_grouped((duty.day, duty) for duty in self.duties))

    @cached_property
    def away_on(self) -> Mapping[tuple[str, date], NurseDayKind]:
        """Why a nurse is away on a day."""
        return MappingProxyType({(one.nurse, one.day): one.kind for one in self.away})

    def duty(self, nurse: str, day: date) -> Duty | None:
        """The nurse's duty on a day; `None` on a day off."""
        return next((one for one in self.by_nurse.get(nurse, ()) if one.day == day), None)


def _grouped(pairs: Iterable[tuple[_Key, Duty]]) -> dict[_Key, tuple[Duty, ...]]:
    found: dict[_Key, list[Duty]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


# --- what is said of it -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NurseFinding:
    """A witness against a roster. `cost` is 0 for a hard rule, else weighed."""

    rule: str
    words: Words
    cost: int = 0
    nurse: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class NurseGap:
    """Nurses whom a roster does not have: so many `there` of those wanted. `over` are the
    patients more than those there may care for."""

    need: NurseNeed
    there: int
    over: int
    cost: int
    words: Words

    @property
    def missing(self) -> int:
        """How many nurses are missing."""
        return self.need.nurses - self.there


class DutyChangeKind(StrEnum):
    """How one day of one nurse differs between two rosters."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A nurse's day that differs between two rosters."""

    nurse: str
    day: date
    before: Duty | None
    after: Duty | None

    @property
    def kind(self) -> DutyChangeKind:
        """What became of the day."""
        if self.before is None:
            return DutyChangeKind.ADDED
        return DutyChangeKind.REMOVED if self.after is None else DutyChangeKind.MOVED


@dataclass(frozen=True, slots=True)
class NurseAccount:
    """A nurse's row of the fairness ledger: minutes worked and due in the roster, minutes of
    rest owed before and after it, nights, late duties, weekends and leads with what was
    brought along."""

    nurse: str
    worked: int
    due: int
    owed_before: int
    owed_after: int
    nights: int
    late: int
    weekends: int
    leads: int
    brought: Mapping[NurseBurden, int]
