"""The repair screen: what has happened, the figures, whom to call, and taking it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.screens.repair_form import Kind
from dashboard.site import Site, install
from db.connection import reading
from db.plans import list_plans, load_plan
from db.sample.spec import FIRST_MONDAY
from domain.account import Role
from tests.dashboard.acts.week_desk import enroll, week_site
from tests.dashboard.screens.planning_looks import opened, ran, said


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world, days=2)
    enroll(here)
    install(here)
    return here


def station(site: Site) -> str:
    """A station in use on Saturday."""
    with reading(site.here.database) as session:
        return load_plan(session, site.center, FIRST_MONDAY).plan.assignments[-1].station


def test_the_machine_page_and_the_board_hand_over_what_is_out(site: Site) -> None:
    named = station(site)
    at = opened("repair", station=named)
    at.button(key="repair-find").click()
    text = said(ran(at))
    assert "proven least" in text
    assert "Changes:" in text
    at.button(key="repair-take").click()
    ran(at)
    with reading(site.here.database) as session:
        versions = list_plans(session, site.center)
    assert versions[-1].number == 2
    assert versions[-1].note.startswith(named)


def test_several_things_are_entered_one_after_the_other_and_taken_back(site: Site) -> None:
    at = opened("repair", station=station(site))
    at.button(key="repair-add").click()
    ran(at)
    at.pills(key="repair-kind").set_value(Kind.SHIFT)
    ran(at)
    at.button(key="repair-add").click()
    text = said(ran(at))
    assert f"{station(site)} out from" in text
    assert "not held" in text
    at.button(key="repair-remove-0").click()
    assert f"{station(site)} out from" not in said(ran(at))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_fields(site: Site, kind: Kind) -> None:
    del site
    at = opened("repair")
    at.pills(key="repair-kind").set_value(kind)
    ran(at)
    assert at.button(key="repair-add").label == "Add"


def test_of_a_patient_a_session_is_chosen(site: Site) -> None:
    with reading(site.here.database) as session:
        patient = load_plan(session, site.center, FIRST_MONDAY).plan.assignments[-1].patient
    for kind in (Kind.MISSED, Kind.LATE, Kind.AWAY, Kind.BACK):
        at = opened("repair")
        at.pills(key="repair-kind").set_value(kind)
        ran(at)
        at.selectbox(key=f"repair-{kind.value}-patient").set_value(patient)
        ran(at)
        at.button(key="repair-add").click()
        assert patient in said(ran(at))


def test_what_cannot_be_meant_is_said_at_once(site: Site) -> None:
    with reading(site.here.database) as session:
        patient = load_plan(session, site.center, FIRST_MONDAY).plan.assignments[-1].patient
    at = opened("repair")
    at.pills(key="repair-kind").set_value(Kind.JOINS)
    ran(at)
    at.selectbox(key="repair-joins-patient").set_value(patient)
    assert "came last week already" in said(ran(at))
    assert at.button(key="repair-add").disabled


def test_without_a_place_ways_out_can_be_asked_for(site: Site) -> None:
    del site
    at = opened("repair")
    at.pills(key="repair-kind").set_value(Kind.SHIFT)
    ran(at)
    at.button(key="repair-find").click()
    text = said(ran(at))
    if "Without a place" in text:
        at.button(key="repair-ways").click()
        assert "another center" in said(ran(at))


def test_a_nurse_looks_and_takes_nothing(site: Site) -> None:
    at = opened("repair", Role.NURSE, station=station(site))
    at.button(key="repair-find").click()
    ran(at)
    assert "repair-take" not in {button.key for button in at.button}


def test_a_week_that_is_over_cannot_be_repaired(world: Path) -> None:
    here = week_site(world, days=9)
    enroll(here)
    install(here)
    assert "No week that is still to come is planned." in said(opened("repair"))
