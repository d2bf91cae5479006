"""Searches for the week after the one that the world has planned, in this process or another."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.planning.job import Desk
from dashboard.planning.order import JobOrder
from dashboard.site import Site
from db.connection import reading, writing
from db.opening import open_database
from db.plan_jobs import Wanted, find_job, order_job
from db.sample.spec import FIRST_MONDAY
from domain.calendar import WEEK
from domain.plan_job import JobState, PlanJob
from tests.dashboard.world import NOW

NEXT = FIRST_MONDAY + WEEK
PATIENCE = 120.0
"""Seconds after which a process of a test counts as stuck, however busy the computer is."""


def ordered(site: Site, monday: date = NEXT, seconds: int = 20, *, scratch: bool = False) -> int:
    with writing(site.here.database) as session:
        wanted = Wanted(monday, 1, seconds, scratch)
        return order_job(session, site.center, wanted, "Li", NOW).job


def order_of(world: Path, site: Site, job: int) -> JobOrder:
    url = f"sqlite:///{world / 'clearshift.db'}"
    return JobOrder(url, site.center, job, 13, 2, 1, deterministic=False)


def desk_of(world: Path, site: Site, job: int) -> Desk:
    order = order_of(world, site, job)
    return Desk(order, open_database(order.database), lambda: NOW, threading.Event())


def process_of(world: Path, site: Site, job: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard.planning.job"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    with process.stdin as pipe:
        pipe.write(json.dumps(asdict(order_of(world, site, job))).encode())
    return process


def job_now(site: Site, job: int, now: datetime | None = None) -> PlanJob:
    with reading(site.here.database) as session:
        return find_job(session, site.center, job, now or datetime.now(UTC))


def wait_for(site: Site, job: int, done: Callable[[PlanJob], bool]) -> PlanJob:
    """The job as soon as it is so; fails if that takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not done(found := job_now(site, job, NOW)):
        assert time.monotonic() < deadline, f"still {found.state}"
        time.sleep(0.05)
    return found


def is_running(job: PlanJob) -> bool:
    return job.state is JobState.RUNNING
