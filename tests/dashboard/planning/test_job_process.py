"""The search as a real process: stopped, ended by a signal, killed."""

from __future__ import annotations

import signal
from datetime import timedelta
from pathlib import Path

from dashboard.site import Site
from db.connection import reading, writing
from db.plan_jobs import LOST_AFTER, stop_job
from db.plans import list_plans, load_plan
from domain.plan import Run
from domain.plan_job import JobState, PlanJob
from tests.dashboard.planning.jobs import (
    NEXT,
    PATIENCE,
    is_running,
    job_now,
    ordered,
    process_of,
    wait_for,
)
from tests.dashboard.world import NOW, site_at

LONG = 3600


def is_told(job: PlanJob) -> bool:
    return bool(job.traces) or not job.open


def run_of(site: Site) -> Run:
    with reading(site.here.database) as session:
        run = load_plan(session, site.center, NEXT).run
    assert run is not None
    return run


def test_stopped_it_keeps_the_best_plan_so_far(world: Path) -> None:
    site = site_at(world)
    job = ordered(site, seconds=LONG)
    process = process_of(world, site, job)
    wait_for(site, job, is_told)
    with writing(site.here.database) as session:
        stop_job(session, site.center, job, NOW)
    assert process.wait(PATIENCE) == 0
    found = job_now(site, job)
    assert (found.state, found.number) == (JobState.DONE, 1)
    assert run_of(site).seconds < LONG


def test_ended_by_a_signal_it_keeps_it_too(world: Path) -> None:
    site = site_at(world)
    job = ordered(site, seconds=LONG)
    process = process_of(world, site, job)
    wait_for(site, job, is_running)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert job_now(site, job).state is JobState.DONE
    assert run_of(site).interrupted


def test_killed_it_reads_as_lost_and_nothing_is_stored(world: Path) -> None:
    site = site_at(world)
    job = ordered(site, seconds=LONG)
    process = process_of(world, site, job)
    wait_for(site, job, is_running)
    process.kill()
    process.wait(PATIENCE)
    heard = job_now(site, job, NOW).heard_at
    assert heard is not None
    assert job_now(site, job, heard + LOST_AFTER).state is JobState.RUNNING
    late = heard + LOST_AFTER + timedelta(seconds=1)
    assert job_now(site, job, late).state is JobState.LOST
    with reading(site.here.database) as session:
        assert list_plans(session, site.center, NEXT) == ()
