"""Who sits at a station now, where people begin later than their shifts."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dashboard.machine.seated import seated
from dashboard.site import Site
from db.connection import reading, writing
from db.cues import store_cues
from db.plans import load_plan
from domain.choreography import Cue
from domain.plan import Assignment
from tests.dashboard.world import FIRST_MONDAY, site_at


@pytest.fixture
def site(world: Path) -> Site:
    return site_at(world)


@pytest.fixture
def pair(site: Site) -> tuple[Assignment, Assignment]:
    """Two who follow each other at a station on Monday, from seven and from noon."""
    with reading(site.here.database) as session:
        rows = load_plan(session, site.center, FIRST_MONDAY).plan.assignments
    monday = [row for row in rows if row.day == FIRST_MONDAY and row.station == "A01"]
    first, then = sorted(monday)
    return first, then


def cued(site: Site, *pairs: tuple[Assignment, int]) -> None:
    cues = [Cue(row.day, row.shift, row.patient, delay, 1) for row, delay in pairs]
    with writing(site.here.database) as session:
        store_cues(session, (site.center, FIRST_MONDAY), 1, cues)


def sits(site: Site, hour: int, minute: int) -> tuple[str, time] | None:
    now = datetime.combine(FIRST_MONDAY, time(hour, minute), ZoneInfo("Asia/Shanghai"))
    with reading(site.here.database) as session:
        found = seated(session, site.center, "A01", now)
    return None if found is None else (found.patient.code, found.until.time())


def test_without_times_the_shift_says_who_sits(
    site: Site, pair: tuple[Assignment, Assignment]
) -> None:
    first, then = pair
    assert sits(site, 6, 59) is None
    assert sits(site, 7, 0) == (first.patient, time(11, 30))
    assert sits(site, 11, 30) is None
    assert sits(site, 12, 0) == (then.patient, time(16, 30))


def test_who_begins_later_sits_longer_and_the_next_one_not_yet(
    site: Site, pair: tuple[Assignment, Assignment]
) -> None:
    first, then = pair
    cued(site, (first, 40), (then, 20))
    assert sits(site, 7, 39) is None
    assert sits(site, 11, 35) == (first.patient, time(11, 40))
    assert sits(site, 12, 10) is None
    assert sits(site, 12, 20) == (then.patient, time(16, 30))
