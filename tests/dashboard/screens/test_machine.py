"""The machine's page without a browser: trends, both lives of an alarm, acts, link and care."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.acts import alarms as acts
from dashboard.acts.acting import NotAllowed
from dashboard.site import Site, install
from db.access.audit import Asked, list_entries
from db.care.alarms import load_alarm
from db.connection import reading
from domain.account import Role
from domain.alarm import EdgePhase, MachineState
from domain.alarm_life import AlarmLife
from tests.dashboard.acts.week_desk import actor, enroll
from tests.dashboard.machine.said import SHORT, alarm, tell, treated
from tests.dashboard.world import NOW, copy_world, desk_at, make_world, site_at


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A center without a plan; nobody writes into this one."""
    return make_world(tmp_path_factory.mktemp("machine") / "world", planned=False)


@pytest.fixture
def site(room: Path, tmp_path: Path) -> Site:
    here = site_at(copy_world(room, tmp_path / "world"))
    enroll(here)
    install(here)
    return here


def _script(name: str, machine: str, role: str, language: str) -> None:
    import streamlit as st

    from dashboard.screens.listed import SCREENS
    from dashboard.site import site
    from domain.account import Role
    from tests.dashboard.world import desk_at

    if machine:
        st.query_params["m"] = machine
    screen = next(one for one in SCREENS if one.path == name)
    screen.show(desk_at(site(), Role(role), language))


def shown(
    machine: str = "M01", role: Role = Role.TECHNICIAN, language: str = "en", name: str = "machine"
) -> AppTest:
    args = (name, machine, role.value, language)
    at = AppTest.from_function(_script, args=args, default_timeout=60)
    at.run()
    assert not at.exception
    return at


def page(at: AppTest) -> str:
    """Everything that is drawn by hand."""
    return "\n".join(one.proto.body for one in at.get("html"))


@pytest.fixture
def treating(site: Site) -> Site:
    """The first machine in treatment, with an alarm that nobody has seen."""
    tell(site, "M01", treated(), NOW - SHORT)
    return site


def test_without_a_machine_in_the_address_one_is_chosen(site: Site) -> None:
    del site
    at = shown(machine="")
    assert at.selectbox[0].value is None
    at.selectbox[0].select("M02").run()
    assert "M02" in page(at)


def test_a_machine_that_is_not_here_is_said(site: Site) -> None:
    del site
    assert "X9" in shown(machine="X9").warning[0].value


def test_a_machine_that_never_spoke_has_an_empty_page(site: Site) -> None:
    del site
    at = shown()
    assert "never heard" in page(at)
    assert len(at.info) >= 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_machine_in_treatment_has_its_values_and_its_curves(
    treating: Site, language: str
) -> None:
    del treating
    at = shown(language=language)
    assert "mc-value live" in page(at)
    assert "310" in page(at)
    assert len(at.get("vega_lite_chart")) + len(at.get("arrow_vega_lite_chart")) == 1
    english, chinese = at.caption[0].value.split("  \n")
    assert english.startswith("Information only.")
    assert chinese != english


def test_long_stretches_are_shown_by_minutes(treating: Site) -> None:
    del treating
    at = shown()
    at.selectbox(key="trend-what-M01").select("span-240").run()
    assert not at.exception
    assert any("Means of minutes" in one.value for one in at.caption)


def test_an_alarm_is_taken_by_a_click(treating: Site) -> None:
    at = shown(role=Role.NURSE)
    at.button(key="take-M01-1").click().run()
    assert not at.exception
    life = stored(treating)
    assert (life.holder, life.seen_by) == ("Nurse", "Nurse")
    assert audited(treating) == ["alarm.take"]


def test_a_remark_is_kept_and_the_alarm_that_is_there_cannot_be_closed(treating: Site) -> None:
    at = shown()
    at.text_input(key="text-M01-1").set_value("needle turned")
    note, close = (one for one in at.button if one.label in ("Note", "Close"))
    assert close.disabled
    note.click().run()
    assert stored(treating).records[-1].text == "needle turned"
    with pytest.raises(NotAllowed):
        acts.close(treating, actor(Role.TECHNICIAN), "M01", 1, "gone")


def test_an_alarm_is_handed_over_to_somebody_with_an_account(treating: Site) -> None:
    at = shown()
    at.selectbox(key="whom-M01-1").select("Nurse").run()
    at.button(key="give-M01-1").click().run()
    assert stored(treating).holder == "Nurse"


def test_without_somebody_to_hand_it_over_to_it_is_said(treating: Site) -> None:
    del treating
    at = shown()
    at.button(key="give-M01-1").click().run()
    assert "name is needed" in at.error[0].value


def test_what_has_come_back_meanwhile_is_not_closed_by_an_old_picture(treating: Site) -> None:
    acts.take(treating, actor(Role.NURSE), "M01", 1)
    over = [*treated(), alarm(1205, EdgePhase.END, state=MachineState.INACTIVE)]
    tell(treating, "M01", over, NOW - SHORT)
    assert not stored(treating).open
    at = shown()
    assert any("Closed" in one.value for one in at.subheader)
    at.selectbox(key="closed-M01").select(1).run()
    assert "begins" in page(at)


def test_a_doctor_may_look_and_not_act(treating: Site) -> None:
    at = shown(role=Role.DOCTOR)
    assert not [one for one in at.button if one.key == "take-M01-1"]
    with pytest.raises(NotAllowed):
        acts.take(treating, actor(Role.DOCTOR), "M01", 1)
    assert stored(treating).holder == ""


def test_the_wire_and_the_care_of_a_machine_are_told(treating: Site) -> None:
    del treating
    at = shown()
    text = page(at)
    assert "bytes of garbage" in text
    assert "in use" in text
    at.toggle(key="history-M01").set_value(True).run()
    assert "priming" in page(at)


def test_a_telemetry_that_cannot_be_read_is_said(site: Site, tmp_path: Path) -> None:
    (tmp_path / "world" / "telemetry.db").unlink()
    site.here.telemetry.dispose()
    at = AppTest.from_function(_guarded, default_timeout=60)
    at.run()
    assert not at.exception
    assert at.error


def _guarded() -> None:
    import streamlit as st

    from dashboard.screens.machine import SCREEN
    from dashboard.shell import guarded
    from dashboard.site import site
    from domain.account import Role
    from tests.dashboard.world import desk_at

    st.query_params["m"] = "M01"
    guarded(SCREEN, desk_at(site(), Role.TECHNICIAN))()


def stored(site: Site) -> AlarmLife:
    with reading(site.here.database) as session:
        return load_alarm(session, site.center, "M01", 1)


def audited(site: Site) -> list[str]:
    with reading(site.here.database) as session:
        zone = desk_at(site).zone
        found = list_entries(session, site.center, Asked("", "", "", None, None), zone, 9)
    return [one.act for one in found]
