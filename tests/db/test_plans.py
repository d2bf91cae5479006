"""Stored plans: numbered, kept as they were, never overwritten by another planner."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from db.connection import reading, writing
from db.cues import store_cues
from db.fingerprint import of_plan, of_problem
from db.migrations import upgrade
from db.opening import open_database
from db.plans import (
    PlanState,
    PlanVersion,
    Publication,
    StalePlan,
    StoredPlan,
    list_plans,
    load_plan,
    publish,
    save_plan,
)
from db.refusal import DatabaseRefusal
from db.runs import run_document, run_of
from db.tables.plans import IMMUTABLE
from domain.calendar import DAY, WEEK
from domain.choreography import Cue
from domain.plan import Run
from domain.problem import Problem
from domain.register import Register
from tests.db.world import MONDAY, NOW, REGISTER, RUN, plan_of, sit, store, store_plan
from tests.strategies import registers, runs

ONE = plan_of(sit(MONDAY, "D", "P1"), sit(MONDAY, "N", "P2"))
TWO = plan_of(sit(MONDAY, "D", "P1"), sit(MONDAY + DAY, "D", "P2", "A2"))


@pytest.fixture
def center(database: sa.Engine) -> sa.Engine:
    store(database)
    return database


def test_a_stored_plan_comes_back_with_all_that_is_known_of_it(center: sa.Engine) -> None:
    shanghai = datetime(2026, 11, 20, 17, 30, tzinfo=timezone(timedelta(hours=8)))
    with writing(center) as session:
        saved = save_plan(
            session, "HC", ONE, RUN, "Li", "春节前", shanghai, None, input_fingerprint="f", log="#1"
        )
    assert saved == PlanVersion("HC", MONDAY, 1, 1, None, "Li", "春节前", NOW, "f")
    assert load(center) == StoredPlan(saved, ONE, RUN, "#1")


def test_a_plan_made_by_hand_has_no_run(center: sa.Engine) -> None:
    with writing(center) as session:
        save_plan(session, "HC", ONE, None, "Li", "", NOW, None, input_fingerprint="f")
    assert load(center).run is None


def test_an_empty_plan_is_a_plan(center: sa.Engine) -> None:
    store_plan(center, plan_of())
    assert load(center).plan == plan_of()


def test_versions_are_numbered_from_one_for_each_monday(center: sa.Engine) -> None:
    store_plan(center, ONE)
    store_plan(center, TWO, parent=1)
    later = plan_of(sit(MONDAY + WEEK, "D", "P1"), first_day=MONDAY + WEEK)
    store_plan(center, later)
    with reading(center) as session:
        found = [(one.first_day, one.number, one.parent) for one in list_plans(session, "HC")]
    assert found == [(MONDAY, 1, None), (MONDAY, 2, 1), (MONDAY + WEEK, 1, None)]
    assert load(center).plan == TWO
    assert load(center, 1).plan == ONE


def test_the_second_of_two_planners_is_told_on_which_version_to_go_on(center: sa.Engine) -> None:
    store_plan(center, ONE, author="Wang")
    with pytest.raises(StalePlan, match=r"Version 1 .* 2026-11-23 .* by Wang; compare") as stale:
        store_plan(center, TWO)
    assert stale.value.latest == 1
    assert load(center).plan == ONE
    store_plan(center, TWO, parent=stale.value.latest)
    assert load(center).plan == TWO


def test_a_parent_that_was_never_stored_is_stale(center: sa.Engine) -> None:
    with pytest.raises(StalePlan, match="There is no stored plan of the week of") as stale:
        store_plan(center, ONE, parent=3)
    assert stale.value.latest is None


def test_a_plan_for_an_unknown_center_is_refused(database: sa.Engine) -> None:
    with pytest.raises(DatabaseRefusal, match="There is no center HC in the database"):
        store_plan(database, ONE)


@pytest.mark.parametrize(
    "sessions",
    [
        (sit(MONDAY - DAY, "D", "P1"),),
        (sit(MONDAY + WEEK, "D", "P1"),),
        (sit(MONDAY, "D", "P1"), sit(MONDAY, "D", "P1")),
    ],
)
def test_a_plan_with_sessions_that_are_not_its_own_is_a_mistake(
    center: sa.Engine, sessions: tuple[Any, ...]
) -> None:
    with pytest.raises(ValueError, match="outside the plan's weeks or twice in it"):
        store_plan(center, plan_of(*sessions))


def test_a_moment_without_a_time_zone_is_a_mistake(center: sa.Engine) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a time zone"), writing(center) as session:
        save_plan(session, "HC", ONE, RUN, "Li", "", naive, None, input_fingerprint="f")


def test_a_plan_that_is_not_there_is_refused(center: sa.Engine) -> None:
    with pytest.raises(DatabaseRefusal, match="no stored plan of the week of 2026-11-23"):
        load(center)
    store_plan(center, ONE)
    with pytest.raises(DatabaseRefusal, match=r"no version 7 .*; the latest is 1"):
        load(center, 7)


def test_to_publish_supersedes_what_was_published(center: sa.Engine) -> None:
    store_plan(center, ONE)
    store_plan(center, TWO, parent=1)
    assert states(center) == [PlanState.DRAFT, PlanState.DRAFT]
    first = put_in_force(center, 1)
    assert first.published == Publication(1, "Zhang", NOW)
    assert states(center) == [PlanState.PUBLISHED, PlanState.DRAFT]
    put_in_force(center, 2)
    assert states(center) == [PlanState.SUPERSEDED, PlanState.PUBLISHED]
    put_in_force(center, 1)
    assert states(center) == [PlanState.PUBLISHED, PlanState.SUPERSEDED]
    assert load(center, 2).plan == TWO


def test_to_publish_again_what_is_in_force_changes_nothing(center: sa.Engine) -> None:
    store_plan(center, ONE)
    assert put_in_force(center, 1) == put_in_force(center, 1)
    with pytest.raises(DatabaseRefusal, match="no version 2"):
        put_in_force(center, 2)


@pytest.mark.parametrize("table", IMMUTABLE)
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET center = center", "DELETE FROM {table}"], ids=str.split
)
def test_no_row_of_a_stored_plan_can_be_changed_or_removed(
    center: sa.Engine, table: str, statement: str
) -> None:
    store_plan(center, ONE)
    put_in_force(center, 1)
    with writing(center) as session:
        store_cues(session, ("HC", MONDAY), 1, [Cue(MONDAY, "D", "P1", 5, 1)])
    with pytest.raises(DBAPIError, match=f"{table} keeps every row as it was stored"):
        execute(center, statement.format(table=table))
    assert load(center).plan == ONE


def test_no_row_of_a_stored_plan_can_be_replaced(center: sa.Engine) -> None:
    store_plan(center, ONE)
    row = "('HC', '2026-11-23', 1, '2026-11-23', 'D', 'A1', 'P1')"
    replacing = {
        "sqlite": f"INSERT OR REPLACE INTO plan_assignments VALUES {row}",
        "postgresql": f"INSERT INTO plan_assignments VALUES {row} ON CONFLICT ON CONSTRAINT"
        " pk_plan_assignments DO UPDATE SET station = 'A2'",
    }
    with pytest.raises(DBAPIError, match="plan_assignments keeps every row"):
        execute(center, replacing[center.dialect.name])


def test_a_row_slipped_into_a_stored_plan_is_found(center: sa.Engine) -> None:
    store_plan(center, ONE)
    execute(
        center,
        "INSERT INTO plan_assignments"
        " VALUES ('HC', '2026-11-23', 1, '2026-11-24', 'D', 'A2', 'P1')",
    )
    with pytest.raises(DatabaseRefusal, match=r"Version 1 .* was changed outside this program"):
        load(center)


def test_a_backup_made_while_the_program_runs_is_a_whole_database(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'clearshift.db'}")
    upgrade(engine)
    store(engine)
    store_plan(engine, ONE)
    with sqlite3.connect(tmp_path / "clearshift.db") as other:
        other.execute(f"VACUUM INTO '{tmp_path / 'backup.db'}'")
    store_plan(engine, TWO, parent=1)
    backup = open_database(f"sqlite:///{tmp_path / 'backup.db'}")
    assert load(backup).plan == ONE
    with pytest.raises(DBAPIError, match="keeps every row as it was stored"):
        execute(backup, "DELETE FROM plan_assignments")
    for each in (engine, backup):
        each.dispose()


def test_a_register_may_lose_whom_an_old_plan_seats(center: sa.Engine) -> None:
    store_plan(center, ONE)
    store(center, replace(REGISTER, patients=(), prescriptions=(), shifts=()))
    assert load(center).plan == ONE


@given(run=runs)
def test_a_run_is_the_same_after_storing(run: Run) -> None:
    assert run_of(run_document(run)) == run


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(run=runs)
def test_a_run_is_the_same_after_a_database(center: sa.Engine, run: Run) -> None:
    with writing(center) as session:
        known = list_plans(session, "HC", MONDAY)
        parent = known[-1].number if known else None
        save_plan(session, "HC", ONE, run, "Li", "", NOW, parent, input_fingerprint="f")
    assert load(center).run == run


@settings(max_examples=25)
@given(register=registers(), shuffle=st.randoms(use_true_random=False))
def test_the_fingerprint_of_a_problem_does_not_depend_on_the_order_of_rows(
    register: Register, shuffle: Any
) -> None:
    patients = list(register.patients)
    shuffle.shuffle(patients)
    mixed = Problem(replace(register, patients=tuple(patients)), MONDAY)
    assert of_problem(mixed) == of_problem(Problem(register, MONDAY))


def test_every_difference_changes_the_fingerprint() -> None:
    problem = Problem(REGISTER, MONDAY)
    others = [
        Problem(REGISTER, MONDAY + WEEK),
        Problem(REGISTER, MONDAY, weeks=2),
        Problem(replace(REGISTER, placements=()), MONDAY),
    ]
    assert len({of_problem(one) for one in (problem, *others)}) == 4
    assert len({of_plan(ONE), of_plan(TWO), of_plan(replace(ONE, weeks=2))}) == 3


def load(database: sa.Engine, number: int | None = None) -> StoredPlan:
    with reading(database) as session:
        return load_plan(session, "HC", MONDAY, number)


def put_in_force(database: sa.Engine, number: int) -> PlanVersion:
    with writing(database) as session:
        return publish(session, "HC", MONDAY, number, "Zhang", NOW)


def states(database: sa.Engine) -> list[PlanState]:
    with reading(database) as session:
        return [version.state for version in list_plans(session, "HC", MONDAY)]


def execute(database: sa.Engine, statement: str) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql(statement)
