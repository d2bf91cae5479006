"""The screens of patients' words and links without a browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.site import Site, install
from db.access.patient_links import find_link, list_links
from db.connection import reading, writing
from db.load import load_register
from db.patient_words import add_answer, add_request, decide, list_requests
from db.sample.spec import FIRST_MONDAY
from domain.account import Role
from domain.calendar import Turn
from domain.patient_word import Answer, Decision, PatientAnswer, PatientRequest, RequestKind
from tests.dashboard.acts.week_desk import enroll, week_site
from tests.dashboard.world import NOW


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    install(here)
    return here


def _script(name: str, role: str, language: str) -> None:
    from dashboard.screens.listed import SCREENS
    from dashboard.site import site
    from domain.account import Role
    from tests.dashboard.world import desk_at

    screen = next(one for one in SCREENS if one.path == name)
    screen.show(desk_at(site(), Role(role), language))


def shown(name: str, role: Role = Role.HEAD_NURSE, language: str = "en") -> AppTest:
    at = AppTest.from_function(_script, args=(name, role.value, language), default_timeout=30)
    at.run()
    assert not at.exception
    return at


def ask(site: Site, kind: RequestKind = RequestKind.WISH) -> None:
    first = FIRST_MONDAY + timedelta(days=14) if kind is RequestKind.TRIP else None
    with writing(site.here.database) as session:
        add_request(
            session,
            site.center,
            PatientRequest(0, "P003", kind, frozenset({2}), "", first, first, "please", NOW),
        )


def requests(site: Site) -> tuple[PatientRequest, ...]:
    with reading(site.here.database) as session:
        return list_requests(session, site.center)


def test_nothing_said_is_said(site: Site) -> None:
    del site
    at = shown("requests")
    assert len(at.info) == 2


def test_who_cannot_come_stands_first(site: Site) -> None:
    turn = Turn(FIRST_MONDAY, "AM")
    with writing(site.here.database) as session:
        for patient, answer in (("P001", Answer.COMING), ("P002", Answer.CANNOT)):
            add_answer(session, site.center, PatientAnswer(patient, turn, answer, 0, NOW))
    at = shown("requests")
    assert at.tabs[0].label == "Answers (1)"
    table = at.dataframe[0].value
    assert list(table["Answer"]) == ["cannot come", "is coming"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wish_is_shown_with_the_verdict_and_accepted(site: Site, language: str) -> None:
    ask(site)
    at = shown("requests", language=language)
    assert any("P003" in one.value for one in at.markdown)
    assert any("material/" in one.value for one in at.markdown)
    at.text_input[0].set_value("from April")
    at.button[0].click().run()
    assert not at.exception
    (request,) = requests(site)
    assert (request.decision, request.reply) == (Decision.ACCEPTED, "from April")
    with reading(site.here.database) as session:
        wishes = load_register(session, site.center).wishes
    assert ("P003", "2") in {(one.patient, one.value) for one in wishes}


def test_a_trip_is_declined(site: Site) -> None:
    ask(site, RequestKind.TRIP)
    at = shown("requests")
    at.button[1].click().run()
    (request,) = requests(site)
    assert request.decision is Decision.DECLINED
    assert at.expander[0].label == "Decided"


def test_what_somebody_else_has_decided_is_not_decided_again(site: Site) -> None:
    ask(site)
    at = shown("requests")
    with writing(site.here.database) as session:
        decide(session, site.center, 1, Decision.DECLINED, "li", "", NOW)
    at.button[0].click().run()
    assert "li has decided on this meanwhile" in at.error[0].value
    assert requests(site)[0].decision is Decision.DECLINED


def test_a_nurse_who_has_the_screen_open_cannot_decide(site: Site) -> None:
    ask(site)
    at = shown("requests", Role.NURSE)
    at.button[0].click().run()
    assert at.error
    assert requests(site)[0].decision is Decision.OPEN


def test_a_link_is_made_shown_once_and_revoked(site: Site) -> None:
    at = shown("links")
    at.selectbox(key="links-patient").select_index(2).run()
    at.button(key="make-link").click().run()
    (code,) = at.code
    secret = code.value.rpartition("/p/")[2]
    with reading(site.here.database) as session:
        link = find_link(session, site.center, secret, NOW)
    assert link is not None
    at.button(key="link-done").click().run()
    assert not at.code
    revoke = next(one for one in at.button if one.label == "Revoke")
    revoke.click().run()
    with reading(site.here.database) as session:
        assert find_link(session, site.center, secret, NOW) is None
        assert len(list_links(session, site.center)) == 1
