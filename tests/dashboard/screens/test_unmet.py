"""Who goes short and why, wishes that are not met, and who has borne what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.site import Site, install
from db.connection import reading, writing
from db.load import load_register
from db.plans import load_plan, save_plan
from db.sample.spec import FIRST_MONDAY
from db.save import save_register
from domain.account import Role
from domain.center import Hold
from domain.patient import Burden, Ledger
from domain.plan import Plan
from tests.dashboard.acts.week_desk import enroll, week_site
from tests.dashboard.screens.planning_looks import frame, opened, ran, said
from tests.dashboard.world import NOW


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


def without(site: Site, patient: str) -> None:
    """A version in which somebody has no session at all."""
    with writing(site.here.database) as session:
        stored = load_plan(session, site.center, FIRST_MONDAY)
        rows = [row for row in stored.plan.assignments if row.patient != patient]
        plan = Plan.of(FIRST_MONDAY, 1, rows)
        save_plan(
            session, site.center, plan, None, "Wang", "", NOW, stored.version.number,
            input_fingerprint="f",
        )  # fmt: skip


def test_a_week_with_everybody_in_it_says_so(site: Site) -> None:
    del site
    assert "Everybody has all sessions" in said(opened("unmet"))


def test_who_has_no_place_is_named_with_reason_and_what_would_close_it(site: Site) -> None:
    with reading(site.here.database) as session:
        patient = load_plan(session, site.center, FIRST_MONDAY).plan.assignments[-1].patient
    without(site, patient)
    text = said(opened("unmet"))
    assert f"· {patient}" in text
    assert "What would close it" in text
    assert "Everybody has all sessions" not in text
    assert f'href="/what-if?week={FIRST_MONDAY}"' in text
    assert "/what-if" not in said(opened("unmet", Role.NURSE))


def test_a_seat_held_back_is_named_as_what_stands_in_the_way(site: Site) -> None:
    with reading(site.here.database) as session:
        patient = load_plan(session, site.center, FIRST_MONDAY).plan.assignments[-1].patient
        register = load_register(session, site.center)
    held = tuple(
        Hold(zone.code, sum(one.zone == zone.code for one in register.stations), "guests")
        for zone in register.zones
    )
    with writing(site.here.database) as session:
        save_register(session, replace(register, holds=held))
    without(site, patient)
    assert f"· {patient}" in said(opened("unmet"))


def test_wishes_that_are_not_met_are_listed_by_patient_and_rule(site: Site) -> None:
    del site
    at = opened("unmet")
    at.segmented_control(key="unmet-kind").set_value("all")
    ran(at)
    rows = frame(at)
    assert rows
    assert set(rows[0]) == {"Patient", "Rule", "What", "Cost"}
    costs = [row["Cost"] for row in rows]
    assert all(isinstance(cost, int) and cost > 0 for cost in costs)


def test_turns_that_nobody_likes_are_counted_over_months_and_here(site: Site) -> None:
    with writing(site.here.database) as session:
        register = load_register(session, site.center)
        one, other = (patient.code for patient in register.patients[:2])
        ledger = (Ledger(one, Burden.NIGHT, 2), Ledger(other, Burden.NIGHT, 5))
        save_register(session, replace(register, ledger=ledger))
    at = opened("unmet")
    tables = [frame(at, number) for number in range(len(at.dataframe))]
    (shares,) = [rows for rows in tables if rows and "Together" in rows[0]]
    assert [row["Together"] for row in shares] == [5, 2]
    assert f"· {other}" in str(shares[0]["Patient"])
    assert "the fewest 2, the most 5" in said(at)


def test_where_nobody_has_any_it_says_so(site: Site) -> None:
    with writing(site.here.database) as session:
        register = load_register(session, site.center)
        shifts = tuple(replace(shift, early=False, night=False) for shift in register.shifts)
        save_register(session, replace(register, ledger=(), shifts=shifts))
    assert "Nobody has nights" in said(opened("unmet"))


def test_in_chinese_it_has_the_same_parts(site: Site) -> None:
    del site
    assert len(opened("unmet", language="zh").tabs) == 3
