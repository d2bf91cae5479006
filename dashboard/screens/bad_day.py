"""A bad day: far too few machines, what the doctor allows, and who comes first."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.acts.drafts import Sheet
from dashboard.desk import Desk
from dashboard.planning.aside import Broken, aside
from dashboard.planning.bad_day import Ordered, lost_stations, ordered
from dashboard.planning.markup import note
from dashboard.planning.standing import StandingWeek
from dashboard.rights import Right
from dashboard.screens.bad_day_answer import Kept, answer_card
from dashboard.screens.plain_text import plain
from dashboard.screens.planning_frame import styled
from dashboard.screens.screen import Screen
from dashboard.screens.standing_frame import standing_frame
from dashboard.screens.tries import faults
from db.files.problems import FileProblem
from db.sheets.conditions import ConditionsRefused, blank_conditions, read_conditions
from domain.bad_day import Condition, DoctorsRule
from domain.words import words
from scheduler.bad_day.answer import bad_day
from scheduler.effort import Effort

_ANSWER = "bad-day-answer"
_SECONDS = 60.0
_MOST_MARKS = 60
"""Stations of a zone that are shown one by one."""


def show(desk: Desk) -> None:
    """The question above, the answer below it."""
    styled()
    say = desk.say
    st.title(say(words("Bad day")))
    faults(desk)
    there = standing_frame(desk, "bad-day-week")
    if there is None:
        return
    st.caption(
        say(words("For days with far too few machines. Nothing is stored until it is put in"
                  " force; what a doctor allows needs the doctor's name."))
    )  # fmt: skip
    asked = _question(desk, there)
    if asked is not None:
        _search(desk, there, asked)
    kept: Kept | None = st.session_state.get(_ANSWER)
    if kept is not None and kept.sheet == Sheet(there.monday, there.version.number):
        answer_card(desk, there, kept)


SCREEN = Screen("bad-day", words("Bad day"), "emergency_home", words("Plan"), Right.SEE_WEEK, show)


# --- the question ---------------------------------------------------------------------------------


def _question(desk: Desk, there: StandingWeek) -> Ordered | None:
    """What is lost and what is allowed; the question once somebody asks it."""
    say, problem = desk.say, there.problem
    with st.container(border=True):
        what, allowed = st.columns([1, 1], gap="medium")
        with what:
            lost = _lost(desk, there)
            conditions = _conditions(desk, there)
        with allowed:
            rule = _rule(desk)
        if rule is None or conditions is None:
            return None
        pressed = st.button(
            say(words("Plan the bad day")), type="primary", icon=":material/play_arrow:",
            disabled=not lost, key="bad-day-go",
        )  # fmt: skip
    if not pressed:
        return None
    asked = ordered(
        problem, there.plan, there.monday, there.now, rule,
        lost_stations(problem, lost, there.now.date()),
    )  # fmt: skip
    if asked.over:
        said = words("Nothing is left to plan in the week of {week}.", week=there.monday)
        st.html(note(say(said), "info"))
        return None
    return replace(asked, conditions=conditions)


def _lost(desk: Desk, there: StandingWeek) -> list[str]:
    """Zone by zone a mark for each station; in a large center a list to choose from."""
    problem, found = there.problem, list[str]()
    title = plain(desk.say(words("Stations that are out")))
    st.markdown(f"**{title}**")
    for zone in problem.register.zones:
        codes = list(problem.zone_stations[zone.code])
        name, key = desk.voice.label(zone.name), f"bad-day-lost-{zone.code}"
        if len(codes) > _MOST_MARKS:
            found += st.multiselect(
                name, codes, key=key, placeholder=desk.say(words("all of them run"))
            )
        elif codes:
            found += st.pills(name, codes, selection_mode="multi", key=key, wrap=True)
    return found


def _rule(desk: Desk) -> DoctorsRule | None:
    say = desk.say
    source = st.text_input(
        say(words("Which doctor allows it, and when")), max_chars=120, key="bad-day-source"
    ).strip()
    shorter, gap = st.columns(2)
    minutes = shorter.selectbox(
        say(words("Shortest session, minutes")), [None, 240, 210, 180, 150, 120],
        format_func=lambda one: say(words("as prescribed")) if one is None else str(one),
        key="bad-day-minutes",
    )  # fmt: skip
    line = gap.selectbox(
        say(words("Longest gap, days")), [None, 3, 4, 5],
        format_func=lambda one: say(words("as in the rules")) if one is None else str(one),
        key="bad-day-line",
    )  # fmt: skip
    plain = st.toggle(say(words("Plain HD for everybody")), key="bad-day-plain")
    more = st.toggle(
        say(words("More and shorter turns on days that have not begun")), key="bad-day-turns",
        disabled=minutes is None,
    )  # fmt: skip
    if (minutes or line or plain) and not source:
        said = words("What a doctor allows needs the doctor's name and when it was said.")
        st.html(note(say(said), "warn"))
        return None
    return DoctorsRule(source, minutes, line, plain, more and minutes is not None)


def _conditions(desk: Desk, there: StandingWeek) -> tuple[Condition, ...] | None:
    """What is known of the patients, none if no file is given; missing if it cannot be read."""
    say = desk.say
    with st.expander(say(words("Weight gained and the doctor's flags"))):
        st.download_button(
            say(words("Table to fill in")),
            blank_conditions(there.problem, "zh" if desk.voice.language == "zh" else "en"),
            file_name=f"conditions-{there.monday}.csv", icon=":material/table:",
            on_click="ignore", key="bad-day-blank",
        )  # fmt: skip
        file = st.file_uploader(say(words("Filled in, as CSV")), type="csv", key="bad-day-file")
    if file is None:
        return ()
    try:
        return read_conditions(file.getvalue(), there.problem, file.name)
    except ConditionsRefused as refused:
        _refused(desk, refused.problems)
        return None


def _refused(desk: Desk, problems: tuple[FileProblem, ...]) -> None:
    for one in problems[:10]:
        st.html(note(desk.say(one.words()), "bad"))


def _search(desk: Desk, there: StandingWeek, asked: Ordered) -> None:
    effort = Effort(seconds=min(_SECONDS, float(desk.site.plan_seconds)), workers=2)
    work = partial(
        bad_day, asked.problem, asked.known, asked.conditions, asked.rule, asked.now, effort
    )
    try:
        with st.spinner(desk.say(words("Searching ..."))):
            answer = aside(work)
    except Broken:
        st.warning(desk.say(words("There is no answer; ask again.")), icon=":material/refresh:")
        return
    sheet = Sheet(there.monday, there.version.number)
    st.session_state[_ANSWER] = Kept(asked, answer, sheet)
