"""A bad day on a screen: what is lost, what is allowed, the answer, its papers, and in force."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.site import Site, install
from db.connection import reading
from db.plans import PlanState, list_plans
from domain.account import Role
from tests.dashboard.acts.week_desk import enroll, week_site
from tests.dashboard.screens.planning_looks import opened, ran, said


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


def answered(role: Role = Role.HEAD_NURSE, **allowed: object) -> AppTest:
    at = opened("bad_day", role=role)
    at.pills(key="bad-day-lost-A").set_value(["A01", "A02", "A03"])
    for key, value in allowed.items():
        if key == "source":
            at.text_input(key="bad-day-source").set_value(str(value))
        else:
            at.selectbox(key=f"bad-day-{key}").set_value(value)
    ran(at)
    at.button(key="bad-day-go").click()
    return ran(at)


def test_nothing_is_planned_before_somebody_says_what_is_lost(site: Site) -> None:
    del site
    at = opened("bad_day")
    assert at.button(key="bad-day-go").disabled
    assert "Nothing is stored until" in said(at)


def test_half_the_machines_give_a_claim_the_lists_and_a_version(site: Site) -> None:
    at = answered()
    text = said(at)
    assert "proven: no plan does better" in text
    assert "patients are due" in text
    assert "Who comes first (24)" in text
    at.button(key="bad-day-keep").click()
    ran(at)
    with reading(site.here.database) as session:
        versions = list_plans(session, site.center)
    assert [one.state for one in versions] == [PlanState.SUPERSEDED, PlanState.PUBLISHED]


def test_what_a_doctor_allows_needs_the_doctor(site: Site) -> None:
    del site
    at = opened("bad_day")
    at.pills(key="bad-day-lost-A").set_value(["A01"])
    at.selectbox(key="bad-day-minutes").set_value(180)
    assert "needs the doctor's name" in said(ran(at))
    assert not [one for one in at.button if one.key == "bad-day-go"]


def test_the_doctors_gap_is_taken_with_the_name(site: Site) -> None:
    del site
    assert "Everybody is kept under the longest gap." in said(answered(line=5, source="Dr Zhao"))


def test_a_nurse_may_look_and_print_but_not_put_in_force(site: Site) -> None:
    del site
    at = answered(role=Role.NURSE)
    assert "Who comes first (24)" in said(at)
    assert not [one for one in at.button if one.key == "bad-day-keep"]


def test_a_week_that_is_over_cannot_be_planned(world: Path) -> None:
    here = week_site(world, 10)
    install(here)
    assert "No week that is still to come is planned." in said(opened("bad_day"))
