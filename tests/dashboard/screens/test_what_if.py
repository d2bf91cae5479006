"""What would it take, and scenarios side by side, as a head nurse asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.planning.thinking import Thought
from dashboard.rights import Right
from dashboard.screens.what_if import SCREEN
from dashboard.site import Site, install
from db.connection import writing
from db.load import load_register
from db.save import save_register
from domain.account import Role
from domain.calendar import Span
from domain.center import Closure
from domain.remedy import RemedyKind
from scheduler.planner import Onlooker
from tests.dashboard.acts.week_desk import enroll, week_site
from tests.dashboard.screens.planning_looks import SCRIPT, opened, ran, said
from tests.dashboard.world import FIRST_MONDAY

FUTURE = FIRST_MONDAY.isoformat()


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world, days=-3)
    enroll(here)
    install(here)
    return here


@pytest.fixture
def short(site: Site) -> Site:
    """A station less: four patients too many."""
    with writing(site.here.database) as session:
        register = load_register(session, site.center)
        shut = Closure(Span(FIRST_MONDAY, None), "repair", station=register.stations[0].code)
        save_register(session, replace(register, closures=(shut,)))
    return site


def answered(at: AppTest, key: str) -> AppTest:
    """The screen once its question has been answered."""
    thought: Thought[Any] = at.session_state[key]
    assert thought._thread is not None
    thought._thread.join(60)
    return ran(at)


def looked(at: AppTest) -> AppTest:
    """After a click on the button and the answer."""
    at.button(key="what-if-look").click()
    return answered(ran(at), "what-if-closing")


def test_only_who_may_plan_sees_it() -> None:
    assert SCREEN.right is Right.PLAN


def test_a_week_in_which_everybody_fits_says_so(site: Site) -> None:
    del site
    at = opened("what_if", week=FUTURE)
    assert "Nothing is stored." in said(at)
    assert "Everybody has all sessions: a plan was found and judged legal." in said(looked(at))


def test_a_shortage_is_shown_with_what_closes_it(short: Site) -> None:
    del short
    text = said(looked(opened("what_if", week=FUTURE)))
    assert "sessions missing in every plan, at least: 12" in text
    assert "One more machine in" in text
    assert "closes it; nothing less of this kind does" in text
    assert "More nurses: proven to be not enough by itself" in text
    assert "Labor Law, Article 44" in text


def test_another_question_hides_the_answer_to_the_last(short: Site) -> None:
    del short
    at = looked(opened("what_if", week=FUTURE))
    at.multiselect(key="what-if-kinds").set_value([])
    assert "One more machine" not in said(ran(at))


def test_a_remedy_is_put_side_by_side_and_compared(short: Site) -> None:
    del short
    at = looked(opened("what_if", week=FUTURE))
    at.button(key="what-if-put").click()
    ran(at)
    at.number_input(key="what-if-grow").set_value(1)
    at.number_input(key="what-if-months").set_value(2)
    ran(at)
    at.button(key="what-if-compare").click()
    at = answered(ran(at), "what-if-sides")
    text = said(at)
    assert "Sessions missing" in text
    assert "12, proven" in text
    assert "As it is: somebody goes short already today" in text


KINDS = ["extra shift", "machines", "nurses", "fewer sessions", "guests elsewhere", "night"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_each_kind_can_be_added_and_taken_away(site: Site, kind: str) -> None:
    del site
    at = opened("what_if", week=FUTURE)
    at.selectbox(key="what-if-kind").set_value(kind)
    ran(at)
    for field in (f"what-if-{name}-patients" for name in ("fewer", "guests")):
        if any(one.key == field for one in at.multiselect):
            at.multiselect(key=field).set_value(["P001", "P002", "P003"])
            ran(at)
    at.button(key="what-if-add").click()
    ran(at)
    assert taken_away(at) == ["what-if-away-0"]
    at.button(key="what-if-away-0").click()
    assert taken_away(ran(at)) == []


def taken_away(at: AppTest) -> list[str]:
    """The buttons that take a scenario away."""
    return [str(one.key) for one in at.button if str(one.key).startswith("what-if-away")]


def test_a_change_can_be_added_to_a_scenario_that_is_there(site: Site) -> None:
    del site
    at = opened("what_if", week=FUTURE)
    at.selectbox(key="what-if-kind").set_value("machines")
    ran(at).button(key="what-if-add").click()
    ran(at).selectbox(key="what-if-into").set_value("More machines")
    ran(at).button(key="what-if-add").click()
    drafts = next(iter(ran(at).session_state["what-if-drafts"].values()))
    assert [(one.name, len(one.remedies)) for one in drafts] == [("More machines", 2)]


def test_more_than_four_are_not_added_and_names_do_not_repeat(site: Site) -> None:
    del site
    at = opened("what_if", week=FUTURE)
    at.selectbox(key="what-if-kind").set_value("machines")
    for _ in range(4):
        ran(at).button(key="what-if-add").click()
    drafts = next(iter(ran(at).session_state["what-if-drafts"].values()))
    assert [one.name for one in drafts] == [
        "More machines", "More machines 2", "More machines 3", "More machines 4",
    ]  # fmt: skip
    assert at.button(key="what-if-add").disabled


def test_in_chinese_it_has_the_same_parts(site: Site) -> None:
    del site
    assert len(opened("what_if", language="zh", week=FUTURE).tabs) == 2


# --- while it is worked at ------------------------------------------------------------------------

KEY = (FIRST_MONDAY, 1, frozenset(RemedyKind), ())


def test_while_it_is_solved_it_says_for_how_long_and_can_be_stopped(site: Site) -> None:
    del site
    thought = Thought[Any](KEY, _until_stopped).begin()
    at = AppTest.from_file(str(SCRIPT), default_timeout=60)
    for name, value in (("role", Role.HEAD_NURSE), ("language", "en"), ("screen", "what_if")):
        at.session_state[name] = value
    at.query_params["week"] = FUTURE
    at.session_state["what-if-closing"] = thought
    assert "Solving;" in said(ran(at))
    assert at.button(key="what-if-look").disabled
    at.button(key="what-if-stop").click()
    ran(at)
    at = answered(at, "what-if-closing")
    assert "There is no answer; ask again." in said(at)


def _until_stopped(onlooker: Onlooker) -> None:
    ended = Event()
    while not onlooker.stop.interrupted:
        ended.wait(0.02)


def test_a_center_that_has_nights_is_told_how_to_add_some(site: Site) -> None:
    with writing(site.here.database) as session:
        register = load_register(session, site.center)
        first, *rest = register.shifts
        night = replace(first, start=time(22), end=time(6), night=True, code="N")
        save_register(session, replace(register, shifts=(first, *rest, night)))
    at = opened("what_if", week=FUTURE)
    at.selectbox(key="what-if-kind").set_value("night")
    assert "There is a night shift already" in said(ran(at))
    assert at.button(key="what-if-add").disabled


def test_a_shift_without_days_or_zones_is_no_change(site: Site) -> None:
    del site
    at = opened("what_if", week=FUTURE)
    at.multiselect(key="what-if-extra-days").set_value([])
    assert ran(at).button(key="what-if-add").disabled
