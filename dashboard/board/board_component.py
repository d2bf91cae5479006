"""The board as Streamlit draws it: a component of plain HTML, style and script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard.style.css import text, with_tokens

_HTML = '<div class="wb cs" lang=""></div>\n'
_SCRIPTS = ("cells.js", "panel.js", "hands.js", "board.js")
KEY = "week_board"

_mounted = st.components.v2.component(
    "clearshift_week_board",
    html=_HTML,
    css=with_tokens("dashboard.board", "board.css"),
    js="\n".join(text("dashboard.board", name) for name in _SCRIPTS),
)


def week_board(data: Mapping[str, Any], on_deed: Callable[[], None]) -> None:
    """Draws the board; `on_deed` is called when somebody does something on it."""
    _mounted(key=KEY, data=dict(data), on_deed_change=on_deed)


def sent() -> object:
    """What the board sent last, as it came from the browser."""
    state = st.session_state.get(KEY)
    return None if state is None else state.get("deed")
