"""A proof that a missed session has no place is never given where there is one."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from domain.calendar import DAY
from scheduler.effort import Effort
from scheduler.make_up.no_place import has_no_place
from scheduler.make_up.offers import offers
from scheduler.planner import Onlooker
from tests.scheduler.make_up.test_offers import _tiny as tiny
from tests.scheduler.make_up.test_offers import row
from tests.scheduler.worlds import (
    MONDAY,
    last_week,
    people,
    planned,
    stations_named,
    who,
    world,
)

EFFORT = Effort(seconds=20, workers=1)


def test_a_patient_of_tuesdays_who_misses_thursday_has_no_place() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Tue Thu Sat"))
    plan = planned(problem, "P1 A1 am Tue Thu Sat")
    missed, late = row(plan, "P1", MONDAY + 3 * DAY), datetime(2026, 3, 5, 20)
    assert has_no_place(problem, plan, missed, late, EFFORT, Onlooker(lambda: 0.0))
    noon = datetime(2026, 3, 5, 12)
    assert not has_no_place(problem, plan, missed, noon, EFFORT, Onlooker(lambda: 0.0))


def test_nothing_is_claimed_where_others_lack_sessions_anyway() -> None:
    problem = world(
        **people(who("P1"), who("P2")),
        stations=stations_named("A1"),
        sessions=last_week("P1 A1 am Tue Thu Sat"),
    )
    plan = planned(problem, "P1 A1 am Tue Thu Sat")
    missed, late = row(plan, "P1", MONDAY + 3 * DAY), datetime(2026, 3, 5, 20)
    assert not has_no_place(problem, plan, missed, late, EFFORT, Onlooker(lambda: 0.0))


@pytest.mark.parametrize("seed", range(6))
def test_where_there_is_an_offer_there_is_no_such_proof(seed: int) -> None:
    dice = Random(seed)
    problem, plan = tiny(dice)
    missed = dice.choice(plan.assignments)
    now = problem.shift[missed.shift].interval(missed.day).start + timedelta(minutes=30)
    if offers(problem, plan, missed, now, 168):
        assert not has_no_place(problem, plan, missed, now, EFFORT, Onlooker(lambda: 0.0))
