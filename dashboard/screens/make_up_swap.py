"""Two patients who want to swap: who, which sessions, and the verdict at once."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.acts.drafts import Sheet
from dashboard.acts.mending import Mended
from dashboard.desk import Desk
from dashboard.planning.make_up_words import cost_words, move_words, seat_words
from dashboard.planning.markup import listed, note
from dashboard.planning.standing import StandingWeek
from dashboard.screens.make_up_frame import by_name, called, take_button
from domain.offer import Judged, Swap
from domain.plan import Assignment
from domain.words import words
from scheduler.make_up.swap import swap


def swap_tab(desk: Desk, there: StandingWeek, names: Mapping[str, str]) -> None:
    """Two patients chosen, and what all rules say."""
    say = desk.say
    left, right = st.columns(2)
    people = by_name(there, names)
    first = left.selectbox(
        say(words("One patient")), people, index=None,
        format_func=lambda code: called(names, code), key="swap-first",
        placeholder=say(words("Who wants to swap")),
    )  # fmt: skip
    second = right.selectbox(
        say(words("The other patient")), [code for code in people if code != first], index=None,
        format_func=lambda code: called(names, code), key="swap-second",
        placeholder=say(words("With whom")),
    )  # fmt: skip
    if first is None or second is None:
        st.caption(say(words("Choose two patients; the verdict is there at once.")))
        return
    with left:
        mine = _sessions(desk, there, first)
    with right:
        theirs = _sessions(desk, there, second)
    days = None
    if mine or theirs:
        days = (frozenset(row.day for row in mine), frozenset(row.day for row in theirs))
    found = swap(there.problem, there.plan, first, second, there.now, days)
    if found is None:
        said = words("There is nothing to swap in what is left of this week.")
        st.html(note(say(said), "info"))
        return
    _verdict(desk, there, found)


def _sessions(desk: Desk, there: StandingWeek, patient: str) -> list[Assignment]:
    rows = there.plan.by_patient.get(patient, ())
    return st.multiselect(
        desk.say(words("Sessions")), [row for row in rows if row.turn not in there.gone],
        format_func=lambda row: desk.say(seat_words(there.problem, row)),
        placeholder=desk.say(words("all that are still to come")), key=f"swap-rows-{patient}",
    )  # fmt: skip


def _verdict(desk: Desk, there: StandingWeek, found: Swap) -> None:
    say = desk.say
    _judged(desk, found.judged)
    st.html(listed(say(move_words(there.problem, one)) for one in found.moves))
    cost = cost_words(found.judged)
    if cost is not None:
        st.caption(say(words("What it costs: {cost}", cost=cost)))
    if found.judged.legal:
        said = f"{found.first} / {found.second}"
        wanted = Mended(Sheet(there.monday, there.version.number), found.moves, None, said)
        take_button(desk, there, wanted, say(words("Swap them")), "swap-take")


def _judged(desk: Desk, judged: Judged) -> None:
    say = desk.say
    if judged.legal:
        st.html(note(say(words("Allowed: no hard rule is broken.")), "good"))
        return
    st.html(note(say(words("Not allowed.")), "bad"))
    st.html(listed((say(one.words) for one in judged.broken), tone="bad"))
