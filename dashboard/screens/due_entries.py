"""What a technician enters. Each form says what an entry will mean before it is kept, and no
click is lost: what is kept stands in the session when the button is pressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

import streamlit as st

from dashboard.acts import care as acts
from dashboard.acts.acting import NotAllowed
from dashboard.desk import Desk
from dashboard.machine.due_words import READY_WORDS
from dashboard.screens.due_forms import (
    DONE,
    keep_button,
    kept,
    machine_box,
    moment_in,
    now_in,
    remark_box,
    when_boxes,
)
from dashboard.screens.due_plans import plan_form
from dashboard.screens.due_tests import point_form, result_form
from domain.care import METHOD_WORDS, Method, care_limit
from domain.due import CareFacts
from domain.readiness import Readiness
from domain.words import Words, words

_METHODS: tuple[Method, ...] = tuple(Method)
KINDS: Mapping[str, Words] = {
    "disinfected": words("Disinfection"),
    "residue": words("Residue test"),
    "result": words("Test of water or dialysate"),
    "work": words("Maintenance done"),
    "plan": words("Maintenance plan"),
    "block": words("Block or release a machine"),
    "meter": words("Meters"),
    "point": words("Sampling point"),
}


def entry_tab(desk: Desk, facts: CareFacts, ready: Iterable[Readiness]) -> None:
    """One form at a time."""
    say = desk.say
    done = st.session_state.pop(DONE, None)
    if done is not None:
        st.success(say(done), icon=":material/check:")
    kind = st.segmented_control(
        say(words("What is entered")), list(KINDS), default="disinfected", required=True,
        format_func=lambda one: say(KINDS[one]), key="due-kind",
    )  # fmt: skip
    states = {one.machine: one for one in ready}
    with st.container(border=True, width=760):
        match kind:
            case "residue":
                _residue(desk, facts)
            case "result":
                result_form(desk, facts)
            case "work":
                _work(desk, facts)
            case "plan":
                plan_form(desk, facts)
            case "block":
                _block(desk, facts, states)
            case "meter":
                _meter(desk, facts)
            case "point":
                point_form(desk)
            case _:
                _disinfected(desk, facts)


# --- the forms --------------------------------------------------------------------------------


def _disinfected(desk: Desk, facts: CareFacts) -> None:
    say, form = desk.say, "disinfected"
    machine_box(desk, facts, form)
    how, long = st.columns(2)
    method = how.radio(say(words("How")), _METHODS, key=f"{form}-method", horizontal=True,
                       format_func=lambda one: say(METHOD_WORDS[one]))  # fmt: skip
    minutes = long.number_input(say(words("Minutes")), 0.0, 600.0, 30.0, 1.0, key=f"{form}-minutes",
                                format="%.0f")  # fmt: skip
    st.caption(say(words("As of its end:")))
    when_boxes(desk, form)
    remark_box(desk, form)
    least = care_limit(facts.care_limits, f"{method.value}_minutes", desk.now.date())
    if minutes < least.value:
        st.error(say(words("Too short: at least {least} min are needed. The machine will be"
                           " blocked.", least=least.value)), icon=":material/block:")  # fmt: skip
    elif method is Method.CHEMICAL:
        st.warning(say(words("Long enough. The machine waits for the residue test.")),
                   icon=":material/science:")  # fmt: skip
    else:
        st.success(say(words("Long enough: at least {least} min.", least=least.value)),
                   icon=":material/check:")  # fmt: skip
    keep_button(
        desk,
        lambda: acts.disinfected(
            desk.site, desk.actor, str(now_in(f"{form}-machine")), moment_in(desk, form),
            now_in(f"{form}-method"), float(now_in(f"{form}-minutes") or 0),
            now_in(f"{form}-text") or "",
        ),
        key=f"{form}-keep",
    )  # fmt: skip


def _residue(desk: Desk, facts: CareFacts) -> None:
    form = "residue"
    machine_box(desk, facts, form)
    when_boxes(desk, form)
    remark_box(desk, form)
    st.info(desk.say(words("To be kept only if the test shows no residue of disinfectant.")),
            icon=":material/science:")  # fmt: skip
    keep_button(
        desk,
        lambda: acts.residue_clear(
            desk.site, desk.actor, str(now_in(f"{form}-machine")), moment_in(desk, form),
            now_in(f"{form}-text") or "",
        ),
        words("No residue: keep"), key=f"{form}-keep",
    )  # fmt: skip


def _work(desk: Desk, facts: CareFacts) -> None:
    say, form = desk.say, "work"
    if not facts.plans:
        st.info(say(words("There is no maintenance plan yet. Add one under Maintenance plan.")),
                icon=":material/build:")  # fmt: skip
        return
    machine_box(desk, facts, form)
    titles = {one.code: one.title for one in facts.plans}
    st.selectbox(say(words("Maintenance plan")), list(titles), key=f"{form}-plan",
                 format_func=lambda one: f"{one}: {desk.voice.label(titles[one])}")  # fmt: skip
    when_boxes(desk, form)
    hours, treatments = st.columns(2)
    hours.number_input(say(words("Operating hours, as the meter stood")), 0.0, value=None,
                       key=f"{form}-hours", format="%g")  # fmt: skip
    treatments.number_input(say(words("Treatments, as the meter stood")), 0, value=None,
                            key=f"{form}-treatments")  # fmt: skip
    remark_box(desk, form)
    keep_button(
        desk,
        lambda: acts.work_done(
            desk.site, desk.actor, str(now_in(f"{form}-machine")), str(now_in(f"{form}-plan")),
            moment_in(desk, form), now_in(f"{form}-text") or "", _meters(form, needed=False),
        ),
        key=f"{form}-keep",
    )  # fmt: skip


def _meters(form: str, *, needed: bool) -> acts.Meters | None:
    hours, treatments = now_in(f"{form}-hours"), now_in(f"{form}-treatments")
    if (hours is None) != (treatments is None) or (needed and hours is None):
        raise NotAllowed(words("Hours and treatments go together: both are needed."))
    return None if hours is None else acts.Meters(float(hours), int(treatments))


def _block(desk: Desk, facts: CareFacts, states: Mapping[str, Readiness]) -> None:
    say, form = desk.say, "block"
    machine_box(desk, facts, form)
    code = str(now_in(f"{form}-machine"))
    state = states.get(code)
    if state is not None:
        reason = words("{machine} is now: {state}", machine=code, state=READY_WORDS[state.state])
        st.caption(say(reason) + ("" if state.reason is None else f". {say(state.reason)}"))
    st.text_input(say(words("Why")), max_chars=300, key=f"{form}-text")
    st.date_input(say(words("Expected back on, if anybody knows")), value=None, format="YYYY-MM-DD",
                  min_value=desk.now.date() + timedelta(days=1), key=f"{form}-back")  # fmt: skip
    st.caption(say(words("Nobody is planned on a blocked machine until the day on which it is"
                         " expected back, or until it is released.")))  # fmt: skip
    block, release = st.columns(2)
    block.button(say(words("Block")), type="primary", icon=":material/block:", key=f"{form}-keep",
                 width="stretch", on_click=kept, args=(lambda: acts.block(
                     desk.site, desk.actor, str(now_in(f"{form}-machine")),
                     now_in(f"{form}-text") or "", now_in(f"{form}-back")),))  # fmt: skip
    release.button(say(words("Release; I answer for it")), icon=":material/lock_open:",
                   key=f"{form}-release", width="stretch", on_click=kept, args=(
                       lambda: acts.release(desk.site, desk.actor, str(now_in(f"{form}-machine")),
                                            now_in(f"{form}-text") or ""),))  # fmt: skip


def _meter(desk: Desk, facts: CareFacts) -> None:
    say, form = desk.say, "meter"
    machine_box(desk, facts, form)
    hours, treatments = st.columns(2)
    hours.number_input(say(words("Operating hours, as the meter stood")), 0.0, value=None,
                       key=f"{form}-hours", format="%g")  # fmt: skip
    treatments.number_input(
        say(words("Treatments, as the meter stood")), 0, value=None, key=f"{form}-treatments"
    )
    st.checkbox(say(words("The meter was replaced and counts anew")), key=f"{form}-replaced")
    keep_button(desk, lambda: _keep_meters(desk, form), key=f"{form}-keep")


def _keep_meters(desk: Desk, form: str) -> None:
    meters = _meters(form, needed=True)
    if meters is not None:
        acts.read_meters(desk.site, desk.actor, str(now_in(f"{form}-machine")), meters,
                         replaced=bool(now_in(f"{form}-replaced")))  # fmt: skip
