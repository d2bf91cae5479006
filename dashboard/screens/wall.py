"""The wall: every machine live, by the stream; without the stream every few seconds."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard.desk import Desk
from dashboard.rights import Right
from dashboard.screens.screen import Screen
from dashboard.wall.frames import Kind, course, shown
from dashboard.wall.labels import wall_labels
from dashboard.wall.looking import looking_of
from dashboard.wall.wall_component import mounted
from domain.words import words

SECONDS = 5
"""Between two pictures where there is no stream."""
KEY = "wall"


def wall_screen(desk: Desk) -> None:
    """All machines, worst first or by floor plan."""
    known = st.session_state.get(KEY)
    if known is not None and known.get("slow"):
        st.fragment(_slow, run_every=SECONDS)(desk)
    else:
        mounted(page(desk), key=KEY)


def page(desk: Desk) -> dict[str, object]:
    """What the page starts from: where its stream is, and the words it says by itself."""
    language = desk.voice.language
    return {
        "url": f"/stream/wall?lang={language}",
        "language": language,
        "machine": "/machine?m=",
        "words": wall_labels(desk.site, desk.say),
    }


def picture(desk: Desk) -> dict[str, object]:
    """The same with the present in it, at most a second old, for want of a stream."""
    moment = looking_of(desk.site).look(timedelta(seconds=1))
    turn = shown(moment, Kind.STAFF, desk.voice)
    return {**page(desk), "turn": turn, "course": course(moment.sparks)}


def _slow(desk: Desk) -> None:
    mounted(picture(desk), key=KEY)


SCREEN = Screen(
    "wall", words("Wall"), "grid_view", words("Machines"), Right.SEE_MACHINES, wall_screen
)
