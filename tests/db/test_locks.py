"""A session is promised once, and the promise can be taken back."""

from __future__ import annotations

import sqlalchemy as sa

from db.connection import reading, writing
from db.load import load_register
from db.locks import lock_session, unlock_session
from domain.calendar import DAY
from domain.plan import Assignment, Lock
from tests.db.world import MONDAY, sit, store

ONE = sit(MONDAY, "D", "P1")


def lock(database: sa.Engine, row: Assignment) -> bool:
    with writing(database) as session:
        return lock_session(session, "HC", row)


def unlock(database: sa.Engine, row: Assignment) -> bool:
    with writing(database) as session:
        return unlock_session(session, "HC", row)


def locks(database: sa.Engine) -> tuple[Lock, ...]:
    with reading(database) as session:
        return load_register(session, "HC").locks


def test_a_session_is_promised_at_its_station_and_only_once(database: sa.Engine) -> None:
    store(database)
    assert [lock(database, ONE), lock(database, ONE)] == [True, False]
    assert locks(database) == (Lock("P1", MONDAY, "D", "A1"),)


def test_a_promise_taken_back_leaves_the_others(database: sa.Engine) -> None:
    store(database)
    lock(database, ONE)
    lock(database, sit(MONDAY + DAY, "D", "P1"))
    assert [unlock(database, ONE), unlock(database, ONE)] == [True, False]
    assert locks(database) == (Lock("P1", MONDAY + DAY, "D", "A1"),)
