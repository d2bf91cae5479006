"""Make-up and swap on a screen: offers at once, a verdict at once, a button for who may."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from dashboard.planning.standing import standing_week
from dashboard.site import Site, install
from db.connection import reading, writing
from db.plans import load_plan, save_plan
from domain.account import Role
from domain.offer import Swap
from scheduler.make_up.offers import CONSECUTIVE, offers
from scheduler.make_up.swap import swap
from tests.dashboard.acts.test_mending import with_room
from tests.dashboard.acts.week_desk import enroll, week_site
from tests.dashboard.screens.planning_looks import opened, ran, said
from tests.dashboard.world import FIRST_MONDAY, NOW, desk_at, make_world


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


def swaps(site: Site, *, legal: bool) -> Swap:
    with reading(site.here.database) as session:
        week = standing_week(session, site.center, FIRST_MONDAY, 13, desk_at(site).now)
    pairs = permutations(sorted(week.plan.by_patient), 2)
    found = (swap(week.problem, week.plan, a, b, week.now) for a, b in pairs)
    return next(one for one in found if one is not None and one.judged.legal is legal)


def test_nothing_is_asked_before_somebody_is_chosen(site: Site) -> None:
    del site
    text = said(opened("make_up"))
    assert "every legal place is then listed" in text
    assert "the verdict is there at once" in text


def test_a_full_center_says_that_there_is_no_place_and_how_long_the_wait_is(site: Site) -> None:
    del site
    at = opened("make_up")
    code = at.selectbox(key="make-up-patient").options[0]
    at.selectbox(key="make-up-patient").set_value(code.split(" · ")[1])
    text = said(ran(at))
    assert "Proven: no legal plan of this week" in text or "Take this offer" in text


def test_a_legal_swap_is_taken_and_the_page_shows_the_new_version(site: Site) -> None:
    found = swaps(site, legal=True)
    at = opened("make_up")
    at.selectbox(key="swap-first").set_value(found.first)
    ran(at)
    at.selectbox(key="swap-second").set_value(found.second)
    text = said(ran(at))
    assert "no hard rule is broken" in text
    at.button(key="swap-take").click()
    assert "Version 2, in force" in said(ran(at))


def test_a_swap_that_is_not_allowed_says_why_and_has_no_button(site: Site) -> None:
    found = swaps(site, legal=False)
    at = opened("make_up")
    at.selectbox(key="swap-first").set_value(found.first)
    ran(at)
    at.selectbox(key="swap-second").set_value(found.second)
    text = said(ran(at))
    assert "Not allowed." in text
    assert str(found.judged.broken[0].words).split(":")[0] in text
    assert "Swap them" not in text


def test_a_nurse_sees_offers_and_cannot_take_them(site: Site) -> None:
    found = swaps(site, legal=True)
    at = opened("make_up", role=Role.NURSE)
    at.selectbox(key="swap-first").set_value(found.first)
    ran(at)
    at.selectbox(key="swap-second").set_value(found.second)
    assert "Swap them" not in said(ran(at))


def test_an_offer_is_shown_with_whom_it_moves_and_taken(site: Site) -> None:
    week = with_room(site)
    missed = next(
        row
        for row in week.plan.assignments
        if row.turn not in week.gone and offers(week.problem, week.plan, row, week.now)
    )
    at = opened("make_up")
    at.selectbox(key="make-up-patient").set_value(missed.patient)
    ran(at)
    at.selectbox(key=f"make-up-row-{missed.patient}").set_value(missed)
    text = said(ran(at))
    assert "Hours after" in text
    at.button(key="make-up-take").click()
    assert "Version 3, in force" in said(ran(at))


def test_days_in_a_row_need_the_doctor_who_allows_them(site: Site) -> None:
    week = with_room(site)
    asked = (
        (row, found)
        for row in week.plan.assignments
        if row.turn not in week.gone
        and (found := offers(week.problem, week.plan, row, week.now, waived=CONSECUTIVE))
        and found[0].judged.waived
    )
    missed, _ = next(asked, (week.plan.assignments[-1], ()))
    at = opened("make_up")
    at.selectbox(key="make-up-patient").set_value(missed.patient)
    ran(at)
    at.selectbox(key=f"make-up-row-{missed.patient}").set_value(missed)
    at.toggle(key="make-up-row").set_value(True)
    ran(at)
    at.text_input(key="make-up-source").set_value("Dr Zhao, 8:00")
    assert said(ran(at))


def test_single_sessions_may_be_swapped_and_nothing_left_says_so(site: Site) -> None:
    found = swaps(site, legal=True)
    at = opened("make_up")
    at.selectbox(key="swap-first").set_value(found.first)
    ran(at)
    at.selectbox(key="swap-second").set_value(found.second)
    ran(at)
    rows = at.multiselect(key=f"swap-rows-{found.first}")
    rows.set_value([next(one.before for one in found.moves if one.patient == found.first)])
    assert "Prescribed" in said(ran(at)) or "Not allowed." in said(at)


def test_a_draft_above_the_plan_in_force_has_to_be_decided_on_first(site: Site) -> None:
    with_room(site)
    with writing(site.here.database) as session:
        stored = load_plan(session, site.center, FIRST_MONDAY)
        save_plan(
            session, site.center, stored.plan, None, "Zhao", "", NOW, 2, input_fingerprint="f"
        )
    for screen in ("make_up", "bad_day"):
        assert "is a draft above version 2" in said(opened(screen))


def test_without_a_plan_there_is_nothing_to_mend(tmp_path: Path) -> None:
    install(week_site(make_world(tmp_path / "empty", planned=False)))
    assert "No week is planned yet." in said(opened("make_up"))


def test_the_page_speaks_chinese(site: Site) -> None:
    del site
    assert opened("make_up", language="zh").title
