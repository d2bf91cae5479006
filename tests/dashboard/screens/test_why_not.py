"""Why not: asked on the screen, answered with facts, or with a plan and what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.screens import why_not
from dashboard.site import Site, install
from db.connection import reading, writing
from db.load import load_register
from db.plans import load_plan
from db.sample.spec import FIRST_MONDAY
from db.save import save_register
from domain.account import Role
from domain.patient import WorkShift
from domain.plan import Assignment
from tests.clearshift.cli.test_why_not_page import BLOCKED
from tests.dashboard.acts.week_desk import enroll, week_site
from tests.dashboard.screens.planning_looks import opened, ran, said
from tests.dashboard.world import make_world, site_at


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


def late_session(site: Site) -> Assignment:
    """A session in the second half of the week, which has not begun."""
    with reading(site.here.database) as session:
        rows = load_plan(session, site.center, FIRST_MONDAY).plan.assignments
    return next(row for row in rows if row.day == FIRST_MONDAY + timedelta(days=3))


def test_without_a_question_it_says_what_to_choose(site: Site) -> None:
    del site
    assert "Choose a patient, a day and a shift." in said(opened("why_not"))


def test_the_address_can_ask_and_a_seat_that_is_had_is_said_so(site: Site) -> None:
    row = late_session(site)
    text = said(opened("why_not", patient=row.patient, day=row.day.isoformat(), shift=row.shift))
    assert f"{row.patient} sits there" in text
    assert "What it takes" not in text


def test_a_seat_that_can_be_had_shows_who_moves_and_what_is_proven(site: Site) -> None:
    row = late_session(site)
    with reading(site.here.database) as session:
        shifts = [one.code for one in load_register(session, site.center).shifts]
    other = next(code for code in shifts if code != row.shift)
    text = said(opened("why_not", patient=row.patient, day=row.day.isoformat(), shift=other))
    assert f"{row.patient} can have" in text
    assert "Proven: no plan with this seat moves fewer people." in text
    assert "Planned again and checked without the solver." in text


def test_another_place_is_asked_for_by_zone_or_station(site: Site) -> None:
    row = late_session(site)
    at = opened("why_not", patient=row.patient, day=row.day.isoformat(), shift=row.shift)
    places = at.selectbox(key="why-place")
    other = next(place for place in reversed(places.options) if place != row.station)
    places.select(other)
    assert f", station {other}" in said(ran(at))


def test_work_in_the_way_is_named_with_rule_and_source(site: Site) -> None:
    row = late_session(site)
    with writing(site.here.database) as session:
        register = load_register(session, site.center)
        work = tuple(
            WorkShift(row.patient, frozenset({row.day.isoweekday()}), shift.start, shift.end)
            for shift in register.shifts
            if shift.code != row.shift
        )
        save_register(session, replace(register, work_shifts=work))
    other = next(one.code for one in register.shifts if one.code != row.shift)
    text = said(opened("why_not", patient=row.patient, day=row.day.isoformat(), shift=other))
    assert "cannot have" in text
    assert "What blocks it" in text
    assert "What would allow it" in text
    assert "does not work on" in text


def test_what_has_begun_is_not_to_be_had(site: Site) -> None:
    row = late_session(site)
    text = said(
        opened("why_not", patient=row.patient, day=FIRST_MONDAY.isoformat(), shift=row.shift)
    )
    assert "begun" in text or "sits there" in text


def test_in_chinese_and_for_the_doctor_it_has_the_same_parts(site: Site) -> None:
    row = late_session(site)
    at = opened(
        "why_not", Role.DOCTOR, "zh", patient=row.patient, day=row.day.isoformat(), shift=row.shift
    )
    assert len(at.selectbox) == 5


def test_a_block_by_counting_shows_people_a_doctors_word_and_what_was_tried(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = late_session(site)
    found = replace(BLOCKED, way=replace(BLOCKED.way, changes=())) if BLOCKED.way else BLOCKED
    for answer, told in (
        (found, "It would be possible with this: the doctor agrees."),
        (replace(found, way=None), "Nothing that a center may change would allow it."),
    ):
        monkeypatch.setattr(why_not, "answered", lambda *_, answer=answer: answer)
        text = said(
            opened("why_not", patient=row.patient, day=row.day.isoformat(), shift=row.shift)
        )
        assert "3 patients: P1, P2, P3" in text
        assert told in text
    assert "No rule finds the plan better or worse." not in text


def test_without_a_plan_there_is_nothing_to_ask(tmp_path: Path) -> None:
    install(site_at(make_world(tmp_path, planned=False)))
    assert "No week is planned yet." in said(opened("why_not"))
