"""A question that takes many seconds, on a screen: how long already, stopped, or answered."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.thinking import Thought
from domain.words import words

Answer = TypeVar("Answer")
_SECOND = "1s"


def thinking(desk: Desk, thought: Thought[Answer], key: str) -> Answer | None:
    """The answer, or else how it goes; the screen runs again once it is there."""
    if thought.open:
        _waiting(desk, thought, key)
        return None
    if thought.failed:
        st.warning(desk.say(words("There is no answer; ask again.")), icon=":material/refresh:")
    return thought.answer


@st.fragment(run_every=_SECOND)
def _waiting(desk: Desk, thought: Thought[Answer], key: str) -> None:
    if not thought.open:
        st.rerun()
    said, button = st.columns([4, 1.4], vertical_alignment="center")
    said.info(
        desk.say(words("Solving; {seconds} s so far", seconds=thought.seconds)),
        icon=":material/hourglass_top:",
    )
    if button.button(
        desk.say(words("Stop")), icon=":material/stop_circle:", width="stretch", key=key
    ):
        thought.stop()
