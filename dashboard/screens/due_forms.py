"""Parts that the technician's forms have in common. No click is lost: what is kept stands in the
session when the button is pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from dashboard.acts.acting import NotAllowed
from dashboard.desk import Desk
from dashboard.screens.tries import noted
from domain.due import CareFacts
from domain.words import Words, words

DONE = "due-done"
"""Where it stands what the last click has done."""


def machine_box(desk: Desk, facts: CareFacts, form: str) -> None:
    """Which machine; the one that the address names, if it names one."""
    codes = list(facts.machines)
    asked = st.query_params.get("m", "")
    st.selectbox(
        desk.say(words("Machine")), codes, key=f"{form}-machine",
        index=codes.index(asked) if asked in codes else 0 if codes else None,
    )  # fmt: skip


def when_boxes(desk: Desk, form: str) -> None:
    """Day and time, up to now."""
    # The first look sets them: a clock that goes on must not change what somebody has chosen.
    st.session_state.setdefault(f"{form}-day", desk.now.date())
    st.session_state.setdefault(f"{form}-time", desk.now.time().replace(second=0, microsecond=0))
    day, clock = st.columns(2)
    day.date_input(desk.say(words("Day")), max_value=desk.now.date(), format="YYYY-MM-DD",
                   key=f"{form}-day")  # fmt: skip
    clock.time_input(desk.say(words("Time")), step=timedelta(minutes=5), key=f"{form}-time")


def remark_box(desk: Desk, form: str) -> None:
    """A remark."""
    st.text_input(desk.say(words("Remark")), max_chars=300, key=f"{form}-text")


_KEEP = words("Keep")


def keep_button(desk: Desk, act: Callable[[], object], said: Words = _KEEP, *, key: str) -> None:
    """What keeps the entry when it is pressed."""
    st.button(
        desk.say(said), type="primary", key=key, icon=":material/save:", on_click=kept, args=(act,)
    )


def kept(act: Callable[[], object]) -> None:
    """Does it for a click, and has the next look say that it was done, or why not."""

    def done() -> None:
        act()
        st.session_state[DONE] = words("Kept.")

    noted(done)


def now_in(name: str) -> Any:
    """What stands in a form at the moment of the click."""
    return st.session_state.get(name)


def moment_in(desk: Desk, form: str) -> datetime:
    """When it happened; the minute that is under way is now."""
    day, clock = now_in(f"{form}-day"), now_in(f"{form}-time")
    if day is None or clock is None:
        raise NotAllowed(words("When? A day and a time are needed."))
    found = datetime.combine(day, clock, desk.zone)
    now = desk.site.clock().astimezone(desk.zone)
    return now if found.replace(second=0) == now.replace(second=0, microsecond=0) else found
