"""Scenarios of one's own, put together and compared in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.asked import Weeks
from dashboard.planning.markup import Cell, note, table
from dashboard.planning.thinking import Thought
from dashboard.planning.what_if import Draft, growth_cells, side_cells
from dashboard.screens.thinking import thinking
from dashboard.screens.what_if_form import change_form
from domain.remedy_price import STANDARD_RATES
from domain.words import Label, words
from scheduler.effort import Effort
from scheduler.remedies.closing_words import all_words
from scheduler.remedies.growth import Growing
from scheduler.remedies.scenario_words import growth_words
from scheduler.remedies.scenarios import MOST, Comparing, Scenario, Side, compare
from scheduler.remedies.terms import Terms

_DRAFTS, _THOUGHT = "what-if-drafts", "what-if-sides"
_SECONDS, _LONGEST = 30, 600


def with_names(desk: Desk, terms: Terms) -> Terms:
    """What shifts are called that the center does not have yet, in both languages."""
    evening, night = (
        Label(*(desk.site.speak(language, None)(name) for language in ("en", "zh")))
        for name in (words("Evening shift"), words("Night shift"))
    )
    return replace(terms, evening=evening, night=night)


def drafts_of(weeks: Weeks) -> list[Draft]:
    """Those put together for these weeks, kept while somebody is signed in."""
    key = (weeks.problem.first_day, weeks.problem.weeks)
    found: dict[Any, list[Draft]] = st.session_state.setdefault(_DRAFTS, {})
    return found.setdefault(key, [])


def add_draft(weeks: Weeks, draft: Draft) -> None:
    """One more, under a name that no other has; the oldest goes if there are too many."""
    mine = drafts_of(weeks)
    names = {one.name for one in mine}
    name, number = draft.name, 2
    while name in names:
        name, number = f"{draft.name} {number}", number + 1
    mine.append(Draft(name, draft.remedies))
    del mine[: max(0, len(mine) - (MOST - 1))]


def sides_tab(desk: Desk, weeks: Weeks, names: Mapping[str, str]) -> None:
    """The scenarios, a form for a further change, and the comparison."""
    left, right = st.columns([3, 2], gap="medium")
    with right, st.container(border=True):
        _new_change(desk, weeks, names)
    with left, st.container(border=True):
        _listed(desk, weeks)
        found = _compared(desk, weeks)
    if found is not None:
        _sides(desk, found)


def _listed(desk: Desk, weeks: Weeks) -> None:
    say = desk.say
    st.subheader(say(words("Scenarios")))
    st.caption(say(words("The week as it is stands beside them.")))
    for number, draft in enumerate(drafts_of(weeks)):
        text, button = st.columns([6, 1], vertical_alignment="center")
        text.markdown(f"**{draft.name}**")
        text.caption(say(all_words(weeks.problem, draft.remedies)))
        if button.button(
            "", icon=":material/delete:", help=say(words("Take it away")),
            key=f"what-if-away-{number}",
        ):  # fmt: skip
            del drafts_of(weeks)[number]
            st.rerun()


def _new_change(desk: Desk, weeks: Weeks, names: Mapping[str, str]) -> None:
    say, mine = desk.say, drafts_of(weeks)
    st.subheader(say(words("A change")))
    kind, remedy = change_form(desk, weeks, names, with_names(desk, Terms()))
    places = ["", *(one.name for one in mine)]
    into = st.selectbox(
        say(words("Where it goes")), places, key="what-if-into",
        format_func=lambda name: name or say(words("a new scenario")),
    )  # fmt: skip
    full = not into and len(mine) >= MOST - 1
    if st.button(
        say(words("Add the change")), icon=":material/add:", width="stretch",
        disabled=remedy is None or full, key="what-if-add",
    ) and remedy is not None:  # fmt: skip
        if into:
            at = places.index(into) - 1
            mine[at] = Draft(into, (*mine[at].remedies, remedy))
        else:
            add_draft(weeks, Draft(say(kind), (remedy,)))
        st.rerun()


def _compared(desk: Desk, weeks: Weeks) -> tuple[Side, ...] | None:
    say, problem = desk.say, weeks.to_search
    grow, months, seconds, button = st.columns([2, 2, 2, 2], vertical_alignment="bottom")
    per_month = int(grow.number_input(
        say(words("New patients a month")), 0, 99, 0, key="what-if-grow",
        help=say(words("Like those who are there; 0 leaves growth out.")),
    ))  # fmt: skip
    last = int(months.number_input(say(words("Months")), 1, 60, 24, key="what-if-months"))
    most = int(seconds.number_input(
        say(words("Seconds for each plan")), 1, _LONGEST, _SECONDS, 10, key="what-if-seconds"
    ))  # fmt: skip
    scenarios = (
        Scenario(say(words("As it is"))),
        *(one.scenario() for one in drafts_of(weeks)),
    )
    comparing = Comparing(
        Effort(seconds=float(most)),
        STANDARD_RATES,
        Growing(per_month, last) if per_month else None,
    )
    key = (problem.first_day, problem.weeks, scenarios, per_month, last, most)
    thought: Thought[tuple[Side, ...]] | None = st.session_state.get(_THOUGHT)
    if button.button(
        say(words("Compare")), icon=":material/compare:", type="primary", width="stretch",
        disabled=thought is not None and thought.open, key="what-if-compare",
    ):  # fmt: skip
        thought = Thought[tuple[Side, ...]](
            key, partial(compare, problem, scenarios, comparing)
        ).begin()
        st.session_state[_THOUGHT] = thought
    if thought is None or thought.key != key:
        return None
    return thinking(desk, thought, "what-if-stop-sides")


def _sides(desk: Desk, sides: tuple[Side, ...]) -> None:
    say = desk.say
    for side in sides:
        if not side.legal:
            said = words("{name}: the plan breaks hard rules", name=side.scenario.name)
            st.html(note(say(said), "bad"))
    heads = tuple(Cell(side.scenario.name, number=True) for side in sides)
    st.html(table((Cell(""), *heads), side_cells(sides, say), say(words("Side by side"))))
    rows = list(growth_cells(sides, say))
    if rows:
        st.subheader(say(words("Growth")))
        for side in sides:
            if side.growth is not None:
                said = words("{name}: {said}", name=side.scenario.name,
                             said=growth_words(side.growth))  # fmt: skip
                st.html(note(say(said), "info"))
        months = (Cell(say(words("Month")), number=True), Cell(say(words("Patients")), number=True))
        plain = tuple(Cell(side.scenario.name) for side in sides)
        st.html(table((*months, *plain), rows, say(words("Growth"))))
