"""The form for maintenance plans: made, changed, ended; what is wrong stands under its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.acts.maintenance import (
    LONGEST_CODE,
    MOST,
    TypedPlan,
    plan_ended,
    plan_faults,
    plan_kept,
    plan_of,
    typed_of,
)
from dashboard.desk import Desk
from dashboard.screens.due_forms import DONE, kept
from dashboard.screens.plain_text import plain
from domain.due import CareFacts, Urgency, maintenance_due
from domain.words import Words, words

_TURN, _TRIED = "plan-turn", "plan-tried"
"""How often a form was done with, which makes the next one another form to the browser; and the one
that somebody has tried to keep: from then on fields that are empty say what they lack."""
_EVERY = {
    "days": words("Days at most"),
    "hours": words("Operating hours at most"),
    "treatments": words("Treatments at most"),
}
_HELD = tuple(field.name for field in fields(TypedPlan) if field.name != "added")


def plan_form(desk: Desk, facts: CareFacts) -> None:
    """One plan: one that is not there yet, or one that is to be changed or ended."""
    say = desk.say
    plans = {one.code: one for one in facts.plans}
    turn = st.session_state.get(_TURN, 0)
    chosen = st.selectbox(
        say(words("Maintenance plan")), ["", *plans], key=f"plan-chosen-{turn}",
        format_func=lambda code: f"{code}: {desk.voice.label(plans[code].title)}" if code
        else say(words("One that is not there yet")),
    )  # fmt: skip
    form = f"plan-{turn}-{chosen}"
    before = typed_of(plans[chosen]) if chosen else TypedPlan()
    typed = _typed(form, before)
    faults = plan_faults(typed, facts)
    told = _told_faults(form, faults)
    _names(desk, form, before, told)
    _intervals(desk, form, before, told)
    _terms(desk, form, before, facts, told)
    if not faults:
        _meaning(desk, facts, typed)
    st.button(say(words("Keep")), type="primary", key="plan-keep", icon=":material/save:",
              on_click=_keep, args=(desk, facts, form, before))  # fmt: skip
    if chosen:
        _ending(desk, chosen)


def _names(desk: Desk, form: str, before: TypedPlan, faults: Mapping[str, Words]) -> None:
    say = desk.say
    code, english, chinese = st.columns([1, 1.6, 1.6])
    code.text_input(say(words("Code, such as PM6")), before.code, max_chars=LONGEST_CODE,
                    disabled=not before.added, key=f"{form}-code")  # fmt: skip
    english.text_input(say(words("Called in English")), before.english, max_chars=80,
                       key=f"{form}-english")  # fmt: skip
    chinese.text_input(say(words("Called in Chinese")), before.chinese, max_chars=80,
                       key=f"{form}-chinese")  # fmt: skip
    _say_fault(desk, code, faults.get("code"))
    _say_fault(desk, english, faults.get("title"))


def _intervals(desk: Desk, form: str, before: TypedPlan, faults: Mapping[str, Words]) -> None:
    st.caption(desk.say(words("How long it may take; whichever comes first:")))
    for place, (name, label) in zip(st.columns(3), _EVERY.items(), strict=True):
        # Not as the box's own value: a box that begins with a number cannot be emptied.
        st.session_state.setdefault(f"{form}-{name}", getattr(before, name))
        place.number_input(desk.say(label), min_value=1, max_value=MOST[name], value=None, step=1,
                           key=f"{form}-{name}")  # fmt: skip
        _say_fault(desk, place, faults.get(name))
    _say_fault(desk, st.container(), faults.get("every"))


def _terms(
    desk: Desk, form: str, before: TypedPlan, facts: CareFacts, faults: Mapping[str, Words]
) -> None:
    say = desk.say
    models = ["", *sorted({*facts.machines.values(), before.model} - {""})]
    which, source = st.columns(2)
    which.selectbox(
        say(words("On machines of model")), models, key=f"{form}-model",
        index=models.index(before.model),
        format_func=lambda one: one or say(words("every model")),
    )  # fmt: skip
    source.text_input(say(words("Source, such as the maker's manual")), before.source,
                      max_chars=200, key=f"{form}-source")  # fmt: skip
    _say_fault(desk, which, faults.get("model"))
    _say_fault(desk, source, faults.get("source"))
    st.checkbox(say(words("Nobody may be put on a machine on which it is overdue")),
                before.blocks, key=f"{form}-blocks")  # fmt: skip


def _meaning(desk: Desk, facts: CareFacts, typed: TypedPlan) -> None:
    """What the plan does the moment it is kept: a maintenance that was never entered counts as
    overdue."""
    found = list(maintenance_due(replace(facts, plans=(plan_of(typed),)), desk.now))
    late = sum(one.urgency is Urgency.OVERDUE for one in found)
    if late and typed.blocks:
        said = words("Overdue at once on {late} of {all} machines: nobody can be put on them"
                     " until it is entered as done.", late=late, all=len(found))  # fmt: skip
        st.warning(desk.say(said), icon=":material/block:")
    else:
        said = words("Overdue at once on {late} of {all} machines.", late=late, all=len(found))
        st.info(desk.say(said), icon=":material/event_upcoming:")


def _ending(desk: Desk, code: str) -> None:
    say = desk.say
    with st.expander(say(words("End this plan")), icon=":material/event_busy:"):
        st.markdown(say(words("Nothing is due by it any more. What was done stays in the history"
                              " of each machine.")))  # fmt: skip
        st.button(say(words("End plan {code}", code=code)), key="plan-end", on_click=_end,
                  args=(desk, code))  # fmt: skip


def _keep(desk: Desk, facts: CareFacts, form: str, before: TypedPlan) -> None:
    """For the click: what is wrong with a field is said there, everything else as ever."""
    st.session_state[_TRIED] = form
    typed = _typed(form, before)
    if not plan_faults(typed, facts):
        kept(lambda: _kept(desk, typed))


def _kept(desk: Desk, typed: TypedPlan) -> None:
    plan_kept(desk.site, desk.actor, typed)
    _begin_anew()


def _end(desk: Desk, code: str) -> None:
    kept(lambda: _ended(desk, code))
    if DONE in st.session_state:
        st.session_state[DONE] = words("Ended: plan {code}.", code=code)


def _ended(desk: Desk, code: str) -> None:
    plan_ended(desk.site, desk.actor, code)
    _begin_anew()


def _begin_anew() -> None:
    """The next form is for a plan that is not there yet."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _typed(form: str, before: TypedPlan) -> TypedPlan:
    """What stands in the form; before its first look what is kept."""
    state = st.session_state
    found = {name: state.get(f"{form}-{name}", getattr(before, name)) for name in _HELD}
    return TypedPlan(**found, added=before.added)


def _told_faults(form: str, faults: Mapping[str, Words]) -> Mapping[str, Words]:
    """Before the first try only what was typed is a fault, not what is still empty."""
    if st.session_state.get(_TRIED) == form:
        return faults
    return {name: said for name, said in faults.items() if st.session_state.get(f"{form}-{name}")}


def _say_fault(desk: Desk, place: DeltaGenerator, fault: Words | None) -> None:
    if fault is not None:
        place.markdown(f":small[:red[:material/error: {plain(desk.say(fault))}]]")
