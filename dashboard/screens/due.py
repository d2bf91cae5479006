"""What is due, which machines are ready, tests of water and dialysate, and the entries."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.desk import Desk
from dashboard.machine.due_words import (
    GRADE_WORDS,
    KIND_WORDS,
    MEDIUM_WORDS,
    READY_WORDS,
    URGENCY_WORDS,
    every_words,
    limit_words,
)
from dashboard.machine.results import Series, all_series, result_chart, source_words
from dashboard.planning.markup import Cell, figure, figures
from dashboard.rights import Right
from dashboard.screens.due_entries import entry_tab
from dashboard.screens.machine_frame import Value, rows_table, styled
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults
from db.care.upkeep import load_facts, load_readiness
from db.connection import reading
from domain.due import CareFacts, Due, DueKind, Urgency, due
from domain.readiness import Readiness, ReadyState
from domain.water import WATER_TEST, Grade
from domain.words import words

_TONES = {Urgency.OVERDUE: "bad", Urgency.NOW: "bad", Urgency.SOON: "", Urgency.LATER: "faint"}
_GRADE_TONES = {Grade.FAILED: "bad", Grade.ACT: "bad", Grade.GOOD: "good", Grade.KEPT: ""}


def show(desk: Desk) -> None:
    """Figures, then a tab for each of the technician's questions."""
    say = desk.say
    styled()
    st.title(say(words("Due")))
    faults(desk)
    with reading(desk.site.here.database) as session:
        facts = load_facts(session, desk.site.center)
        ready = load_readiness(session, desk.site.center, tuple(facts.machines), desk.now)
    found = due(facts, desk.now)
    _figures(desk, found, ready)
    titles = [words("What is due"), words("Machines"), words("Water and dialysate")]
    enters = desk.actor.may(Right.ENTER_CARE)
    if enters:
        titles.append(words("Enter"))
    tabs = st.tabs(
        [say(title) for title in titles],
        default=say(words("Enter")) if enters and "m" in st.query_params else None,
    )
    with tabs[0]:
        _listed(desk, found)
    with tabs[1]:
        _machines(desk, ready)
    with tabs[2]:
        _tests(desk, facts)
    if enters:
        with tabs[3]:
            entry_tab(desk, facts, ready)


def _figures(desk: Desk, found: Iterable[Due], ready: Iterable[Readiness]) -> None:
    say, rows, states = desk.say, list(found), list(ready)
    overdue = sum(one.urgency is Urgency.OVERDUE for one in rows)
    now = sum(one.urgency is Urgency.NOW for one in rows)
    soon = sum(one.urgency is Urgency.SOON for one in rows)
    usable = sum(one.ready or one.state is ReadyState.IN_USE for one in states)
    st.html(
        figures(
            (
                figure(str(overdue), say(words("overdue")), "bad" if overdue else ""),
                figure(str(now), say(words("to do now"))),
                figure(str(soon), say(words("within two weeks"))),
                figure(f"{usable}/{len(states)}", say(words("machines ready or in use"))),
            )
        )
    )


def _listed(desk: Desk, found: Iterable[Due]) -> None:
    say, rows = desk.say, list(found)
    kinds = st.segmented_control(
        say(words("Only")), list(DueKind), selection_mode="multi",
        format_func=lambda kind: say(KIND_WORDS[kind]), key="due-kinds",
    )  # fmt: skip
    later = st.toggle(say(words("Also what is not due for some time")), key="due-later")
    chosen = [
        one for one in rows
        if (not kinds or one.kind in kinds) and (later or one.urgency is not Urgency.LATER)
    ]  # fmt: skip
    if not chosen:
        st.success(say(words("Nothing is due.")), icon=":material/task_alt:")
    for urgency in Urgency:
        part = [one for one in chosen if one.urgency is urgency]
        if not part:
            continue
        title = words("{title} ({count})", title=URGENCY_WORDS[urgency], count=len(part))
        st.subheader(say(title))
        rows_table(
            desk,
            (words("what"), words("where"), words("of what"), words("until"), words("why"),
             words("source")),
            [
                (Cell(say(KIND_WORDS[o.kind]), tone=_TONES[urgency]), o.subject, o.title, o.on,
                 o.reason, source_words(o.source))
                for o in part
            ],
            URGENCY_WORDS[urgency],
        )  # fmt: skip


def _machines(desk: Desk, ready: Iterable[Readiness]) -> None:
    order = list(ReadyState)
    rows = sorted(ready, key=lambda one: (order[::-1].index(one.state), one.machine))
    rows_table(
        desk,
        (words("machine"), words("state"), words("since"), words("why"), words("ready until"),
         words("last disinfection")),
        [
            (one.machine, Cell(desk.say(READY_WORDS[one.state]), tone=_state_tone(one.state)),
             one.since, one.reason, one.until, one.disinfected)
            for one in rows
        ],
        words("Machines between two patients"),
    )  # fmt: skip


def _state_tone(state: ReadyState) -> str:
    return {ReadyState.READY: "good", ReadyState.BLOCKED: "bad"}.get(state, "")


def _tests(desk: Desk, facts: CareFacts) -> None:
    say = desk.say
    found = all_series(facts)
    if not found:
        st.info(say(words("No result has been entered yet.")), icon=":material/science:")
        return
    rows_table(
        desk,
        (words("where"), words("in"), words("test"), words("sampled on"), words("measured value"),
         words("limit"), words("means"), words("every"), words("by whom")),
        [_test_row(desk, one) for one in found],
        words("Last results"), (4,),
    )  # fmt: skip
    by_key = {(one.point, one.test): one for one in found}
    chosen = st.selectbox(
        say(words("Trend of")), list(by_key), key="due-series", width=420,
        format_func=lambda key: say(words("{point}: {test}", point=key[0],
                                          test=WATER_TEST[key[1]].title)),
    )  # fmt: skip
    one = by_key[chosen]
    st.vega_lite_chart(result_chart(one, say), width="stretch", theme=None,
                       key=f"due-series-{one.point}-{one.test}")  # fmt: skip
    rows_table(
        desk,
        (words("sampled on"), words("measured value"), words("means"), words("by whom"),
         words("words")),
        [(r.day, _value(r.below, r.value), Cell(say(GRADE_WORDS[g]), tone=_GRADE_TONES[g]), r.who,
          r.text) for r, g in reversed(one.results)],
        words("Results"), (1,),
    )  # fmt: skip


def _test_row(desk: Desk, one: Series) -> tuple[Value, ...]:
    result, graded = one.results[-1]
    limit = one.limit
    return (
        one.point,
        MEDIUM_WORDS[result.medium],
        WATER_TEST[one.test].title,
        result.day,
        _value(result.below, result.value),
        None if limit is None else limit_words(limit),
        Cell(desk.say(GRADE_WORDS[graded]), tone=_GRADE_TONES[graded]),
        None if limit is None else every_words(limit.every),
        result.who,
    )


def _value(below: bool, value: float) -> Value:
    return words("< {value}", value=value) if below else value


SCREEN = Screen("due", words("Due"), "event_upcoming", words("Machines"), Right.SEE_MACHINES, show)
