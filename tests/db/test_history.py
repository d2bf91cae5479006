"""What the planner of a week is handed of the weeks before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from db.connection import reading, writing
from db.history import load_problem
from db.plans import publish
from db.refusal import DatabaseRefusal
from domain.calendar import DAY, WEEK
from domain.patient import Burden, Ledger
from domain.plan import Assignment
from domain.problem import Problem
from tests.db.world import MONDAY, NOW, REGISTER, plan_of, sit, store, store_plan

LAST = MONDAY - WEEK
BEFORE = MONDAY - 2 * WEEK


def test_a_center_without_plans_has_its_imported_sessions_and_balances(
    database: sa.Engine,
) -> None:
    known = (sit(BEFORE, "D", "P1"), sit(LAST, "D", "P1"))
    opening = (Ledger("P1", Burden.NIGHT, 2),)
    store(database, replace(REGISTER, sessions=known, ledger=opening))
    expected = replace(REGISTER, sessions=known, ledger=opening).in_order()
    assert problem(database) == Problem(expected, MONDAY)


def test_sessions_before_the_last_fortnight_and_from_the_first_day_on_are_no_history(
    database: sa.Engine,
) -> None:
    rows = (sit(BEFORE - DAY, "D", "P1"), sit(MONDAY, "D", "P1"), sit(LAST, "D", "P2"))
    store(database, replace(REGISTER, sessions=rows))
    assert sessions(database) == (sit(LAST, "D", "P2"),)


def test_a_stored_plan_takes_the_place_of_the_imported_sessions_of_its_week(
    database: sa.Engine,
) -> None:
    known = (sit(BEFORE, "D", "P1"), sit(LAST, "D", "P1"))
    store(database, replace(REGISTER, sessions=known))
    store_plan(database, plan_of(sit(LAST, "D", "P2"), first_day=LAST))
    assert sessions(database) == (sit(BEFORE, "D", "P1"), sit(LAST, "D", "P2"))


def test_the_latest_draft_counts_until_a_version_is_published(database: sa.Engine) -> None:
    store(database)
    store_plan(database, plan_of(sit(LAST, "D", "P1"), first_day=LAST))
    store_plan(database, plan_of(sit(LAST, "D", "P2"), first_day=LAST), parent=1)
    assert sessions(database) == (sit(LAST, "D", "P2"),)
    put_in_force(database, LAST, 1)
    assert sessions(database) == (sit(LAST, "D", "P1"),)
    put_in_force(database, LAST, 2)
    assert sessions(database) == (sit(LAST, "D", "P2"),)


def test_of_two_plans_over_one_week_the_one_published_last_counts(database: sa.Engine) -> None:
    store(database)
    both = plan_of(sit(BEFORE, "D", "P1"), sit(LAST, "D", "P1"), first_day=BEFORE, weeks=2)
    store_plan(database, both)
    store_plan(database, plan_of(sit(LAST, "D", "P2"), first_day=LAST), hour=10)
    assert sessions(database) == (sit(BEFORE, "D", "P1"), sit(LAST, "D", "P2"))
    put_in_force(database, BEFORE, 1)
    assert sessions(database) == (sit(BEFORE, "D", "P1"), sit(LAST, "D", "P1"))
    put_in_force(database, LAST, 1)
    assert sessions(database) == (sit(BEFORE, "D", "P1"), sit(LAST, "D", "P2"))


def test_a_patient_who_left_the_center_has_no_history(database: sa.Engine) -> None:
    store(database)
    rows = (sit(LAST, "N", "P1"), sit(LAST, "N", "P2", "A2"))
    store_plan(database, plan_of(*rows, first_day=LAST))
    store(database, replace(REGISTER, patients=REGISTER.patients[1:], prescriptions=()))
    handed = problem(database).register
    assert handed.sessions == (sit(LAST, "N", "P2", "A2"),)
    assert handed.ledger == (Ledger("P2", Burden.NIGHT, 1),)


def test_a_shift_that_is_gone_but_was_sat_in_last_week_is_refused(database: sa.Engine) -> None:
    store(database)
    store_plan(database, plan_of(sit(LAST, "N", "P1"), first_day=LAST))
    store(database, replace(REGISTER, shifts=REGISTER.shifts[:1]))
    with pytest.raises(DatabaseRefusal, match="plan of the week of 2026-11-16 uses shift N"):
        problem(database)


def test_burdens_are_carried_from_week_to_week_until_they_are_a_quarter_old(
    database: sa.Engine,
) -> None:
    store(database, replace(REGISTER, ledger=(Ledger("P1", Burden.NIGHT, 2),)))
    for ago in (1, 2, 13, 14):
        monday = MONDAY - ago * WEEK
        store_plan(database, plan_of(sit(monday, "N", "P1"), first_day=monday))
    sunday = plan_of(sit(LAST + 6 * DAY, "D", "P2"), first_day=LAST)
    store_plan(database, sunday, parent=1)
    assert problem(database).register.ledger == (
        Ledger("P1", Burden.NIGHT, 4),
        Ledger("P2", Burden.EARLY, 1),
        Ledger("P2", Burden.SUNDAY, 1),
    )
    following = problem(database, MONDAY + WEEK).register.ledger
    assert following[0] == Ledger("P1", Burden.NIGHT, 3)


def test_the_quarter_is_the_center_s_to_choose(database: sa.Engine) -> None:
    store(database)
    for ago in (1, 2, 3):
        monday = MONDAY - ago * WEEK
        store_plan(database, plan_of(sit(monday, "N", "P1"), first_day=monday))
    with reading(database) as session:
        one = load_problem(session, "HC", MONDAY, history_weeks=1)
        none = load_problem(session, "HC", MONDAY, history_weeks=0)
    assert one.register.ledger == (Ledger("P1", Burden.NIGHT, 1),)
    assert none.register.ledger == ()
    assert len(none.register.sessions) == 2


def test_a_plan_of_the_week_itself_is_not_its_own_history(database: sa.Engine) -> None:
    store(database)
    store_plan(database, plan_of(sit(MONDAY, "N", "P1")))
    assert problem(database) == Problem(REGISTER, MONDAY)


def problem(database: sa.Engine, first_day: date = MONDAY) -> Problem:
    with reading(database) as session:
        return load_problem(session, "HC", first_day)


def sessions(database: sa.Engine) -> tuple[Assignment, ...]:
    return problem(database).register.sessions


def put_in_force(database: sa.Engine, first_day: date, number: int) -> None:
    with writing(database) as session:
        publish(session, "HC", first_day, number, "Zhang", NOW)
