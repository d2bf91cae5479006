"""Two versions side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.site import Site, install
from db.connection import reading, writing
from db.plans import load_plan, save_plan
from db.sample.spec import FIRST_MONDAY
from domain.draft import moved
from domain.plan import Plan
from tests.dashboard.acts.week_desk import enroll, look, swap, week_site
from tests.dashboard.screens.planning_looks import frame, opened, ran, said
from tests.dashboard.world import NOW, make_world, site_at


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


def stored(site: Site, plan: Plan) -> None:
    with writing(site.here.database) as session:
        latest = load_plan(session, site.center, FIRST_MONDAY).version.number
        save_plan(session, site.center, plan, None, "Wang", "", NOW, latest, input_fingerprint="f")


def first(site: Site) -> Plan:
    with reading(site.here.database) as session:
        return load_plan(session, site.center, FIRST_MONDAY, 1).plan


def test_with_one_version_there_is_nothing_to_compare(site: Site) -> None:
    del site
    assert "only one version" in said(opened("compare"))


def test_without_a_plan_it_says_so(tmp_path: Path) -> None:
    folder = make_world(tmp_path / "bare", planned=False)
    install(site_at(folder))
    assert "No week is planned yet" in said(opened("compare"))
    assert "No week is planned yet" in said(opened("unmet"))


def test_two_versions_with_the_same_sessions_are_told_to_be_so(site: Site) -> None:
    stored(site, first(site))
    at = opened("compare")
    text = said(at)
    assert "Both versions have the same sessions" in text
    assert "Who moves: 0" in text
    assert "Nobody sits elsewhere" in text


def test_who_moves_is_listed_with_before_and_after(site: Site) -> None:
    moves = swap(look(site))
    stored(site, moved(first(site), moves))
    at = opened("compare")
    assert "Who moves: 2" in said(at)
    rows = frame(at)
    assert {row["Kind of change"] for row in rows} <= {"other station", "other time"}
    assert all(row["Before"] != row["After"] for row in rows)


def test_one_patient_can_be_looked_at_alone(site: Site) -> None:
    moves = swap(look(site))
    stored(site, moved(first(site), moves))
    at = opened("compare")
    at.selectbox(key="compare-patient").set_value(moves[0].patient)
    ran(at)
    assert "Who moves: 1" in said(at)


def test_hundreds_of_changes_fit(site: Site) -> None:
    stored(site, Plan.of(FIRST_MONDAY, 1, ()))
    at = opened("compare")
    count = len(first(site).assignments)
    assert f"Who moves: {count}" in said(at)
    assert len(frame(at)) == count
    assert f"0 / {count}" in said(at)


def test_the_address_chooses_the_versions(site: Site) -> None:
    stored(site, Plan.of(FIRST_MONDAY, 1, ()))
    at = opened("compare", week=FIRST_MONDAY.isoformat(), a="2", b="2")
    assert "the same version twice" in said(at)


def test_in_chinese(site: Site) -> None:
    stored(site, Plan.of(FIRST_MONDAY, 1, ()))
    assert opened("compare", language="zh").title[0].value
