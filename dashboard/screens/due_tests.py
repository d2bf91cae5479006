"""The forms for tests of water and dialysate: a value is judged before it is kept."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.acts import care as acts
from dashboard.acts.acting import NotAllowed
from dashboard.desk import Desk
from dashboard.machine.due_words import limit_words
from dashboard.machine.results import source_words, verdict
from dashboard.screens.due_forms import keep_button, now_in, remark_box
from domain.due import CareFacts
from domain.water import WATER_TEST, WATER_TESTS, Grade, Medium, WaterLimit, limit_of
from domain.words import words


def result_form(desk: Desk, facts: CareFacts) -> None:
    """A result of a test, judged by the limit of its day before it is kept."""
    say, form = desk.say, "result"
    points = [one.code for one in facts.points if one.retired is None
              or one.retired > desk.now.date()]  # fmt: skip
    places = [*points, *facts.machines]
    where, which = st.columns(2)
    place = where.selectbox(
        say(words("Where it was drawn")), places, key=f"{form}-point",
        format_func=lambda one: say(words("{code}, water", code=one) if one in points
                                    else words("{code}, dialysate", code=one)),
    )  # fmt: skip
    medium = Medium.WATER if place in points else Medium.DIALYSATE
    tests = [one.code for one in WATER_TESTS
             if limit_of(facts.limits, one.code, medium, desk.now.date()) is not None]  # fmt: skip
    test = which.selectbox(
        say(words("Test")), tests, key=f"{form}-test-{medium.value}",
        format_func=lambda one: say(WATER_TEST[one].title),
    )  # fmt: skip
    if not points:
        st.caption(say(words("For water, add a sampling point first.")))
    if not places or not tests:
        return
    day = st.date_input(say(words("Sampled on")), value=desk.now.date(), format="YYYY-MM-DD",
                        max_value=desk.now.date(), key=f"{form}-day")  # fmt: skip
    amount, less = st.columns(2, vertical_alignment="bottom")
    unit = WATER_TEST[test].unit
    value = amount.number_input(say(words("Value in {unit}", unit=unit)), 0.0, value=None,
                                format="%g", key=f"{form}-value")  # fmt: skip
    below = less.checkbox(say(words("The report says: less than this")), key=f"{form}-below")
    remark_box(desk, form)
    typed = None if value is None else acts.Typed(place, test, day, value, below)
    _judged(desk, facts, typed, limit_of(facts.limits, test, medium, day))
    keep_button(
        desk,
        lambda: acts.result_kept(desk.site, desk.actor, _typed(form, medium)),
        key=f"{form}-keep",
    )


def _typed(form: str, medium: Medium) -> acts.Typed:
    value = now_in(f"{form}-value")
    day = now_in(f"{form}-day")
    if value is None or not isinstance(day, date):
        raise NotAllowed(words("The value is missing."))
    return acts.Typed(
        str(now_in(f"{form}-point")), str(now_in(f"{form}-test-{medium.value}")), day, float(value),
        bool(now_in(f"{form}-below")), now_in(f"{form}-text") or "",
    )  # fmt: skip


def _judged(
    desk: Desk, facts: CareFacts, typed: acts.Typed | None, limit: WaterLimit | None
) -> None:
    """What the limit is, and what the value means by it, before anything is kept."""
    say = desk.say
    if limit is not None:
        told = words("Limit: {limit}. {source}", limit=limit_words(limit),
                     source=source_words(limit.source))  # fmt: skip
        st.caption(say(told))
    if typed is None or limit is None:
        return
    row = acts.result_of(facts, typed, desk.actor.name, desk.now)
    graded, said = verdict(row, limit)
    tell = {
        Grade.FAILED: st.error, Grade.ACT: st.warning, Grade.GOOD: st.success, Grade.KEPT: st.info,
    }[graded]  # fmt: skip
    tell(say(said))


def point_form(desk: Desk) -> None:
    """Where water is drawn."""
    say, form = desk.say, "point"
    code, title = st.columns([1, 2])
    code.text_input(say(words("Code, such as RO1")), max_chars=20, key=f"{form}-code")
    title.text_input(say(words("Where it is")), max_chars=80, key=f"{form}-title")
    keep_button(
        desk,
        lambda: acts.point_added(
            desk.site, desk.actor, now_in(f"{form}-code") or "", now_in(f"{form}-title") or ""
        ),
        words("Add"), key=f"{form}-keep",
    )  # fmt: skip
