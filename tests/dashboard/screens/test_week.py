"""The week screen without a browser: pickers, form, save, publish, and what an empty one says."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.acts.drafts import move, save
from dashboard.site import Site, install
from db.connection import writing
from db.plans import PlanState, load_plan, save_plan
from domain.account import Role
from domain.plan import Plan
from tests.dashboard.acts.week_desk import SHEET, actor, enroll, look, swap, taken_out, week_site
from tests.dashboard.world import FIRST_MONDAY, NOW, make_world, site_at


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


def shown(role: Role = Role.HEAD_NURSE, language: str = "en", opened: str | None = None) -> AppTest:
    """The screen after its first run; `opened` is the key of what is opened on it."""
    at = AppTest.from_file(str(Path(__file__).with_name("one_screen.py")), default_timeout=30)
    at.session_state["screen"] = "week"
    at.session_state["role"] = role
    at.session_state["language"] = language
    if opened is not None:
        at.session_state[opened] = True
    at.run()
    assert not at.exception
    return at


def labels(at: AppTest) -> list[str]:
    return [one.label for one in at.button]


@pytest.mark.usefixtures("site")
def test_the_week_in_force_is_shown_with_its_version() -> None:
    at = shown()
    week, version = at.selectbox(key="week_monday"), at.selectbox(key="week_version_pick")
    assert week.options == ["Week of Mon 2 Mar"]
    assert version.options == ["Version 1, in force"]
    assert at.button[0].disabled


def test_the_form_moves_a_session_after_saying_what_it_does(site: Site) -> None:
    pair = swap(look(site))
    row, to = pair[0].before, pair[0].after
    assert row is not None
    assert to is not None
    at = shown(opened="week_form")
    at.selectbox(key="form_patient").set_value(row.patient).run()
    at.selectbox(key=f"form_session_{row.patient}").set_value(row).run()
    at.selectbox(key="form_turn").set_value(to.turn).run()
    at.selectbox(key="form_station").set_value(to.station).run()
    assert any("change places" in one.value for one in at.markdown)
    at.button(key="form_move").click().run()
    assert not at.exception
    assert {one.after for one in pair} <= set(look(site).plan.assignments)


def test_a_hard_rule_in_the_form_needs_a_reason(site: Site) -> None:
    row = swap(look(site))[0].before
    assert row is not None
    at = shown(opened="week_form")
    at.selectbox(key="form_patient").set_value(row.patient).run()
    at.selectbox(key=f"form_session_{row.patient}").set_value(row).run()
    turns = at.selectbox(key="form_turn")
    for option in range(len(turns.options)):
        at.selectbox(key="form_turn").select_index(option).run()
        if "Do it anyway" in labels(at):
            break
    at.button(key="form_move").click().run()
    assert [one.value for one in at.error][-1].startswith("A hard rule can only")
    at.text_input(key="form_reason").set_value("doctor agreed").run()
    at.button(key="form_move").click().run()
    (step,) = look(site).steps
    assert step.reason == "doctor agreed"


def test_moves_are_saved_as_a_version_and_published(site: Site) -> None:
    move(site, actor(), SHEET, swap(look(site)))
    at = shown(opened="week_saving")
    at.text_input(key="week_note").set_value("for Sunday").run()
    at.button(key="week_save").click().run()
    assert not at.exception
    assert look(site).version.note == "for Sunday"
    assert at.selectbox(key="week_version_pick").options[0] == "Version 2, draft by Head-Nurse"
    at.session_state["week_publishing"] = True
    at.run()
    at.button(key="week_publish").click().run()
    assert look(site).version.state is PlanState.PUBLISHED
    at.selectbox(key="week_version_pick").set_value(1).run()
    assert not at.exception
    assert "Undo" not in labels(at)


def test_an_unfinished_week_is_saved_only_with_a_reason(site: Site) -> None:
    move(site, actor(), SHEET, [taken_out(look(site))])
    at = shown(opened="week_saving")
    assert at.warning[0].value.startswith("Hard rules are broken without a reason")
    at.button(key="week_save").click().run()
    assert look(site).version.number == 1
    at.text_input(key="week_reason").set_value("in hospital").run()
    at.button(key="week_save").click().run()
    assert {one.reason for one in look(site).overrides} == {"in hospital"}


def test_undo_is_a_button(site: Site) -> None:
    move(site, actor(), SHEET, swap(look(site)))
    at = shown()
    next(one for one in at.button if one.label == "Undo").click().run()
    assert look(site).counting == ()


def test_redo_is_a_button_beside_it(site: Site) -> None:
    move(site, actor(), SHEET, swap(look(site)))
    after = look(site).plan
    at = shown()
    undoing, redoing = at.button[0], at.button[1]
    assert (undoing.label, redoing.label, redoing.disabled) == ("Undo", "Redo", True)
    undoing.click().run()
    assert not at.button[1].disabled
    at.button[1].click().run()
    assert look(site).plan == after
    assert at.button[1].disabled


@pytest.mark.usefixtures("site")
def test_who_may_only_look_sees_no_tool() -> None:
    at = shown(Role.NURSE)
    assert labels(at) == []
    assert len(at.selectbox) == 2


def test_a_stale_board_says_who_was_faster(site: Site) -> None:
    move(site, actor(), SHEET, swap(look(site)))
    at = shown(opened="week_saving")
    save(site, actor(), SHEET, "")
    at.button(key="week_save").click().run()
    assert not at.exception
    assert any("was stored meanwhile" in one.value for one in at.error)


def test_what_was_left_unsaved_can_be_taken_over(site: Site) -> None:
    pair = swap(look(site))
    move(site, actor(), SHEET, pair)
    with writing(site.here.database) as session:
        plan = load_plan(session, site.center, FIRST_MONDAY, 1).plan
        fewer = Plan.of(plan.first_day, 1, [r for r in plan.assignments if r.day.isoweekday() > 1])
        save_plan(session, site.center, fewer, None, "Wang", "", NOW, 1, input_fingerprint="f")
    at = shown()
    at.button(key="week_take_over").click().run()
    assert {one.after for one in pair} <= set(look(site).plan.assignments)


def test_without_a_plan_the_screen_says_where_to_begin(tmp_path: Path) -> None:
    install(site_at(make_world(tmp_path / "bare", planned=False)))
    at = shown()
    assert at.info[0].value.startswith("No week is planned yet")
    assert any("/plan" in one.value for one in at.markdown)


@pytest.mark.usefixtures("site")
def test_the_screen_is_chinese_for_who_reads_chinese() -> None:
    at = shown(language="zh")
    assert not at.exception
    assert "3月2日" in at.selectbox(key="week_monday").options[0]
