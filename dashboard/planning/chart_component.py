"""The course of a search as a Streamlit component: mounting it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import streamlit as st

from dashboard.style.css import text, with_tokens

_HERE = "dashboard.planning"
_HTML = '<div class="ct cs"></div>\n'


def course(data: Mapping[str, Any], *, key: str) -> None:
    """Draws it; the browser has nothing to answer."""
    _component()(key=key, data=dict(data), width="stretch")


@cache
def _component() -> Any:
    return st.components.v2.component(
        "clearshift_search_course",
        html=_HTML,
        css=with_tokens(_HERE, "chart.css"),
        js=text(_HERE, "chart.js"),
    )
