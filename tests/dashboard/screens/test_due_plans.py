"""The form for maintenance plans, without a browser: what it keeps, refuses and ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.acts.acting import NotAllowed
from dashboard.acts.maintenance import (
    TypedPlan,
    plan_ended,
    plan_faults,
    plan_kept,
    plan_of,
    typed_of,
)
from dashboard.site import Site, install
from db.access.audit import Asked, list_entries
from db.care.upkeep import load_facts
from db.connection import reading
from domain.account import Role
from domain.due import CareFacts, DueKind, due
from domain.maintenance import MaintenancePlan
from domain.words import Label
from tests.dashboard.acts.week_desk import actor, enroll
from tests.dashboard.screens.test_due import facts, keep, shown
from tests.dashboard.world import copy_world, desk_at, make_world, site_at

TECHNICIAN = actor(Role.TECHNICIAN)
GOOD = TypedPlan("PM6", "Half-yearly", "半年保养", days=180, source="the maker's manual")
FACTS = CareFacts({"M01": "Ren 4", "M02": "Ren 4"})


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_world(tmp_path_factory.mktemp("plans") / "world", planned=False)


@pytest.fixture
def site(room: Path, tmp_path: Path) -> Site:
    here = site_at(copy_world(room, tmp_path / "world"))
    enroll(here)
    install(here)
    return here


def due_by(site: Site, code: str) -> int:
    """How many machines have something due by a plan."""
    now = desk_at(site).now
    found = (one for one in due(facts(site), now) if one.kind is DueKind.MAINTENANCE)
    return sum(one.code == code for one in found)


def told(at: AppTest) -> list[str]:
    """What is said under the fields."""
    return [one.value for one in at.markdown if ":red[" in one.value]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": " "}, "code"),
        ({"code": "PM 6"}, "code"),
        ({"code": "P" * 21}, "code"),
        ({"english": "", "chinese": " "}, "title"),
        ({"model": "Ren 5"}, "model"),
        ({"days": None}, "every"),
        ({"days": 0}, "days"),
        ({"hours": 200_001}, "hours"),
        ({"treatments": -1}, "treatments"),
        ({"source": "  "}, "source"),
    ],
)
def test_a_fault_names_its_field(change: dict[str, object], field: str) -> None:
    assert list(plan_faults(replace(GOOD, **change), FACTS)) == [field]  # type: ignore[arg-type]
    assert plan_faults(GOOD, FACTS) == {}


def test_all_faults_are_found_at_once() -> None:
    assert list(plan_faults(TypedPlan(), FACTS)) == ["code", "title", "every", "source"]


def test_one_title_stands_in_for_the_other() -> None:
    assert plan_of(replace(GOOD, english="")).title == Label("半年保养", "半年保养")
    assert plan_of(replace(GOOD, chinese="")).title == Label("Half-yearly", "Half-yearly")


def test_a_plan_comes_back_into_the_form_as_it_was_kept() -> None:
    plan = plan_of(replace(GOOD, hours=1000, model="Ren 4", blocks=True))
    assert plan_of(typed_of(plan)) == plan
    assert not typed_of(plan).added


def test_a_code_is_taken_once_and_only_what_is_there_can_be_changed() -> None:
    there = replace(FACTS, plans=(plan_of(GOOD),))
    assert list(plan_faults(GOOD, there)) == ["code"]
    assert plan_faults(replace(GOOD, added=False), there) == {}
    assert list(plan_faults(replace(GOOD, added=False), FACTS)) == ["code"]


def test_a_plan_is_made_in_the_form(site: Site) -> None:
    at = shown(kind="plan")
    keep(at, "plan")
    assert len(told(at)) == 4
    assert facts(site).plans == ()
    at.text_input(key="plan-0--code").set_value("PM6")
    at.text_input(key="plan-0--english").set_value("Half-yearly")
    at.text_input(key="plan-0--source").set_value("the maker's manual")
    at.number_input(key="plan-0--days").set_value(180)
    at.checkbox(key="plan-0--blocks").check().run()
    assert not told(at)
    assert "nobody can be put on them" in at.warning[0].value
    keep(at, "plan")
    assert at.success[0].value == "Kept."
    title = Label("Half-yearly", "Half-yearly")
    assert facts(site).plans == (
        MaintenancePlan("PM6", title, every_days=180, source="the maker's manual", blocks=True),
    )
    assert at.text_input(key="plan-1--code").value == ""
    assert due_by(site, "PM6") == len(facts(site).machines)


def test_before_the_first_try_only_what_was_typed_wrong_is_a_fault(site: Site) -> None:
    del site
    at = shown(kind="plan")
    assert not told(at)
    at.text_input(key="plan-0--code").set_value("PM 6").run()
    assert ["without spaces" in one for one in told(at)] == [True]


def test_a_plan_is_changed_in_the_form(site: Site) -> None:
    plan_kept(site, TECHNICIAN, GOOD)
    at = shown(kind="plan")
    at.selectbox(key="plan-chosen-0").set_value("PM6").run()
    assert at.text_input(key="plan-0-PM6-code").disabled
    assert at.number_input(key="plan-0-PM6-days").value == 180
    at.number_input(key="plan-0-PM6-days").set_value(None)
    at.number_input(key="plan-0-PM6-hours").set_value(1000).run()
    assert any(one.value.startswith("Overdue at once on") for one in at.info)
    keep(at, "plan")
    (plan,) = facts(site).plans
    assert (plan.every_days, plan.every_hours) == (None, 1000)


def test_an_ended_plan_is_due_no_more_and_stays_in_the_audit(site: Site) -> None:
    plan_kept(site, TECHNICIAN, GOOD)
    assert due_by(site, "PM6") > 0
    at = shown(kind="plan")
    at.selectbox(key="plan-chosen-0").set_value("PM6").run()
    keep(at, "plan", "end")
    assert at.success[0].value == "Ended: plan PM6."
    assert facts(site).plans == ()
    assert due_by(site, "PM6") == 0
    with reading(site.here.database) as session:
        ended, kept = list_entries(session, site.center, Asked(), desk_at(site).zone)
    assert (kept.act, ended.act) == ("care.plan", "care.plan_end")
    assert ended.before == kept.after == {
        "called": "Half-yearly", "every_days": 180, "source": "the maker's manual",
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.NURSE, Role.HEAD_NURSE, Role.DOCTOR, Role.ADMIN])
def test_only_who_enters_care_keeps_plans(site: Site, role: Role) -> None:
    with pytest.raises(NotAllowed):
        plan_kept(site, actor(role), GOOD)
    with pytest.raises(NotAllowed):
        plan_ended(site, actor(role), "PM6")
    with reading(site.here.database) as session:
        assert load_facts(session, site.center).plans == ()


def test_what_the_form_refuses_the_act_refuses_too(site: Site) -> None:
    with pytest.raises(NotAllowed, match="After how long"):
        plan_kept(site, TECHNICIAN, replace(GOOD, days=None))
    with pytest.raises(NotAllowed, match="no maintenance plan PM6"):
        plan_ended(site, TECHNICIAN, "PM6")


def test_the_form_is_chinese_for_who_reads_chinese(site: Site) -> None:
    del site
    at = keep(shown(language="zh", kind="plan"), "plan")
    assert len(told(at)) == 4
