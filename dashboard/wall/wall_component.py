"""The staff's wall as a Streamlit component: mounting it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import streamlit as st

from dashboard.style.css import text, with_tokens

_HERE = "dashboard.wall"
_IMPORT = r'^import .* from "\./live\.js";\n'


def script() -> str:
    """Both files as one module: a component cannot load another one."""
    shared = re.sub(r"^export ", "", text(_HERE, "live.js"), flags=re.MULTILINE)
    own = text(_HERE, "wall.js")
    return f"{shared}\n{re.sub(_IMPORT, '', own, flags=re.MULTILINE)}"


def mounted(data: Mapping[str, object], *, key: str) -> Any:
    """The wall with what it starts from; `slow` of the result is true while it has no stream."""
    return _component()(
        key=key, data=data, default={"slow": False}, on_slow_change=_noted, width="stretch"
    )


@cache
def _component() -> Any:
    return st.components.v2.component(
        "clearshift_wall", css=with_tokens(_HERE, "wall.css"), js=script()
    )


def _noted() -> None:
    """A change of the state alone makes the page run again; there is nothing more to do."""
