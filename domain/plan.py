"""Patient in slot: the plan, what speaks against it, and how two plans differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from domain.calendar import Turn, monday_of
from domain.words import Words


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """A patient in a slot."""

    day: date
    shift: str
    station: str
    patient: str

    @property
    def turn(self) -> Turn:
        """Date and shift, without the station."""
        return Turn(self.day, self.shift)


@dataclass(frozen=True, slots=True, order=True)
class Lock:
    """A promise that planning must keep; without a station any legal one will do."""

    patient: str
    day: date
    shift: str
    station: str | None = None

    @property
    def turn(self) -> Turn:
        """Date and shift, without the station."""
        return Turn(self.day, self.shift)


@dataclass(frozen=True)
class Plan:
    """Who sits where and when, from a Monday on; sorted, so equal plans are equal values."""

    first_day: date
    weeks: int
    assignments: tuple[Assignment, ...]

    @staticmethod
    def of(first_day: date, weeks: int, assignments: Iterable[Assignment]) -> Plan:
        """A plan from assignments in any order."""
        return Plan(first_day, weeks, tuple(sorted(assignments)))

    @cached_property
    def by_patient(self) -> Mapping[str, tuple[Assignment, ...]]:
        """Each planned patient's assignments in order of date."""
        rows: dict[str, list[Assignment]] = {}
        for row in self.assignments:
            rows.setdefault(row.patient, []).append(row)
        return MappingProxyType({patient: tuple(mine) for patient, mine in rows.items()})

    @cached_property
    def by_week(self) -> Mapping[tuple[str, date], tuple[Assignment, ...]]:
        """Assignments by patient and the Monday of the week, in order of date."""
        rows: dict[tuple[str, date], list[Assignment]] = {}
        for row in self.assignments:
            rows.setdefault((row.patient, monday_of(row.day)), []).append(row)
        return MappingProxyType({key: tuple(mine) for key, mine in rows.items()})

    @cached_property
    def by_turn(self) -> Mapping[Turn, tuple[Assignment, ...]]:
        """Everybody who sits in a turn."""
        rows: dict[Turn, list[Assignment]] = {}
        for row in self.assignments:
            rows.setdefault(row.turn, []).append(row)
        return MappingProxyType({turn: tuple(there) for turn, there in rows.items()})


@dataclass(frozen=True, slots=True)
class Violation:
    """A witness against a plan. `cost` is 0 for a hard rule, else in the rule's own unit,
    before the center's weight."""

    rule: str
    words: Words
    cost: int = 0
    patient: str | None = None
    turn: Turn | None = None
    station: str | None = None


class ChangeKind(StrEnum):
    """How one session differs between two plans."""

    ADDED = "added"
    REMOVED = "removed"
    TURN = "moved"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class Change:
    """One session that differs between two plans."""

    kind: ChangeKind
    patient: str
    before: Assignment | None
    after: Assignment | None


class Status(StrEnum):
    """What a plan run can claim."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"


@dataclass(frozen=True, slots=True)
class Stage:
    """One tier of the timetable or of the seating as the search left it: weighed cost,
    proven bound (of a seating: for the timetable found), seconds of its search."""

    name: str
    tier: int
    cost: int
    bound: int
    seconds: float

    @property
    def gap(self) -> float:
        """Relative distance of cost and bound; 0 when proven."""
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / max(1, self.cost)


@dataclass(frozen=True, slots=True)
class RuleCost:
    """What one soft rule costs in a plan: in its own unit, and weighed."""

    rule: str
    tier: int
    cost: int
    weight: int

    @property
    def weighed(self) -> int:
        """Cost times the center's weight."""
        return self.cost * self.weight


@dataclass(frozen=True, slots=True)
class Run:
    """How a plan came about, kept with every version of it."""

    status: Status
    stages: tuple[Stage, ...]
    costs: tuple[RuleCost, ...]
    seconds: float
    seed: int
    workers: int
    deterministic: bool
    version: str
    interrupted: bool = False
