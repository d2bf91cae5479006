"""The script that Streamlit runs for a test of one screen; who looks stands in the session."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from dashboard.site import site
from tests.dashboard.world import desk_at

_DESK = desk_at(site(), st.session_state["role"], st.session_state["language"])
import_module(f"dashboard.screens.{st.session_state['screen']}").SCREEN.show(_DESK)
