"""The week that a bad day is about: which one, its version that counts, or why there is none."""

from __future__ import annotations

import streamlit as st

from dashboard.board.opened import planned_weeks
from dashboard.desk import Desk
from dashboard.planning.choices import version_words, week_words
from dashboard.planning.markup import note
from dashboard.planning.standing import StandingWeek, standing_week
from dashboard.screens.planning_frame import asked_week
from db.connection import reading
from db.refusal import DatabaseRefusal
from domain.calendar import monday_of
from domain.words import words


def standing_frame(desk: Desk, key: str, *, past: bool = False) -> StandingWeek | None:
    """The week that somebody chooses, by default the one under way or the next; weeks that are
    over only with `past`."""
    site, say = desk.site, desk.say
    this = monday_of(desk.now.date())
    with reading(site.here.database) as session:
        planned = planned_weeks(session, site.center)
    weeks = tuple(one for one in planned if past or one >= this)
    if not weeks:
        said = words("No week that is still to come is planned.")
        none = words("No week is planned yet.")
        st.info(say(none if past else said), icon=":material/calendar_add_on:")
        return None
    usual = asked_week(weeks, this if this in weeks else weeks[0] if past else min(weeks))
    monday = st.selectbox(
        say(words("Which week")), weeks, index=weeks.index(usual),
        format_func=lambda one: say(week_words(one)), key=key, width=360,
    )  # fmt: skip
    try:
        with reading(site.here.database) as session:
            there = standing_week(session, site.center, monday, site.history_weeks, desk.now)
    except DatabaseRefusal as refused:
        for reason in refused.reasons:
            st.html(note(say(reason), "warn"))
        return None
    st.caption(say(version_words(there.version)))
    return there
