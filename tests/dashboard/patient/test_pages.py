"""A patient's page over HTTP, on a stored and published week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.patient.page import masked
from dashboard.patient.routes import routes
from dashboard.site import Site
from db.access.patient_links import add_link, list_links, revoke_link
from db.connection import reading, writing
from db.fingerprint import of_problem
from db.history import load_problem
from db.load import load_register
from db.patient_words import decide, list_requests, newest_answers
from db.plans import load_plan, publish, save_plan
from db.sample.spec import FIRST_MONDAY
from domain.calendar import WEEK
from domain.patient_word import Answer, Decision
from domain.plan import Assignment, Plan
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


def sessions(site: Site, patient: str = "P003") -> tuple[Assignment, ...]:
    with reading(site.here.database) as session:
        return load_plan(session, site.center, FIRST_MONDAY).plan.by_patient[patient]


def republished(site: Site, plan: Plan) -> None:
    with writing(site.here.database) as session:
        problem = load_problem(session, site.center, FIRST_MONDAY, 1, 13)
        save_plan(
            session, site.center, plan, None, "Li", "", NOW, 1,
            input_fingerprint=of_problem(problem),
        )  # fmt: skip
        publish(session, site.center, FIRST_MONDAY, 2, "Li", NOW)


def moved(site: Site) -> tuple[Assignment, Assignment]:
    """The patient's last session goes to the next day, and that is published."""
    *_, last = sessions(site)
    after = Assignment(last.day + timedelta(days=1), last.shift, last.station, last.patient)
    with reading(site.here.database) as session:
        plan = load_plan(session, site.center, FIRST_MONDAY).plan
    rows = [row for row in plan.assignments if row != last]
    taken = {(row.turn, row.station) for row in rows}
    rows = [row for row in rows if (row.turn, row.station) != (after.turn, after.station)]
    assert len(taken) >= len(rows)
    republished(site, Plan.of(FIRST_MONDAY, 1, [*rows, after]))
    return last, after


def test_the_page_tells_the_own_sessions_and_no_name(
    site: Site, client: TestClient, secret: str
) -> None:
    answer = client.get(f"/p/{secret}")
    assert answer.status_code == 200
    assert len(answer.content) < 10_000
    text = re.sub(r"<style>.*</style>", "", answer.text, flags=re.DOTALL)
    assert text.count('class="come"') == len(sessions(site))
    assert text.index("06:30") > 0
    with reading(site.here.database) as session:
        people = load_register(session, site.center).patients
    assert not [one.name for one in people if one.name in text]
    assert "script" not in text
    assert "sha256-" in answer.headers["content-security-policy"]


def test_every_bad_address_looks_the_same(site: Site, client: TestClient, secret: str) -> None:
    with writing(site.here.database) as session:
        (key, _), *_ = list_links(session, site.center, "P003")
        revoke_link(session, site.center, key, NOW)
        old = add_link(session, site.center, "P003", "li", NOW, NOW - timedelta(days=1))
        gone = add_link(session, site.center, "P999", "li", NOW)
    answers = {client.get(f"/p/{one}").text for one in (secret, old, gone, "x")}
    assert len(answers) == 1
    assert client.get(f"/p/{secret}").status_code == 404
    assert client.get(f"/ics/{secret}.ics").status_code == 404
    assert client.post(f"/p/{secret}/answer").status_code == 404
    assert client.post(f"/p/{secret}/nothing").status_code == 404


def test_an_answer_is_kept_shown_and_audited(site: Site, client: TestClient, secret: str) -> None:
    first, *_ = sessions(site)
    fields = {"day": first.day.isoformat(), "shift": first.shift, "answer": "late", "minutes": "30"}
    sent = client.post(f"/p/{secret}/answer", data=fields)
    assert (sent.status_code, sent.headers["location"]) == (303, f"/p/{secret}?thanks")
    page = client.get(sent.headers["location"], headers={"Cookie": "language=en"}).text
    assert "30" in page
    with reading(site.here.database) as session:
        answers = newest_answers(session, site.center, first.day, first.day)
        entries = session.execute(sa.text("SELECT who, role, act FROM audit_entries")).all()
    assert answers["P003", first.turn].answer is Answer.LATE
    assert [tuple(entry) for entry in entries] == [("P003", "patient", "patient.answer")]


def test_nobody_fills_the_database_through_a_link(
    site: Site, client: TestClient, secret: str
) -> None:
    first, *_ = sessions(site)
    fields = {"day": first.day.isoformat(), "shift": first.shift, "answer": "coming"}
    codes = [client.post(f"/p/{secret}/answer", data=fields).status_code for _ in range(23)]
    assert codes == [303] * 20 + [422] * 3
    with reading(site.here.database) as session:
        kept = session.execute(sa.text("SELECT count(*) FROM patient_answers")).scalar()
    assert kept == 20


def test_what_is_wrong_is_said_and_what_was_typed_stays(
    site: Site, client: TestClient, secret: str
) -> None:
    fields = {"first": "2026-03-09", "last": "2026-03-01", "text": "Chengdu <b>"}
    answer = client.post(f"/p/{secret}/trip", data=fields)
    assert answer.status_code == 422
    assert "Chengdu &lt;b&gt;" in answer.text
    assert "2026-03-09" in answer.text
    with reading(site.here.database) as session:
        assert list_requests(session, site.center) == ()


def test_a_request_goes_to_the_ward_and_its_reply_comes_back(
    site: Site, client: TestClient, secret: str
) -> None:
    client.post(f"/p/{secret}/wish", data={"day2": "1", "text": "evenings"})
    with writing(site.here.database) as session:
        (request,) = list_requests(session, site.center, "P003")
        assert (request.decision, request.weekdays) == (Decision.OPEN, frozenset({2}))
        decide(session, site.center, 1, Decision.DECLINED, "li", "full", NOW)
        decide(session, site.center, 1, Decision.ACCEPTED, "li", "from April", NOW)
        (request,) = list_requests(session, site.center)
    assert (request.decision, request.reply) == (Decision.ACCEPTED, "from April")
    page = client.get(f"/p/{secret}").text
    assert "from April" in page
    assert "full" not in page


def test_a_new_version_says_what_changed(site: Site, client: TestClient, secret: str) -> None:
    moved(site)
    page = client.get(f"/p/{secret}").text
    assert (page.count('class="mark"'), page.count(" canceled")) == (2, 1)


def test_the_feed_keeps_identities_and_raises_the_sequence(
    site: Site, client: TestClient, secret: str
) -> None:
    before = icalendar.Calendar.from_ical(client.get(f"/ics/{secret}.ics").content)
    _, after = moved(site)
    again = client.get(f"/ics/{secret}.ics")
    calendar = icalendar.Calendar.from_ical(again.content)
    assert again.content == client.get(f"/ics/{secret}.ics").content
    assert [event["UID"] for event in before.walk("VEVENT")] == [
        event["UID"] for event in calendar.walk("VEVENT")
    ]
    *_, last = calendar.walk("VEVENT")
    assert f"DTSTART;TZID=Asia/Shanghai:{after.day:%Y%m%d}T" in last.to_ical().decode()
    assert {event["SEQUENCE"] for event in calendar.walk("VEVENT")} == {2}
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in again.content


def test_next_weeks_draft_is_nobodys_appointment(
    site: Site, client: TestClient, secret: str
) -> None:
    before = client.get(f"/p/{secret}").text
    with writing(site.here.database) as session:
        problem = load_problem(session, site.center, FIRST_MONDAY + WEEK, 1, 13)
        rows = [
            Assignment(row.day + WEEK, row.shift, row.station, row.patient)
            for row in load_plan(session, site.center, FIRST_MONDAY).plan.assignments
        ]
        save_plan(
            session, site.center, Plan.of(FIRST_MONDAY + WEEK, 1, rows), None, "Li", "", NOW, None,
            input_fingerprint=of_problem(problem),
        )  # fmt: skip
    assert client.get(f"/p/{secret}").text == before
    with writing(site.here.database) as session:
        publish(session, site.center, FIRST_MONDAY + WEEK, 1, "Li", NOW)
    assert client.get(f"/p/{secret}").text != before


def test_a_turn_that_is_over_is_gone(world: Path) -> None:
    late = site_at(world, now=NOW + timedelta(days=30))
    with writing(late.here.database) as session:
        secret = add_link(session, late.center, "P003", "li", NOW)
    page = TestClient(Starlette(routes=routes(late))).get(f"/p/{secret}").text
    assert 'class="come"' not in page
    late.here.database.dispose()


def test_a_name_is_masked_to_its_first_letters() -> None:
    assert masked("王小明") == "王＊＊"
    assert masked("刘洋") == "刘＊"
    assert masked("Wei Wang") == "W＊＊ W＊＊"
