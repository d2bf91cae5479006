"""Stored times of a version: they only ever grow, and outlive the version they were told with."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.connection import reading, writing
from db.cues import load_cues, store_cues
from db.plans import publish
from domain.calendar import DAY
from domain.choreography import UNSTAGGERED, Choreography, Cue
from tests.db.world import MONDAY, NOW, plan_of, sit, store, store_plan

PLAN = ("HC", MONDAY)
FIRST, SECOND = Cue(MONDAY, "D", "P1", 15, 1), Cue(MONDAY, "N", "P2", 0, 2)
ONE = plan_of(sit(MONDAY, "D", "P1"), sit(MONDAY, "N", "P2"))


@pytest.fixture
def center(database: sa.Engine) -> sa.Engine:
    store(database)
    store_plan(database, ONE)
    return database


def stored(center: sa.Engine, number: int = 1, patient: str | None = None) -> Choreography:
    with reading(center) as session:
        return load_cues(session, PLAN, number, patient)


def keep(center: sa.Engine, *cues: Cue, number: int = 1) -> int:
    with writing(center) as session:
        return store_cues(session, PLAN, number, cues)


def put_in_force(center: sa.Engine, number: int) -> None:
    with writing(center) as session:
        publish(session, *PLAN, number, "Li", NOW)


def test_times_come_back_as_they_were_stored(center: sa.Engine) -> None:
    assert stored(center) == UNSTAGGERED
    assert keep(center, FIRST, SECOND) == 2
    assert stored(center) == Choreography.of((FIRST, SECOND))
    assert stored(center, patient="P2") == Choreography((SECOND,))
    assert stored(center, number=2) == UNSTAGGERED


def test_a_session_that_has_a_time_keeps_it(center: sa.Engine) -> None:
    keep(center, FIRST)
    assert keep(center, Cue(MONDAY, "D", "P1", 40, 3), SECOND) == 1
    assert stored(center) == Choreography.of((FIRST, SECOND))


@pytest.mark.parametrize("statement", ["UPDATE plan_cues SET delay = 0", "DELETE FROM plan_cues"])
def test_stored_times_cannot_be_changed(center: sa.Engine, statement: str) -> None:
    keep(center, FIRST)
    with pytest.raises(DBAPIError, match="keeps every row"), center.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("wrong", [Cue(MONDAY, "D", "P1", -5, 1), Cue(MONDAY, "D", "P1", 5, 0)])
def test_a_time_before_the_shift_or_a_nurse_zero_is_refused(center: sa.Engine, wrong: Cue) -> None:
    with pytest.raises(DBAPIError):
        keep(center, wrong)


def test_who_stays_in_a_new_version_keeps_the_time_that_was_told(center: sa.Engine) -> None:
    keep(center, FIRST, SECOND)
    put_in_force(center, 1)
    store_plan(center, plan_of(sit(MONDAY, "D", "P1"), sit(MONDAY + DAY, "N", "P2")), parent=1)
    put_in_force(center, 2)
    assert stored(center, 2) == Choreography((FIRST,))


def test_another_station_may_not_be_ready_so_the_time_is_not_handed_on(center: sa.Engine) -> None:
    keep(center, FIRST, SECOND)
    put_in_force(center, 1)
    moved = plan_of(sit(MONDAY, "D", "P1", "A2"), sit(MONDAY, "N", "P2"))
    store_plan(center, moved, parent=1)
    put_in_force(center, 2)
    assert stored(center, 2) == Choreography((SECOND,))


def test_a_version_with_times_of_its_own_keeps_them(center: sa.Engine) -> None:
    keep(center, FIRST, SECOND)
    put_in_force(center, 1)
    store_plan(center, ONE, parent=1)
    own = Cue(MONDAY, "D", "P1", 30, 1)
    keep(center, own, number=2)
    put_in_force(center, 2)
    assert stored(center, 2) == Choreography.of((own, SECOND))


def test_a_draft_that_was_never_in_force_hands_nothing_on(center: sa.Engine) -> None:
    keep(center, FIRST, SECOND)
    store_plan(center, ONE, parent=1)
    put_in_force(center, 2)
    assert stored(center, 2) == UNSTAGGERED
