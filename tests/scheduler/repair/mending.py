"""Repairs in tests: tiny centers, an effort that ends with its proof, nobody looking on."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from time import monotonic

from domain.plan import Plan
from domain.problem import Problem
from domain.trouble import StationOut, Trouble
from scheduler.planner import Onlooker
from scheduler.repair.limits import RepairLimits
from scheduler.repair.measures import Measure
from scheduler.repair.repair import repair
from scheduler.repair.repaired import Repaired
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.worlds import MONDAY, WEEKDAYS


def moment(day: str, clock: time) -> datetime:
    """`moment("Wed", time(12, 45))` of the first week."""
    return datetime.combine(MONDAY + timedelta(days=WEEKDAYS.index(day)), clock)


_USUAL = RepairLimits()
WEDNESDAY_NOON = moment("Wed", time(12, 45))
"""After the morning, before the afternoon of `worlds`."""


def mend(
    problem: Problem,
    plan: Plan,
    *troubles: Trouble,
    now: datetime = WEDNESDAY_NOON,
    limits: RepairLimits = _USUAL,
) -> Repaired:
    """The plan mended."""
    return repair(problem, plan, troubles, now, limits, TO_THE_END, Onlooker(monotonic))


def out(station: str, now: datetime = WEDNESDAY_NOON) -> StationOut:
    """The station is out from now on."""
    return StationOut(station, now)


def figures(done: Repaired) -> dict[str, int]:
    """What the measures come to, but for those that are nothing."""
    return {one.measure.name.lower(): one.found for one in done.minima if one.found}


def proven(done: Repaired) -> bool:
    """True if everything up to the sessions at other times is proven least."""
    return all(one.proven for one in done.minima if one.measure is not Measure.STATIONS)


def said(done: Repaired) -> list[str]:
    """Who sits where in the new plan: "P1 A1 am Mon"."""
    return [
        f"{row.patient} {row.station} {row.shift} {WEEKDAYS[row.day.weekday()]}"
        for row in sorted(done.plan.assignments, key=lambda row: (row.patient, row.day))
    ]
