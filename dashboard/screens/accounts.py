"""Accounts of the staff: who there is, and what an administrator does about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.access.mark import Mark
from dashboard.acts import accounts as acts
from dashboard.desk import Desk
from dashboard.gate.words import role_words
from dashboard.rights import Right
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults, tried
from db.access.accounts import list_accounts
from db.connection import reading
from domain.account import Account, Role
from domain.words import words

_ONCE = "accounts-once"
_TURN = "accounts-turn"
_WIDTHS = (4, 3, 3, 2)
_ROLES: tuple[Role, ...] = tuple(Role)


def show(desk: Desk) -> None:
    """The list, and a form for another one."""
    say = desk.say
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.title(say(words("Accounts")), anchor=False)
    add, icon = say(words("Add an account")), ":material/person_add:"
    with right.popover(add, icon=icon, width="stretch", key=f"add-account-{_turn()}"):
        _add_form(desk)
    st.caption(
        say(words("Whoever gets another role or password, or is closed, is signed out at once."))
    )
    faults(desk)
    _once(desk)
    with reading(desk.site.here.database) as session:
        accounts = list_accounts(session, desk.site.center)
    _rows(desk, [one for one in accounts if one.enabled])
    closed = [one for one in accounts if not one.enabled]
    if closed:
        st.subheader(say(words("Closed accounts")), anchor=False)
        _rows(desk, closed)


def _rows(desk: Desk, accounts: Sequence[Account]) -> None:
    with st.container(border=True):
        for account in accounts:
            _row(desk, account)


def _row(desk: Desk, account: Account) -> None:
    say = desk.say
    name, role, state, change = st.columns(_WIDTHS, vertical_alignment="center")
    name.text(say(words("{shown} ({name})", shown=account.shown, name=account.name)))
    role.text(say(role_words(account.role)))
    mark = state_of(account)
    state.badge(say(mark.said), icon=f":material/{mark.icon}:", color=mark.color)
    key = f"change-{account.name}-{_turn()}"
    with change.popover(say(words("Edit")), icon=":material/edit:", width="stretch", key=key):
        _changes(desk, account)


def state_of(account: Account) -> Mark:
    """Whether somebody can sign in with it."""
    if account.disabled_at is not None:
        return Mark(words("closed since {day}", day=account.disabled_at.date()), "block", "gray")
    if account.must_change:
        return Mark(words("one-time password not changed yet"), "key", "orange")
    return Mark(words("can sign in"), "check", "green")


def _changes(desk: Desk, account: Account) -> None:
    """What can be done with one account."""
    say, site, actor, name = desk.say, desk.site, desk.actor, account.name
    if not account.enabled:
        if st.button(say(words("Open again")), key=f"enable-{name}", width="stretch"):
            _attempt(lambda: acts.reopen(site, actor, name))
        return
    role = st.selectbox(
        say(words("Role")),
        _ROLES,
        index=_ROLES.index(account.role),
        format_func=lambda one: say(role_words(one)),
        key=f"role-{name}",
    )
    other = role is not account.role
    if st.button(
        say(words("Change role")), key=f"set-role-{name}", disabled=not other, width="stretch"
    ):
        _attempt(lambda: acts.change_role(site, actor, name, role))
    st.divider()
    if st.button(
        say(words("Give a one-time password")), icon=":material/key:", key=f"reset-{name}",
        width="stretch",
    ):  # fmt: skip
        _attempt(lambda: _keep_once(name, acts.reset(site, actor, name)))
    if st.button(
        say(words("Close account")), icon=":material/block:", key=f"disable-{name}",
        width="stretch",
    ):  # fmt: skip
        _attempt(lambda: acts.close(site, actor, name))


def _add_form(desk: Desk) -> None:
    say = desk.say
    with st.form("add-account", border=False):
        shown = st.text_input(say(words("Person's name")), max_chars=60, key="add-shown")
        name = st.text_input(
            say(words("Name to sign in with")),
            max_chars=64,
            key="add-name",
            placeholder="li.na",
        )
        role = st.selectbox(
            say(words("Role")),
            _ROLES,
            index=1,
            format_func=lambda one: say(role_words(one)),
            key="add-role",
        )
        if st.form_submit_button(say(words("Add")), type="primary", width="stretch"):
            _attempt(lambda: _add(desk, name, shown, role))


def _add(desk: Desk, name: str, shown: str, role: Role) -> None:
    account, password = acts.add(desk.site, desk.actor, name, shown, role)
    _keep_once(account.name, password)


def _keep_once(name: str, password: str) -> None:
    st.session_state[_ONCE] = (name, password)


def _once(desk: Desk) -> None:
    """A one-time password, until somebody has read it."""
    if _ONCE not in st.session_state:
        return
    say = desk.say
    name, password = st.session_state[_ONCE]
    with st.container(border=True):
        st.subheader(say(words("One-time password of {name}", name=name)), anchor=False)
        st.code(password, language=None)
        st.caption(say(words("It is shown only now, and has to be changed at the first sign-in.")))
        if st.button(say(words("I have passed it on")), key="once-done", type="primary"):
            del st.session_state[_ONCE]
            st.rerun()


def _attempt(act: Callable[[], None]) -> None:
    """Does it and closes what was open for it."""
    st.session_state[_TURN] = _turn() + 1
    tried(act)


def _turn() -> int:
    """Goes up with everything that is done, so that what was open for it is closed again."""
    return int(st.session_state.get(_TURN, 0))


SCREEN = Screen(
    "accounts", words("Accounts"), "manage_accounts", words("Center"), Right.KEEP_ACCOUNTS, show
)
