"""Whatever happens, and whenever: the past stays, nothing is broken anew, and the least is proven.

Drawn with a seeded die on a sample center of six machines, so that a failure can be seen again.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache
from random import Random

import pytest

from db.sample.center import make_center
from db.sample.size import sized
from db.sample.spec import FIRST_MONDAY
from domain.frozen import begun
from domain.plan import Plan
from domain.problem import Problem
from domain.reported import faults
from domain.trouble import (
    NurseMissing,
    PatientAway,
    PatientBack,
    PatientJoins,
    PatientLate,
    PatientMissed,
    ShiftClosed,
    StationOut,
    Trouble,
    WaterOff,
)
from scheduler.repair.limits import RepairLimits
from scheduler.repair.measures import Measure
from tests.scheduler.planning import plan_for
from tests.scheduler.repair.mending import mend, proven


@cache
def center() -> tuple[Problem, Plan]:
    """A full center of six machines, and its week."""
    problem = Problem(make_center(sized(6, None, 0.95), 2), FIRST_MONDAY)
    return problem, plan_for(problem).plan


def moment(dice: Random) -> datetime:
    """Any time from the Sunday before to Saturday."""
    day = FIRST_MONDAY + timedelta(days=dice.randrange(-1, 6))
    return datetime.combine(day, time(dice.randrange(24), dice.choice((0, 10, 40))))


def trouble(dice: Random, problem: Problem, plan: Plan, now: datetime) -> Trouble:
    """Anything that may happen, at times of somebody or something that it cannot concern."""
    turn, row = dice.choice(problem.turns), dice.choice(plan.assignments)
    patient, zone = dice.choice(sorted(problem.patient)), dice.choice(sorted(problem.zone_stations))
    day = FIRST_MONDAY + timedelta(days=dice.randrange(7))
    since, until = now - timedelta(minutes=dice.randrange(300)), dice.randrange(1, 60)
    return dice.choice(
        (
            StationOut(row.station, since, dice.choice((None, now + timedelta(hours=until)))),
            NurseMissing(zone, turn),
            ShiftClosed(turn, dice.choice((None, zone))),
            WaterOff(now, now + timedelta(hours=until % 9 + 1)),
            PatientAway(patient, day, dice.choice((None, day + timedelta(days=until % 3)))),
            PatientLate(row.patient, row.turn, dice.choice((10, 40, 120))),
            PatientMissed(row.patient, row.turn),
            PatientBack(patient, day),
            PatientJoins(patient, day),
        )
    )


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens_the_repair_holds(seed: int) -> None:
    dice = Random(seed)
    problem, plan = center()
    now = moment(dice)
    asked = [trouble(dice, problem, plan, now) for _ in range(dice.randint(1, 3))]
    happened = [one for one in asked if not faults(problem, (one,))]
    limits = RepairLimits(dice.choice((None, None, 0, 3)))
    done = mend(problem, plan, *happened, now=now, limits=limits)
    assert done.broken == ()
    assert proven(done)
    assert limits.patients is None or done.of(Measure.PATIENTS).found <= limits.patients
    gone = frozenset(begun(problem, now))
    missed = {(t.patient, t.turn) for t in happened if isinstance(t, (PatientMissed, PatientLate))}
    held = {
        row
        for row in plan.assignments
        if row.turn in gone and row not in done.broke_off and (row.patient, row.turn) not in missed
    }
    assert held <= set(done.plan.assignments)
    seats = [(row.turn, row.station) for row in done.plan.assignments]
    assert len(seats) == len(set(seats))
    told = {call.patient for call in done.calls}
    assert told <= {change.patient for change in done.changes}
