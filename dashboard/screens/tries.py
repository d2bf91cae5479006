"""A button's work: done, and what came of it shown by a fresh run of the screen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.acts.acting import NotAllowed
from dashboard.desk import Desk
from db.refusal import DatabaseRefusal

_FAULTS = "faults-of-the-last-try"


def tried(act: Callable[[], object]) -> None:
    """Does it and runs the screen anew; `faults` says there why it could not be done."""
    noted(act)
    st.rerun()


def noted(act: Callable[[], object]) -> None:
    """The same for a button's `on_click`, after which the screen runs anyway: whatever has
    changed meanwhile, the click is not lost."""
    try:
        act()
    except NotAllowed as refused:
        st.session_state[_FAULTS] = (refused.reason,)
    except DatabaseRefusal as refused:
        st.session_state[_FAULTS] = refused.reasons


def faults(desk: Desk) -> None:
    """Says once why the last try came to nothing."""
    for reason in st.session_state.pop(_FAULTS, ()):
        st.error(desk.say(reason), icon=":material/block:")
