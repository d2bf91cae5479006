"""What make-up and swap have in common: names, and the button that takes what was found."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.acts.mending import Mended, take
from dashboard.desk import Desk
from dashboard.planning.standing import StandingWeek
from dashboard.rights import Right
from dashboard.screens.tries import tried
from domain.words import words


def take_button(desk: Desk, there: StandingWeek, wanted: Mended, label: str, key: str) -> None:
    """The button, for who may; what it makes is in force at once if the plan is."""
    if not desk.actor.may(Right.PUBLISH):
        return
    said = (
        words("It is stored as a version and in force at once.")
        if there.version.published
        else words("It is stored as a version; the plan is a draft and stays one.")
    )
    if st.button(label, type="primary", icon=":material/check:", key=key, help=desk.say(said)):
        tried(lambda: take(desk.site, desk.actor, wanted))


def by_name(there: StandingWeek, names: Mapping[str, str]) -> list[str]:
    """Everybody planned, as people look for them."""
    return sorted(there.plan.by_patient, key=lambda code: (names.get(code, code), code))


def called(names: Mapping[str, str], code: str) -> str:
    """Name and code."""
    return f"{names.get(code, code)} · {code}"
