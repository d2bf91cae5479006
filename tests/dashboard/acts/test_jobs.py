"""Ordering and stopping searches: who may, what is kept, what a second order hears."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.acts.acting import NotAllowed
from dashboard.acts.jobs import start, stop
from dashboard.site import Site
from db.access.audit import Asked, list_entries
from db.connection import reading
from db.plan_jobs import Wanted, list_jobs
from db.refusal import DatabaseRefusal
from db.sample.spec import FIRST_MONDAY
from domain.account import Role
from domain.calendar import WEEK
from domain.plan_job import JobState, PlanJob
from tests.dashboard.acts.week_desk import actor, enroll, week_site
from tests.dashboard.world import NOW, desk_at

NEXT = Wanted(FIRST_MONDAY + WEEK, 1, 30)


@pytest.fixture
def started() -> list[int]:
    return []


@pytest.fixture
def site(world: Path, started: list[int]) -> Site:
    here = replace(week_site(world), start_job=started.append)
    enroll(here)
    return here


def jobs(site: Site) -> tuple[PlanJob, ...]:
    with reading(site.here.database) as session:
        return list_jobs(session, site.center, NOW)


def test_an_order_starts_one_process_and_is_in_the_audit(site: Site, started: list[int]) -> None:
    job = start(site, actor(), NEXT)
    assert (started, job.state) == ([job.job], JobState.WAITING)
    with reading(site.here.database) as session:
        (entry,) = list_entries(session, site.center, Asked(), desk_at(site).zone, 1)
    assert (entry.act, entry.subject) == ("plan.order", NEXT.first_day.isoformat())
    assert entry.after == {"search": 1, "weeks": 1, "seconds": 30, "from scratch": False}


def test_of_two_orders_for_a_week_one_is_refused_and_starts_nothing(
    site: Site, started: list[int]
) -> None:
    start(site, actor(), NEXT)
    with pytest.raises(DatabaseRefusal, match="has a search for the week"):
        start(site, actor(), NEXT)
    assert started == [1]


@pytest.mark.parametrize("role", [Role.NURSE, Role.DOCTOR, Role.TECHNICIAN, Role.ADMIN])
def test_only_the_head_nurse_orders_and_stops(site: Site, started: list[int], role: Role) -> None:
    job = start(site, actor(), NEXT).job
    with pytest.raises(NotAllowed):
        start(site, actor(role), replace(NEXT, first_day=NEXT.first_day + WEEK))
    with pytest.raises(NotAllowed):
        stop(site, actor(role), job)
    assert (started, jobs(site)[0].stopping) == ([job], False)


def test_a_stop_is_kept_until_the_search_hears_of_it(site: Site) -> None:
    job = start(site, actor(), NEXT).job
    assert stop(site, actor(), job).stopping
    assert jobs(site)[0].stopping


def test_a_process_that_cannot_be_started_leaves_a_failed_order(site: Site) -> None:
    def refuses(_job: int) -> None:
        raise OSError("no more processes")

    with pytest.raises(OSError, match="no more"):
        start(replace(site, start_job=refuses), actor(), NEXT)
    assert jobs(site)[0].state is JobState.FAILED
    assert start(site, actor(), NEXT).job == 2
