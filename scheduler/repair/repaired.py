"""What comes of a repair: the plan, what changed, whom to call, and what is proven."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calls import Call
from domain.plan import Assignment, Change, Plan, Violation
from domain.problem import Problem
from domain.trouble import Trouble
from scheduler.check import Verdict
from scheduler.repair.measures import Measure


@dataclass(frozen=True, slots=True)
class Minimum:
    """One of the things kept small: how much of it the plan has, and the least that any plan
    can have that is as good in all measures before it."""

    measure: Measure
    found: int
    bound: int

    @property
    def proven(self) -> bool:
        """True if no plan does with less."""
        return self.found <= self.bound


@dataclass(frozen=True, slots=True)
class OwnCost:
    """One of the center's own tiers, of who was asked and of the shifts' load: what the times
    cost, and the least that they could."""

    tier: int
    found: int
    bound: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A patient with fewer sessions in a week than are owed, and the planned ones that are
    not held."""

    patient: str
    monday: date
    sessions: int
    rows: tuple[Assignment, ...]


@dataclass(frozen=True)
class Repaired:
    """`problem` is the center with its `troubles`, `before` the plan that was in force, `now` the
    center's local time from which on turns could change. The
    verdict is on the new plan; `broken` is what hard rules have against it that they had not
    against the plan before, but for the weeks of those who are left out and but for `overdue`:
    gaps that nothing can keep below the limit. `broke_off` are
    sessions that broke off too early to count. `asked` people entered the search."""

    troubles: tuple[Trouble, ...]
    now: datetime
    problem: Problem
    before: Plan
    plan: Plan
    changes: tuple[Change, ...]
    calls: tuple[Call, ...]
    minima: tuple[Minimum, ...]
    own: tuple[OwnCost, ...]
    left_out: tuple[LeftOut, ...]
    verdict: Verdict
    broken: tuple[Violation, ...]
    overdue: tuple[Violation, ...]
    broke_off: tuple[Assignment, ...]
    asked: int
    seconds: float

    @property
    def proven(self) -> bool:
        """True if no plan loses fewer sessions or moves fewer people; of stations only a bound is
        known across all times."""
        return all(one.proven for one in self.minima if one.measure is not Measure.STATIONS)

    def of(self, measure: Measure) -> Minimum:
        """One of the measures."""
        return next(one for one in self.minima if one.measure is measure)
