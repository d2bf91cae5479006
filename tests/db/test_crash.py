"""Killed planners and planners at the same time, as real processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.connection import reading
from db.load import load_register
from db.plans import list_plans, load_plan
from tests.db.world import MONDAY, REGISTER, plan_of, sit, store, store_plan

ROOT = Path(__file__).parents[2]


class Planner:
    """A planner's process, and what it says line by line."""

    def __init__(self, url: str, author: str, watched: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.db.planner_process", url, author, watched],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def go_on(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()


@contextmanager
def planner(url: str, author: str = "Li", watched: str = "") -> Iterator[Planner]:
    """A planner that is ready to store; killed in the end whatever happened."""
    started = Planner(url, author, watched)
    with started.process:
        try:
            assert started.hear() == "ready"
            yield started
        finally:
            started.process.kill()


@pytest.mark.parametrize(
    "moment", ["INSERT INTO plan_versions", "INSERT INTO plan_assignments", "COMMIT"]
)
def test_a_planner_killed_while_saving_leaves_the_database_as_it_was(
    url: str, database: sa.Engine, moment: str
) -> None:
    store(database)
    with planner(url, watched=moment) as killed:
        killed.go_on()
        assert killed.hear() == f"reached {moment}"
        killed.process.kill()
        assert killed.process.wait() == -9
    with reading(database) as session:
        assert list_plans(session, "HC") == ()
        assert load_register(session, "HC") == REGISTER
    assert store_plan(database, plan_of(sit(MONDAY, "N", "P2"))).number == 1
    with reading(database) as session:
        assert load_plan(session, "HC", MONDAY).plan == plan_of(sit(MONDAY, "N", "P2"))


def test_of_two_planners_at_once_one_stores_and_the_other_is_told(
    url: str, database: sa.Engine
) -> None:
    store(database)
    with planner(url, "Li") as one, planner(url, "Wang") as other:
        for each in (one, other):
            each.go_on()
        assert sorted((one.hear(), other.hear())) == ["stale 1", "stored 1"]
    with reading(database) as session:
        (version,) = list_plans(session, "HC")
    assert version.author in {"Li", "Wang"}


def test_a_planner_who_comes_while_another_is_saving_waits_and_is_told(
    url: str, database: sa.Engine
) -> None:
    store(database)
    with planner(url, "Li", "INSERT INTO plan_assignments") as one, planner(url, "Wang") as other:
        one.go_on()
        assert one.hear() == "reached INSERT INTO plan_assignments"
        other.go_on()
        until_somebody_waits(database)
        with reading(database) as session:
            assert list_plans(session, "HC") == ()
        one.go_on()
        assert (one.hear(), other.hear()) == ("stored 1", "stale 1")


def until_somebody_waits(database: sa.Engine) -> None:
    """Until PostgreSQL sees a session wait for another; SQLite keeps no account of that."""
    waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    if database.dialect.name == "postgresql":
        with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            while not connection.scalar(waiting):
                pass
