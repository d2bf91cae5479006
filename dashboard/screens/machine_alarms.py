"""A machine's alarms with both their lives, and what people do about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

import streamlit as st

from dashboard.acts import alarms as acts
from dashboard.desk import Desk
from dashboard.machine.alarm_cards import card, record_row
from dashboard.machine.alarm_words import machine_side, what
from dashboard.rights import Right, may
from dashboard.screens.machine_frame import Value, present_desk, rows_table
from dashboard.screens.tries import faults, noted
from dashboard.watching import risen
from db.access.accounts import list_accounts
from db.care.alarms import alarms_since, open_alarms
from db.care.present import present
from db.connection import reading
from db.refusal import DatabaseRefusal
from domain.alarm import MachineState
from domain.alarm_life import AlarmLife
from domain.alarm_response import worst_first
from domain.words import words

_EVERY = timedelta(seconds=5)
_WEEK = timedelta(days=7)
_MOST_CLOSED = 50


def open_count(desk: Desk, code: str) -> int:
    """How many alarms of the machine are open as the page begins."""
    return sum(life.open for life in _lives(desk, code)[0])


def alarms_tab(desk: Desk, code: str) -> None:
    """Open ones with their buttons, again and again by itself; then those that are closed."""
    st.fragment(_open_ones, run_every=_EVERY)(desk, code)
    _closed_ones(desk, code)


def _lives(desk: Desk, code: str) -> tuple[tuple[AlarmLife, ...], tuple[str, ...]]:
    """The machine's alarms now, and why its own side could not be read, if so."""
    site, now, reasons = desk.site, desk.site.clock(), tuple[str, ...]()
    try:
        found = present(site.here, now).alarms
    except DatabaseRefusal as refused:
        reasons = tuple(desk.say(one) for one in refused.reasons)
        with reading(site.here.database) as session:
            found = open_alarms(session, site.center)
    own = tuple(life for life in found if life.machine == code)
    return worst_first(risen(own, site.escalation, now)), reasons


def _open_ones(desk: Desk, code: str) -> None:
    here = present_desk(desk)
    say = desk.say
    faults(desk)
    lives, reasons = _lives(here, code)
    for reason in reasons:
        st.error(reason, icon=":material/database_off:")
    open_ones = [life for life in lives if life.open]
    if not open_ones:
        st.success(say(words("No alarm is open.")), icon=":material/notifications_off:")
    for life in open_ones:
        with st.container(border=True):
            said, act = st.columns([3, 2])
            said.html(card(life, here.now, say))
            with act:
                _acts(here, life)
            _records(here, life)


def _acts(desk: Desk, life: AlarmLife) -> None:
    """Buttons whose click is never lost: what they mean stands in the session when they are
    pressed, whatever has changed meanwhile."""
    say, key = desk.say, f"{life.machine}-{life.number}"
    if not desk.actor.may(Right.TAKE_ALARMS):
        st.caption(say(words("You may look, and not act, on alarms.")))
        return
    st.caption(say(words("A note for colleagues. It reaches no machine and silences nothing.")))
    mine = life.holder == (desk.actor.shown or desk.actor.name)
    st.button(
        say(words("I have it in hand") if mine else words("Take it")),
        key=f"take-{key}", type="primary", width="stretch", disabled=mine,
        icon=":material/back_hand:", on_click=_take, args=(desk, life.machine, life.number),
    )  # fmt: skip
    with st.form(f"words-{key}", border=False):
        st.text_input(say(words("Remark, or why it is closed")), max_chars=300, key=f"text-{key}")
        note, close = st.columns(2)
        note.form_submit_button(
            say(words("Note")), width="stretch", on_click=_with_text,
            args=(desk, life, acts.note),
        )  # fmt: skip
        gone = life.state in (MachineState.INACTIVE, MachineState.UNKNOWN)
        why = words("The machine says that it is there: it cannot be closed.")
        close.form_submit_button(
            say(words("Close")), width="stretch", disabled=not gone,
            help=None if gone else say(why), on_click=_with_text, args=(desk, life, acts.close),
        )  # fmt: skip
    whom, give = st.columns([3, 2], vertical_alignment="bottom")
    whom.selectbox(
        say(words("Hand over to")), _people(desk), index=None, key=f"whom-{key}",
        placeholder=say(words("Choose")),
    )  # fmt: skip
    give.button(say(words("Hand over")), key=f"give-{key}", width="stretch", on_click=_hand_over,
                args=(desk, life.machine, life.number))  # fmt: skip


def _take(desk: Desk, machine: str, number: int) -> None:
    noted(lambda: acts.take(desk.site, desk.actor, machine, number))


def _with_text(desk: Desk, life: AlarmLife, act: Callable[..., None]) -> None:
    key = f"text-{life.machine}-{life.number}"
    text = str(st.session_state.get(key, ""))
    noted(lambda: act(desk.site, desk.actor, life.machine, life.number, text))


def _hand_over(desk: Desk, machine: str, number: int) -> None:
    whom = st.session_state.get(f"whom-{machine}-{number}") or ""
    noted(lambda: acts.hand_over(desk.site, desk.actor, machine, number, whom))


def _people(desk: Desk) -> list[str]:
    """Everybody else who may take an alarm."""
    with reading(desk.site.here.database) as session:
        known = list_accounts(session, desk.site.center)
    return [
        one.shown or one.name
        for one in known
        if one.enabled and may(one.role, Right.TAKE_ALARMS) and one.name != desk.actor.name
    ]


def _records(desk: Desk, life: AlarmLife) -> None:
    with st.expander(desk.say(words("Everything that was said and done"))):
        headings = (
            words("when"), words("what"), words("by whom"), words("words"),
            words("at the machine"),
        )  # fmt: skip
        rows = (record_row(one, desk.now) for one in life.records)
        rows_table(desk, headings, rows, words("Records of an alarm"))


def _closed_ones(desk: Desk, code: str) -> None:
    say = desk.say
    with reading(desk.site.here.database) as session:
        found = alarms_since(session, desk.site.center, desk.now - _WEEK)
    closed = [life for life in found if life.machine == code and not life.open]
    closed.sort(key=lambda life: life.began, reverse=True)
    st.subheader(say(words("Closed in the last seven days")))
    if not closed:
        st.caption(say(words("None.")))
        return
    headings = (
        words("no."), words("alarm"), words("began"), words("at the machine"), words("seen by"),
        words("in hand of"), words("when closed"),
    )  # fmt: skip
    rows_table(desk, headings, _closed_rows(closed[:_MOST_CLOSED]), words("Closed alarms"), (0,))
    by_number = {life.number: life for life in closed[:_MOST_CLOSED]}
    chosen = st.selectbox(
        say(words("Everything about")), list(by_number), index=None,
        format_func=lambda one: f"{one}. {say(what(by_number[one]))}",
        placeholder=say(words("Choose an alarm")), key=f"closed-{code}", width=420,
    )  # fmt: skip
    if chosen is not None:
        _records(desk, by_number[chosen])


def _closed_rows(lives: Iterable[AlarmLife]) -> Iterable[tuple[Value, ...]]:
    for life in lives:
        yield (
            life.number, what(life), life.began, machine_side(life), life.seen_by, life.holder,
            life.closed_at,
        )  # fmt: skip
