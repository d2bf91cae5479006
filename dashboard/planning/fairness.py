"""Nights, early starts and Sundays of each patient, over months and in the plan. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from db.ledger import burdens
from domain.center import Shift
from domain.patient import Burden
from domain.plan import Assignment, Plan
from domain.problem import Problem

Months = Mapping[tuple[str, Burden, date], int]


@dataclass(frozen=True, slots=True)
class Borne:
    """One patient's turns of one burden. `earlier` is what was brought along from before the
    months counted one by one; `months` are those, `here` the plan."""

    patient: str
    burden: Burden
    earlier: int
    months: tuple[int, ...]
    here: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.earlier + sum(self.months) + self.here


def by_month(rows: Iterable[Assignment], shifts: Mapping[str, Shift]) -> Months:
    """Turns of each burden by patient and the first of the month."""
    return Counter(
        (row.patient, burden, row.day.replace(day=1))
        for row in rows
        for burden in burdens(row, shifts)
    )


def months_of(found: Months) -> tuple[date, ...]:
    """The months in which anybody bore anything, in order."""
    return tuple(sorted({month for _, _, month in found}))


def shares(problem: Problem, plan: Plan, found: Months) -> tuple[Borne, ...]:
    """Every patient and burden with any turn, by patient. The problem's ledger is the sum of
    what was brought along and of these months."""
    months = months_of(found)
    here = Counter(
        (row.patient, burden) for row in plan.assignments for burden in burdens(row, problem.shift)
    )
    rows = []
    for patient in sorted(problem.patient):
        for burden in Burden:
            each = tuple(found.get((patient, burden, month), 0) for month in months)
            earlier = max(0, problem.ledger.get((patient, burden), 0) - sum(each))
            row = Borne(patient, burden, earlier, each, here[patient, burden])
            if row.total:
                rows.append(row)
    return tuple(rows)


def spread(rows: Iterable[Borne], burden: Burden) -> tuple[int, int] | None:
    """The fewest and the most that anybody who bears any has borne; none without anybody."""
    totals = [row.total for row in rows if row.burden is burden]
    return (min(totals), max(totals)) if totals else None
