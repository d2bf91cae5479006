"""The screens for accounts, displays and the audit, driven without a browser."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.address import address_of
from dashboard.screens.displays import state_of
from dashboard.site import Site, install
from db.access.accounts import find_account, stored_password
from db.access.audit import Asked, append, list_entries
from db.access.displays import find_display, list_displays
from db.access.passwords import matches
from db.connection import reading, writing
from domain.account import Account, Display, DisplayKind, Role
from tests.dashboard.world import NOW

pytestmark = pytest.mark.usefixtures("installed")
WAIT = 30


@pytest.fixture
def installed(site: Site) -> None:
    install(site)


def draw(screen: str, role: Role = Role.ADMIN, language: str = "en") -> AppTest:
    """A screen at a desk of a role."""

    def script(screen: str, role: str, language: str) -> None:
        from importlib import import_module

        from dashboard.site import site
        from domain.account import Role
        from tests.dashboard.world import desk_at

        module = import_module(f"dashboard.screens.{screen}")
        module.show(desk_at(site(), Role(role), language))

    made = AppTest.from_function(script, default_timeout=WAIT, args=(screen, role.value, language))
    return made.run()


def said(page: AppTest) -> str:
    """All texts of a page."""
    kinds = (page.title, page.caption, page.text, page.markdown, page.subheader, page.error,
             page.info, page.code)  # fmt: skip
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def press(page: AppTest, label: str) -> None:
    """The button of a form, which has no key."""
    next(one for one in page.button if one.label == label).click().run()


def account(site: Site, name: str) -> Account:
    with reading(site.here.database) as session:
        found = find_account(session, site.center, name)
    assert found is not None
    return found


def test_every_account_is_listed_with_its_role_and_state() -> None:
    page = draw("accounts")
    assert not page.exception
    text = said(page)
    assert "Head-Nurse (head-nurse)" in text
    assert "can sign in" in text
    assert "one-time password not changed yet" in text
    assert "账号" not in text


def test_an_account_is_made_and_its_password_shown_once(site: Site) -> None:
    page = draw("accounts")
    page.text_input("add-shown").input("Li Na")
    page.text_input("add-name").input("Li.Na")
    page.selectbox("add-role").select(Role.HEAD_NURSE)
    press(page, "Add")
    (password,) = [one.value for one in page.code]
    made = account(site, "li.na")
    assert (made.shown, made.role, made.must_change) == ("Li Na", Role.HEAD_NURSE, True)
    with reading(site.here.database) as session:
        assert matches(password, stored_password(session, site.center, "li.na"))
    page.button("once-done").click().run()
    assert password not in said(page)


def test_a_name_that_is_taken_is_refused_in_words() -> None:
    page = draw("accounts")
    page.text_input("add-name").input("admin")
    press(page, "Add")
    assert "There is an account admin already." in said(page)


def test_an_account_is_reset_closed_and_opened_again(site: Site) -> None:
    page = draw("accounts")
    page.button("reset-nurse").click().run()
    assert account(site, "nurse").must_change
    page.button("disable-nurse").click().run()
    assert not account(site, "nurse").enabled
    assert "closed since" in said(page)
    page.button("enable-nurse").click().run()
    assert account(site, "nurse").enabled


def test_a_role_is_changed(site: Site) -> None:
    page = draw("accounts")
    page.selectbox("role-nurse").select(Role.DOCTOR).run()
    page.button("set-role-nurse").click().run()
    assert account(site, "nurse").role is Role.DOCTOR


def test_the_only_administrator_is_kept_with_a_reason(site: Site) -> None:
    page = draw("accounts")
    page.button("disable-admin").click().run()
    assert "only administrator" in said(page)
    assert account(site, "admin").enabled


def test_a_right_that_was_lost_meanwhile_changes_nothing(site: Site) -> None:
    page = draw("accounts", Role.NURSE)
    page.button("disable-doctor").click().run()
    assert "may not do this" in said(page)
    assert account(site, "doctor").enabled


def test_a_display_is_made_shown_once_and_revoked(site: Site) -> None:
    page = draw("displays", Role.TECHNICIAN)
    assert "There is no display yet." in said(page)
    page.text_input("display-title").input("Corridor east")
    page.selectbox("display-days").select(30)
    press(page, "Add")
    (address,) = [one.value for one in page.code]
    secret = address.rpartition("/wall/")[2]
    with reading(site.here.database) as session:
        display = find_display(session, site.center, secret, NOW)
        ((key, _),) = list_displays(session, site.center)
    assert display is not None
    assert (display.title, display.created_by) == ("Corridor east", "technician")
    page.button("display-done").click().run()
    assert secret not in said(page)
    page.button(f"revoke-now-{key[:12]}").click().run()
    with reading(site.here.database) as session:
        assert find_display(session, site.center, secret, NOW) is None
    assert "revoked on" in said(page)


def test_a_display_without_a_title_is_refused() -> None:
    page = draw("displays", Role.TECHNICIAN)
    press(page, "Add")
    assert "A display needs a title" in said(page)


def audited(site: Site) -> None:
    with writing(site.here.database) as session:
        for who in ("Li", "Wu"):
            append(session, site.center, NOW, who, "nurse", "account.role", "P1",
                   {"role": "nurse"}, {"role": "admin"})  # fmt: skip


def test_the_audit_is_verified_and_filtered(site: Site) -> None:
    audited(site)
    page = draw("audit")
    assert "All 2 entries are as they were written." in said(page)
    assert len(page.dataframe[0].value) == 2
    page.selectbox("audit-who").select("Wu").run()
    (only,) = page.dataframe[0].value.to_dict("records")
    assert (only["who"], only["act"], only["change"]) == (
        "Wu", "Role changed", "Role: Nurse → Administrator",
    )  # fmt: skip
    page.text_input("audit-subject").input("P9").run()
    assert "Nothing was done that fits." in said(page)


def test_a_printed_head_is_looked_for(site: Site) -> None:
    audited(site)
    with reading(site.here.database) as session:
        newest = list_entries(session, site.center, Asked(), UTC)[0]
    page = draw("audit")
    page.text_input("audit-paper").input(f"2 {newest.digest[:16]}").run()
    assert "The head on the paper is in the record." in said(page)
    page.text_input("audit-paper").input(f"3 {newest.digest[:16]}").run()
    assert "Entries from number 3 on were cut off." in said(page)
    page.text_input("audit-paper").input("nonsense").run()
    assert "That is no head" in said(page)


@pytest.mark.parametrize("screen", ["accounts", "displays", "audit"])
def test_every_screen_is_drawn_in_chinese(site: Site, screen: str) -> None:
    audited(site)
    page = draw(screen, language="zh")
    assert not page.exception


def test_an_entry_is_shown_whole(site: Site) -> None:
    audited(site)

    def script() -> None:
        from datetime import UTC

        from dashboard.screens.audit import _whole
        from dashboard.site import site
        from db.access.audit import Asked, append, list_entries
        from db.connection import writing
        from domain.account import Role
        from tests.dashboard.world import NOW, desk_at

        with writing(site().here.database) as session:
            append(session, site().center, NOW, "Li", "nurse", "sign_in", "Li", None, None)
            for entry in list_entries(session, site().center, Asked(), UTC):
                _whole(desk_at(site(), Role.ADMIN), entry)

    page = AppTest.from_function(script, default_timeout=WAIT).run()
    assert not page.exception
    text = said(page)
    assert "Entry 1: Role changed" in text
    assert "Nothing is told of before and after." in text
    assert page.table[0].value.to_dict("records") == [
        {"Place": "Role", "Before": "Nurse", "After": "Administrator"}
    ]


def test_a_display_that_ends_by_itself_says_when() -> None:
    until = NOW + timedelta(days=1)
    display = Display("Ward", DisplayKind.STATION, "Wu", NOW, until, None)
    assert str(state_of(display, NOW).said).startswith("open until 2")
    assert str(state_of(display, until).said) == "expired"


def test_a_displays_address_is_on_the_server_that_is_looked_at() -> None:
    assert address_of("https://center.example:8443/displays?x=1", "/wall/abc") == (
        "https://center.example:8443/wall/abc"
    )
    assert address_of(None, "/wall/abc") == "/wall/abc"


def test_what_leads_to_the_sign_in_draws_nothing() -> None:
    def script() -> None:
        from dashboard.gate.leaving_component import leaving

        leaving()

    page = AppTest.from_function(script, default_timeout=WAIT).run()
    assert not page.exception
    assert said(page) == ""
