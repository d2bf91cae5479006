"""A patient's page and feed tell the times of the version in force, and when these change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.patient.routes import routes
from dashboard.site import Site
from db.access.patient_links import add_link
from db.connection import reading, writing
from db.cues import store_cues
from db.fingerprint import of_problem
from db.history import load_problem
from db.plans import load_plan, publish, save_plan
from db.sample.spec import FIRST_MONDAY
from domain.choreography import Cue
from domain.plan import Assignment
from tests.dashboard.world import NOW, site_at


@pytest.fixture
def site(world: Path) -> Iterator[Site]:
    site = site_at(world)
    yield site
    site.here.database.dispose()
    site.here.telemetry.dispose()


@pytest.fixture
def client(site: Site) -> TestClient:
    return TestClient(Starlette(routes=routes(site)), follow_redirects=False)


@pytest.fixture
def secret(site: Site) -> str:
    with writing(site.here.database) as session:
        return add_link(session, site.center, "P003", "li", NOW)


def last(site: Site) -> Assignment:
    """The patient's last session of the week."""
    with reading(site.here.database) as session:
        return load_plan(session, site.center, FIRST_MONDAY, 1).plan.by_patient["P003"][-1]


def cued(site: Site, number: int, delay: int) -> None:
    row = last(site)
    with writing(site.here.database) as session:
        cue = Cue(row.day, row.shift, row.patient, delay, 1)
        store_cues(session, (site.center, FIRST_MONDAY), number, [cue])


def again(site: Site, delay: int) -> None:
    """The same plan is published once more, with a time for that session."""
    with writing(site.here.database) as session:
        problem = load_problem(session, site.center, FIRST_MONDAY, 1, 13)
        plan = load_plan(session, site.center, FIRST_MONDAY).plan
        save_plan(
            session, site.center, plan, None, "Li", "", NOW, 1,
            input_fingerprint=of_problem(problem),
        )  # fmt: skip
    cued(site, 2, delay)
    with writing(site.here.database) as session:
        publish(session, site.center, FIRST_MONDAY, 2, "Li", NOW)


def begins(client: TestClient, secret: str) -> list[str]:
    calendar = icalendar.Calendar.from_ical(client.get(f"/ics/{secret}.ics").content)
    return [f"{event.start:%H:%M}" for event in calendar.events]


def test_page_and_feed_tell_the_time_of_the_version_in_force(
    site: Site, client: TestClient, secret: str
) -> None:
    before = begins(client, secret)
    assert len(set(before)) == 1
    usual = before[0]
    cued(site, 1, 25)
    hour, minute = map(int, usual.split(":"))
    later = f"{hour + (minute + 25) // 60:02}:{(minute + 25) % 60:02}"
    assert begins(client, secret) == [*before[:-1], later]
    page = client.get(f"/p/{secret}").text
    assert later in page
    assert 'class="mark"' not in page


def test_another_time_of_the_same_session_is_told_as_a_change(
    site: Site, client: TestClient, secret: str
) -> None:
    again(site, 15)
    assert client.get(f"/p/{secret}").text.count('class="mark"') == 1


def test_the_same_time_in_a_new_version_is_no_change(
    site: Site, client: TestClient, secret: str
) -> None:
    again(site, 0)
    assert 'class="mark"' not in client.get(f"/p/{secret}").text
