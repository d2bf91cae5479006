"""The planning screens without a browser: running one, and everything that it says."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from domain.account import Role

SCRIPT = Path(__file__).with_name("one_screen.py")
_PATIENCE = 60.0


def opened(
    screen: str, role: Role = Role.HEAD_NURSE, language: str = "en", **address: str
) -> AppTest:
    """A screen as somebody sees it first; the address may name a week and versions."""
    at = AppTest.from_file(str(SCRIPT), default_timeout=_PATIENCE)
    at.session_state["role"] = role
    at.session_state["language"] = language
    at.session_state["screen"] = screen
    for name, value in address.items():
        at.query_params[name] = value
    return ran(at)


def ran(at: AppTest) -> AppTest:
    """Once more; a fault of ours is shown."""
    at.run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    """Everything that stands on the page, as one text."""
    parts = [str(one.value) for one in (*at.title, *at.subheader, *at.caption, *at.markdown)]
    parts += [str(one.value) for one in (*at.info, *at.error, *at.warning)]
    parts += [one.proto.body for one in at.get("html")]
    parts += [one.label for one in (*at.tabs, *at.button, *at.selectbox)]
    return "\n".join(parts)


def frame(at: AppTest, number: int = 0) -> list[dict[str, object]]:
    """A table's rows."""
    rows: list[dict[str, object]] = at.dataframe[number].value.to_dict("records")
    return rows
