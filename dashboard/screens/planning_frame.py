"""What the screens of planning have in common: their style, and what is kept between two runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from dashboard.desk import Desk
from dashboard.style.css import text
from db.access.audit import head
from db.connection import reading
from db.plans import list_plans

Made = TypeVar("Made")
_TRUST = 30
"""Seconds for which something read is believed if nobody has done anything on a screen."""
_PLACES = 8
"""Things kept for one person at most; each may hold a whole center."""
_ROW, _FRAME = 31, 4
"""Pixels of a row and around all rows, with the type that the server sets."""
_KEPT = "planning-kept"


def styled() -> None:
    """The style sheet of these screens."""
    st.html(f"<style>\n{text('dashboard.planning', 'planning.css')}\n</style>")


def kept(desk: Desk, name: str, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What `make` gives, made anew only after somebody has done something, or after half a
    minute: a command of the terminal leaves no trace here."""
    found: dict[str, tuple[tuple[object, ...], Any]] = st.session_state.setdefault(_KEPT, {})
    whole = (*key, desk.voice.language, *_happened(desk))
    if name in found and found[name][0] == whole:
        made: Made = found[name][1]
        return made
    made = make()
    found.pop(name, None)
    found[name] = (whole, made)
    for oldest in list(found)[:-_PLACES]:
        del found[oldest]
    return made


def tall(rows: int, most: int) -> int:
    """Pixels that a table of so many rows needs, and what it may have at most."""
    return min(most, _ROW * (rows + 1) + _FRAME)


def asked_week(known: tuple[date, ...], otherwise: date) -> date:
    """The week that the address names, if it is one of those."""
    try:
        week = date.fromisoformat(st.query_params.get("week", ""))
    except ValueError:
        return otherwise
    return week if week in known else otherwise


def asked_number(name: str) -> int | None:
    """A number that the address names."""
    asked = st.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() else None


def _happened(desk: Desk) -> tuple[object, ...]:
    with reading(desk.site.here.database) as session:
        versions = list_plans(session, desk.site.center)
        published = max((one.published.sequence for one in versions if one.published), default=0)
        return (
            len(versions),
            published,
            head(session, desk.site.center),
            int(desk.now.timestamp()) // _TRUST,
        )
