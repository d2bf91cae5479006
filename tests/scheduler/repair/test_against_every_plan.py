"""Repairs against trying everything: nothing is smaller than what is claimed to be least."""

from __future__ import annotations

import pytest

from domain.frozen import begun
from scheduler.check import check
from scheduler.repair.limits import RepairLimits
from scheduler.repair.measures import Measure
from tests.scheduler.repair.every_plan import EveryPlan, crowded_center
from tests.scheduler.repair.mending import WEDNESDAY_NOON, mend, proven

NOBODY_UNDERWAY = RepairLimits(underway_minutes=0)
_COUNTED = (Measure.UNPLACED, Measure.SHARED, Measure.PATIENTS, Measure.SESSIONS)


@pytest.mark.parametrize("seed", range(30))
def test_no_plan_at_all_does_with_less(seed: int) -> None:
    problem, plan, trouble = crowded_center(seed)
    done = mend(problem, plan, trouble, limits=NOBODY_UNDERWAY)
    assert proven(done)
    assert tuple(done.of(one).found for one in _COUNTED) == EveryPlan(problem, plan, trouble).best()


@pytest.mark.parametrize("seed", range(30))
def test_what_is_claimed_is_what_the_plan_shows(seed: int) -> None:
    problem, plan, trouble = crowded_center(seed)
    done = mend(problem, plan, trouble, limits=NOBODY_UNDERWAY)
    before = {(row.patient, row.turn) for row in plan.assignments}
    after = {(row.patient, row.turn) for row in done.plan.assignments}
    moved = after - before
    assert len(moved) == done.of(Measure.SESSIONS).found
    assert len({patient for patient, _ in moved}) == done.of(Measure.PATIENTS).found
    assert len(before) - len(after) == done.of(Measure.UNPLACED).found
    gone = frozenset(begun(problem, WEDNESDAY_NOON))
    assert {row for row in plan.assignments if row.turn in gone} == {
        row for row in done.plan.assignments if row.turn in gone
    }
    short = {one.patient for one in done.left_out}
    broken = check(done.problem, done.plan).broken
    assert {one.patient for one in broken} <= short


def test_the_sample_has_repairs_of_every_sort() -> None:
    found = [mend(*crowded_center(seed)) for seed in range(30)]
    for measure in (*_COUNTED, Measure.STATIONS):
        assert {done.of(measure).found > 0 for done in found} == {True, False}
