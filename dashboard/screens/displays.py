"""Displays: screens on walls that show machines without a sign-in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

import streamlit as st

from dashboard.access.address import address_of
from dashboard.access.mark import Mark
from dashboard.access.qr import qr_svg
from dashboard.acts import displays as acts
from dashboard.desk import Desk
from dashboard.rights import Right
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults, tried
from db.access.displays import list_displays
from db.connection import reading
from domain.account import Display, DisplayKind
from domain.words import Words, words

_ONCE = "displays-once"
_TURN = "displays-turn"
_WIDTHS = (4, 4, 4, 2)
KIND_WORDS: Mapping[DisplayKind, Words] = MappingProxyType(
    {
        DisplayKind.CORRIDOR: words("Corridor: station, state and minutes only"),
        DisplayKind.STATION: words("Nurse station: values and alarms, no names"),
    }
)
_KINDS: tuple[DisplayKind, ...] = tuple(DisplayKind)
_LASTS: Mapping[int, Words] = MappingProxyType(
    {
        0: words("until it is revoked"),
        1: words("one day"),
        30: words("30 days"),
        365: words("one year"),
    }
)


def show(desk: Desk) -> None:
    """The list, and a form for another one."""
    say = desk.say
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.title(say(words("Displays")), anchor=False)
    add, icon = say(words("Add a display")), ":material/add_to_queue:"
    with right.popover(add, icon=icon, width="stretch", key=f"add-display-{_turn()}"):
        _add_form(desk)
    st.caption(
        say(words("A display is opened by its address alone. Whoever has the address, sees it."))
    )
    faults(desk)
    _once(desk)
    with reading(desk.site.here.database) as session:
        displays = list_displays(session, desk.site.center)
    if not displays:
        st.info(say(words("There is no display yet.")), icon=":material/tv_off:")
        return
    with st.container(border=True):
        for key, display in sorted(displays, key=lambda one: one[1].revoked_at is not None):
            _row(desk, key, display)


def _row(desk: Desk, key: str, display: Display) -> None:
    say = desk.say
    title, kind, state, change = st.columns(_WIDTHS, vertical_alignment="center")
    title.text(display.title)
    kind.text(say(KIND_WORDS[display.kind]))
    mark = state_of(display, desk.now)
    state.badge(say(mark.said), icon=f":material/{mark.icon}:", color=mark.color)
    if display.revoked_at is not None:
        return
    with change.popover(
        say(words("Revoke")), icon=":material/link_off:", width="stretch", key=f"revoke-{key[:12]}"
    ):
        st.text(say(words("The screen goes dark at once and needs another address.")))
        if st.button(say(words("Revoke now")), key=f"revoke-now-{key[:12]}", type="primary",
                     width="stretch"):  # fmt: skip
            _attempt(lambda: acts.revoke(desk.site, desk.actor, key, display))


def state_of(display: Display, now: datetime) -> Mark:
    """Whether a display's address opens."""
    if display.revoked_at is not None:
        day = display.revoked_at.astimezone(now.tzinfo).date()
        return Mark(words("revoked on {day}", day=day), "link_off", "gray")
    if display.expires_at is None:
        return Mark(words("open, made by {who}", who=display.created_by), "check", "green")
    if display.expires_at <= now:
        return Mark(words("expired"), "timer_off", "gray")
    until = display.expires_at.astimezone(now.tzinfo)
    return Mark(words("open until {until}", until=until), "timer", "green")


def _add_form(desk: Desk) -> None:
    say = desk.say
    with st.form("add-display", border=False):
        title = st.text_input(say(words("Where it hangs")), max_chars=60, key="display-title")
        kind = st.radio(
            say(words("What it shows")),
            _KINDS,
            format_func=lambda one: say(KIND_WORDS[one]),
            key="display-kind",
        )
        days = st.selectbox(
            say(words("For how long")),
            tuple(_LASTS),
            format_func=lambda one: say(_LASTS[one]),
            key="display-days",
        )
        if st.form_submit_button(say(words("Add")), type="primary", width="stretch"):
            _attempt(lambda: _make(desk, title, kind, days))


def _make(desk: Desk, title: str, kind: DisplayKind, days: int) -> None:
    until = desk.now + timedelta(days=days) if days else None
    secret = acts.make(desk.site, desk.actor, title, kind, until)
    st.session_state[_ONCE] = (title.strip(), address_of(st.context.url, f"/wall/{secret}"))


def _attempt(act: Callable[[], None]) -> None:
    """Does it and closes what was open for it."""
    st.session_state[_TURN] = _turn() + 1
    tried(act)


def _turn() -> int:
    """Goes up with everything that is done, so that what was open for it is closed again."""
    return int(st.session_state.get(_TURN, 0))


def _once(desk: Desk) -> None:
    """A display's address, until somebody has read it."""
    if _ONCE not in st.session_state:
        return
    say = desk.say
    title, address = st.session_state[_ONCE]
    with st.container(border=True):
        square, text = st.columns([1, 4], vertical_alignment="center")
        square.image(qr_svg(address), width=180)
        with text:
            st.subheader(say(words("Address of the display {title}", title=title)), anchor=False)
            st.code(address, language=None, wrap_lines=True)
            st.caption(say(words("Open it on the screen now: it is shown only this once.")))
            if st.button(say(words("Done")), key="display-done", type="primary"):
                del st.session_state[_ONCE]
                st.rerun()


SCREEN = Screen("displays", words("Displays"), "tv", words("Center"), Right.KEEP_DISPLAYS, show)
