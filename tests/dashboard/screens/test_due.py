"""The pages of what is due and of the books, without a browser."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.acts import care as acts
from dashboard.acts.acting import NotAllowed
from dashboard.site import Site, install
from db.care.happened import load_events
from db.care.upkeep import keep_plan, load_facts, load_readiness
from db.connection import reading, writing
from db.telemetry.store import TelemetryStore
from domain.account import Role
from domain.care import CareKind, Method
from domain.due import CareFacts
from domain.maintenance import MaintenancePlan
from domain.readiness import ReadyState
from domain.words import Label
from tests.dashboard.acts.week_desk import actor, enroll
from tests.dashboard.machine.said import SHORT, tell, treated
from tests.dashboard.world import NOW, copy_world, make_world, site_at
from tests.db.telemetry.world import aside

TECHNICIAN = actor(Role.TECHNICIAN)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A center without a plan; nobody writes into this one."""
    return make_world(tmp_path_factory.mktemp("due") / "world", planned=False)


@pytest.fixture
def site(room: Path, tmp_path: Path) -> Site:
    here = site_at(copy_world(room, tmp_path / "world"))
    enroll(here)
    install(here)
    return here


def _script(name: str, role: str, language: str, kind: str) -> None:
    import streamlit as st

    from dashboard.screens.listed import SCREENS
    from dashboard.site import site
    from domain.account import Role
    from tests.dashboard.world import desk_at

    if kind:
        st.session_state.setdefault("due-kind", kind)
    screen = next(one for one in SCREENS if one.path == name)
    screen.show(desk_at(site(), Role(role), language))


def shown(
    name: str = "due", role: Role = Role.TECHNICIAN, language: str = "en", kind: str = ""
) -> AppTest:
    args = (name, role.value, language, kind)
    at = AppTest.from_function(_script, args=args, default_timeout=60)
    at.run()
    assert not at.exception
    return at


def page(at: AppTest) -> str:
    return "\n".join(one.proto.body for one in at.get("html"))


def facts(site: Site) -> CareFacts:
    with reading(site.here.database) as session:
        return load_facts(session, site.center)


def state(site: Site, machine: str = "M01") -> ReadyState:
    with reading(site.here.database) as session:
        return load_readiness(session, site.center, [machine], site.clock())[0].state


def keep(at: AppTest, form: str, button: str = "keep") -> AppTest:
    at.button(key=f"{form}-{button}").click().run()
    assert not at.exception
    return at


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_due_is_listed_by_urgency(site: Site, language: str) -> None:
    del site
    at = shown(language=language)
    assert "M01" in page(at)
    assert len(at.tabs) == 4


def test_who_may_not_enter_sees_no_form(site: Site) -> None:
    at = shown(role=Role.NURSE)
    assert len(at.tabs) == 3
    with pytest.raises(NotAllowed):
        acts.block(site, actor(Role.NURSE), "M01", "smells", None)
    assert facts(site).events == ()


def test_a_disinfection_says_what_it_means_and_makes_the_machine_ready(site: Site) -> None:
    at = shown()
    at.number_input(key="disinfected-minutes").set_value(10.0).run()
    assert "Too short" in at.error[0].value
    at.number_input(key="disinfected-minutes").set_value(30.0).run()
    assert not at.error
    keep(at, "disinfected")
    assert at.success[0].value == "Kept."
    (event,) = facts(site).events
    assert (event.method, event.minutes, event.who) == (Method.HEAT, 30.0, "Technician")
    assert state(site) is ReadyState.READY


def test_a_chemical_one_waits_for_the_residue_test(site: Site) -> None:
    at = shown()
    at.radio(key="disinfected-method").set_value(Method.CHEMICAL).run()
    assert "waits for the residue test" in at.warning[0].value
    keep(at, "disinfected")
    assert state(site) is ReadyState.BLOCKED
    keep(shown(kind="residue"), "residue")
    assert state(site) is ReadyState.READY


def test_a_result_is_judged_before_it_is_kept(site: Site) -> None:
    at = shown(kind="result")
    at.number_input(key="result-value").set_value(120.0).run()
    assert "over the limit of 100" in at.error[0].value
    keep(at, "result")
    (row,) = facts(site).results
    assert (row.point, row.test, row.value, row.day) == ("M01", "bacteria", 120.0, date(2026, 3, 2))
    at = shown()
    assert "over the limit" in page(at)
    assert len(at.get("vega_lite_chart")) + len(at.get("arrow_vega_lite_chart")) == 1


def test_a_result_without_a_value_is_refused(site: Site) -> None:
    at = keep(shown(kind="result"), "result")
    assert "missing" in at.error[0].value
    assert facts(site).results == ()


def test_water_is_drawn_at_a_point_that_was_added(site: Site) -> None:
    at = shown(kind="point")
    at.text_input(key="point-code").set_value("RO1")
    keep(at, "point")
    assert [one.code for one in facts(site).points] == ["RO1"]
    with pytest.raises(NotAllowed):
        acts.point_added(site, TECHNICIAN, "M01", "")
    at = shown(kind="result")
    assert at.selectbox(key="result-point").value == "RO1"
    at.number_input(key="result-value").set_value(60.0).run()
    assert "action level" in at.warning[0].value


def test_a_machine_is_blocked_with_a_reason_and_released(site: Site) -> None:
    at = keep(shown(kind="block"), "block")
    assert "needs a reason" in at.error[0].value
    at.text_input(key="block-text").set_value("smells burnt")
    at.date_input(key="block-back").set_value(NOW.date() + timedelta(days=3))
    keep(at, "block")
    assert state(site) is ReadyState.BLOCKED
    assert facts(site).events[-1].back == NOW.date() + timedelta(days=3)
    keep(at, "block", "release")
    assert facts(site).events[-1].kind is CareKind.RELEASED


def test_a_maintenance_is_entered_against_its_plan(site: Site) -> None:
    assert any("no maintenance plan" in one.value for one in shown(kind="work").info)
    title = Label("Half-yearly", "半年保养")
    with writing(site.here.database) as session:
        keep_plan(session, site.center, MaintenancePlan("PM6", title, every_days=180))
    assert "Half-yearly" in page(shown())
    keep(shown(kind="work"), "work")
    (work,) = facts(site).works
    assert (work.machine, work.plan, work.who, work.hours) == ("M01", "PM6", "Technician", None)
    with pytest.raises(NotAllowed):
        acts.work_done(site, TECHNICIAN, "M01", "PM9", site.clock(), "")


def test_meters_never_go_back_unless_they_were_replaced(site: Site) -> None:
    at = shown(kind="meter")
    keep(at, "meter")
    assert "both are needed" in at.error[0].value
    acts.read_meters(site, TECHNICIAN, "M01", acts.Meters(1200.0, 300))
    with pytest.raises(NotAllowed):
        acts.read_meters(site, TECHNICIAN, "M01", acts.Meters(120.0, 300))
    acts.read_meters(site, TECHNICIAN, "M01", acts.Meters(1.0, 1), replaced=True)
    with reading(site.here.database) as session:
        assert [one.hours for one in load_events(session, site.center)] == [1200.0, 1.0]


def test_what_has_not_happened_yet_is_refused(site: Site) -> None:
    later = site.clock() + timedelta(hours=1)
    with pytest.raises(NotAllowed):
        acts.residue_clear(site, TECHNICIAN, "M01", later, "")
    with pytest.raises(NotAllowed):
        acts.residue_clear(site, TECHNICIAN, "X1", site.clock(), "")
    tomorrow = NOW.date() + timedelta(days=1)
    with pytest.raises(NotAllowed):
        acts.result_kept(site, TECHNICIAN, acts.Typed("M01", "bacteria", tomorrow, 1.0))


@pytest.mark.parametrize(
    ("point", "test", "value"),
    [("X1", "bacteria", 1.0), ("M01", "taste", 1.0), ("M01", "bacteria", float("nan")),
     ("M01", "hardness", 1.0)],
)  # fmt: skip
def test_a_result_that_could_not_be_meant_is_refused(
    site: Site, point: str, test: str, value: float
) -> None:
    with pytest.raises(NotAllowed):
        acts.result_kept(site, TECHNICIAN, acts.Typed(point, test, NOW.date(), value))


# --- the books --------------------------------------------------------------------------------


def test_without_telemetry_the_books_are_empty(site: Site) -> None:
    del site
    assert "Nothing has arrived yet" in shown("books").info[0].value


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_books_add_up_and_name_who_is_unknown(site: Site, language: str) -> None:
    tell(site, "M01", treated(2), NOW - SHORT)
    store = TelemetryStore(site.here.telemetry, lambda: frozenset({"M01"}))
    store.settle([], [aside(1, "HD-9", "<script>"), aside(None, "M01")])
    at = shown("books", language=language)
    assert "HD-9" in page(at)
    at.selectbox(key="books-group").select(0).run()
    assert not at.exception
    assert "&lt;script&gt;" in page(at)
    assert "<script>" not in page(at)
