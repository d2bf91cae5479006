"""A machine's wire, what is due for it, its state between two patients, and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import quote

import streamlit as st

from dashboard.desk import Desk
from dashboard.machine.due_words import CARE_WORDS, KIND_WORDS, READY_WORDS, URGENCY_WORDS
from dashboard.machine.history import event_words
from dashboard.machine.wire import COUNTERS, lasted_words, outages, rates
from dashboard.machine_words import LINK_WORDS
from dashboard.planning.markup import links as ways
from dashboard.rights import Right
from dashboard.screens.machine_frame import rows_table, shown
from dashboard.screens.plain_text import plain
from db.care.upkeep import load_facts, load_readiness
from db.connection import reading
from db.telemetry.glance import boots_began
from db.telemetry.read import events, links
from db.telemetry.read import reading as reading_telemetry
from domain.care import CareEvent, CareKind, in_time
from domain.due import due
from domain.words import words

_WEEK = timedelta(days=7)
_MOST = 60


def care_tab(desk: Desk, code: str) -> None:
    """State, what is due, history."""
    say = desk.say
    with reading(desk.site.here.database) as session:
        facts = load_facts(session, desk.site.center)
        (ready,) = load_readiness(session, desk.site.center, [code], desk.now)
    st.subheader(say(words("State between two patients")))
    rows_table(
        desk,
        (words("state"), words("since"), words("why"), words("last disinfection"),
         words("ready until")),
        [(READY_WORDS[ready.state], ready.since, ready.reason, ready.disinfected, ready.until)],
        words("State between two patients"),
    )  # fmt: skip
    if desk.actor.may(Right.ENTER_CARE):
        enter = say(words("Enter a disinfection, a test or a block"))
        st.html(ways([(f"/due?m={quote(code)}", enter)]))
    if desk.actor.may(Right.SEE_WEEK):
        mend = say(words("It is out: repair the week without it"))
        st.html(ways([(f"/repair?machine={quote(code)}", mend)]))
    st.subheader(say(words("What is due")))
    found = [one for one in due(facts, desk.now) if one.subject == code]
    if found:
        rows_table(
            desk,
            (words("how urgent"), words("what"), words("of what"), words("until"), words("why")),
            [(URGENCY_WORDS[o.urgency], KIND_WORDS[o.kind], o.title, o.on, o.reason)
             for o in found],
            words("What is due"),
        )  # fmt: skip
    else:
        st.caption(say(words("Nothing is due for this machine.")))
    _history(desk, code, facts.events_of.get(code, ()))


def _history(desk: Desk, code: str, happened: Iterable[CareEvent]) -> None:
    say = desk.say
    st.subheader(say(words("History")))
    rows = list(reversed(in_time(happened)))
    every = st.toggle(say(words("Also phases and lost wires")), key=f"history-{code}")
    wire = {CareKind.PHASE, CareKind.LINK_LOST, CareKind.LINK_BACK}
    chosen = [one for one in rows if every or one.kind not in wire][:_MOST]
    if not chosen:
        st.caption(say(words("Nothing has happened yet.")))
        return
    rows_table(
        desk,
        (words("when"), words("what"), words("more"), words("by whom"), words("words")),
        [(one.at, CARE_WORDS[one.kind], event_words(one), one.who, one.text) for one in chosen],
        words("History"),
    )


def link_tab(desk: Desk, code: str) -> None:
    """Each gateway that claims the machine, its counters, and when the wire was lost."""
    say = desk.say
    with reading_telemetry(desk.site.here.telemetry) as connection:
        wires = [one for one in links(connection) if one.machine == code]
        began = boots_began(connection, code)
        said = events(connection, code, desk.now - _WEEK, desk.now + timedelta(minutes=5))
    if not wires:
        st.info(say(words("No gateway has ever spoken of this machine.")),
                icon=":material/sensors_off:")  # fmt: skip
        return
    for wire in wires:
        since = began.get(wire.boot)
        title = words("Gateway {name}: {state}", name=wire.gateway, state=LINK_WORDS[wire.status])
        st.subheader(plain(say(title)))
        last = words("Last good frame: {at}", at=shown(desk, wire.last_good))
        start = words("Counted since the gateway's start, {at}", at=shown(desk, since))
        st.caption(f"{say(last)} · {say(start)}")
        hourly = rates(wire, since, desk.now)
        rows_table(
            desk,
            (words("what"), words("in all"), words("by the hour")),
            [(title, getattr(wire.counters, name), _hourly(hourly[name]))
             for name, title in COUNTERS],
            words("Quality of the link"),
            (1, 2),
        )  # fmt: skip
    st.subheader(say(words("Lost in the last seven days")))
    lost = outages(one.event for one in said)
    if not lost:
        st.caption(say(words("Never.")))
        return
    rows_table(
        desk,
        (words("from"), words("until"), words("how long"), words("how")),
        [(one.first, one.end or words("still lost"), lasted_words(one, desk.now),
          LINK_WORDS[one.status]) for one in lost[:_MOST]],
        words("When the link was lost"),
    )  # fmt: skip


def _hourly(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 1)
