"""What leads an open page to the sign-in when its own has ended: mounting it, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

from dashboard.style.css import text


def leaving() -> None:
    """Shows nothing. Mounted once, in the frame of every screen."""
    _component()(key="leaving", data={}, height=0)


@cache
def _component() -> Any:
    return st.components.v2.component(
        "clearshift_leaving",
        html="<span hidden></span>",
        js=text("dashboard.gate", "leaving.js"),
    )
