"""What would it take: remedies for a shortage, each solved anew, and scenarios side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.asked import Weeks, read_weeks
from dashboard.planning.choices import planned_mondays, week_words, weeks_to_plan
from dashboard.planning.markup import Cell, note, table
from dashboard.planning.thinking import Thought
from dashboard.planning.what_if import Draft, closing_cells, listable, rate_cells
from dashboard.rights import Right
from dashboard.screens.planning_frame import asked_week, kept, styled
from dashboard.screens.screen import Screen
from dashboard.screens.thinking import thinking
from dashboard.screens.what_if_sides import add_draft, sides_tab, with_names
from db.connection import reading
from db.load import load_register
from db.plans import list_plans
from domain.remedy import RemedyKind
from domain.remedy_price import STANDARD_RATES
from domain.remedy_words import KIND_WORDS
from domain.words import words
from scheduler.effort import Effort
from scheduler.remedies.closing import closing
from scheduler.remedies.closing_words import proven_words, shortage_words, unknown_words
from scheduler.remedies.terms import Closing, Terms

_MOST_WEEKS = 4
_SECONDS = 15.0
"""For each single question; most are answered in much less."""
_THOUGHT = "what-if-closing"


def show(desk: Desk) -> None:
    """A week chosen, then what would close its gaps, then scenarios of one's own."""
    styled()
    say = desk.say
    st.title(say(words("What if")))
    monday, count = _weeks_chosen(desk)
    weeks = kept(desk, "what-if", (monday, count), lambda: _read(desk, monday, count))
    names = {one.code: one.name for one in weeks.problem.register.patients}
    take, sides = st.tabs([say(words("What would it take?")), say(words("Side by side"))])
    with take:
        _take(desk, weeks, names)
    with sides:
        sides_tab(desk, weeks, names)


SCREEN = Screen("what-if", words("What if"), "balance", words("Plan"), Right.PLAN, show)


def _weeks_chosen(desk: Desk) -> tuple[date, int]:
    say, site = desk.say, desk.site
    with reading(site.here.database) as session:
        versions = list_plans(session, site.center)
        sessions = load_register(session, site.center).sessions
    last = max((row.day for row in sessions), default=None)
    mondays, following = weeks_to_plan(desk.now.date(), last, planned_mondays(versions))
    week, together, _ = st.columns([3, 2, 5], vertical_alignment="bottom")
    monday = week.selectbox(
        say(words("First week")), mondays, index=mondays.index(asked_week(mondays, following)),
        format_func=lambda one: say(week_words(one)), key="what-if-week",
    )  # fmt: skip
    count = together.selectbox(
        say(words("Weeks together")), range(1, _MOST_WEEKS + 1), key="what-if-weeks"
    )
    return monday, count


def _read(desk: Desk, monday: date, count: int) -> Weeks:
    site = desk.site
    with reading(site.here.database) as session:
        return read_weeks(session, site.center, monday, count, site.history_weeks, desk.now)


# --- what would it take ---------------------------------------------------------------------------


def _take(desk: Desk, weeks: Weeks, names: Mapping[str, str]) -> None:
    say = desk.say
    terms = _terms(desk, weeks, names)
    key = (weeks.problem.first_day, weeks.problem.weeks, terms.kinds, terms.fewer)
    thought: Thought[Closing] | None = st.session_state.get(_THOUGHT)
    busy = thought is not None and thought.open
    if st.button(
        say(words("Look for remedies")), icon=":material/search:", type="primary",
        disabled=busy, key="what-if-look",
    ):  # fmt: skip
        effort = Effort(seconds=_SECONDS)
        problem = weeks.to_search
        thought = Thought[Closing](key, partial(closing, problem, terms, effort)).begin()
        st.session_state[_THOUGHT] = thought
    if thought is None or thought.key != key:
        st.caption(
            say(words("Every remedy is solved anew: with it everybody has a place, without it"
                      " somebody goes short. Nothing is stored."))
        )  # fmt: skip
        return
    found = thinking(desk, thought, "what-if-stop")
    if found is not None:
        _found(desk, weeks, found)


def _terms(desk: Desk, weeks: Weeks, names: Mapping[str, str]) -> Terms:
    """What may be tried."""
    say = desk.say
    with st.container(border=True):
        left, right = st.columns(2)
        kinds = left.multiselect(
            say(words("What may be tried")), list(RemedyKind), default=list(RemedyKind),
            format_func=lambda one: say(KIND_WORDS[one]), key="what-if-kinds",
            placeholder=say(words("Nothing")),
        )  # fmt: skip
        five = right.multiselect(
            say(words("Five sessions a fortnight: the doctor's list")), listable(weeks.problem),
            format_func=lambda code: f"{names.get(code, code)} · {code}", key="what-if-five",
            placeholder=say(words("Nobody")),
            help=say(words("Only patients whom the doctor allows fewer sessions; none otherwise.")),
        )  # fmt: skip
    begun = desk.now.date() >= weeks.problem.first_day
    terms = Terms(
        kinds=frozenset(kinds),
        fewer=tuple(five),
        fewer_source=desk.actor.shown,
        since=desk.now.replace(tzinfo=None) if begun else None,
    )
    return with_names(desk, terms)


def _found(desk: Desk, weeks: Weeks, found: Closing) -> None:
    say, problem = desk.say, weeks.problem
    for said in unknown_words(problem, found):
        st.html(note(say(said), "warn"))
    if not found.shortages and not found.unsettled:
        done = words("Everybody else has all sessions: a plan was found and judged legal.") \
            if found.aside else \
            words("Everybody has all sessions: a plan was found and judged legal.")  # fmt: skip
        st.html(note(say(done), "good"))
    for shortage in found.shortages:
        st.html(note(say(shortage_words(problem, shortage)), "bad"))
    if found.shortages:
        heads = (
            Cell(say(words("Zone"))),
            Cell(say(words("nurse hours")), number=True),
            Cell(say(words("What closes it"))),
            Cell(say(words("Proven"))),
        )
        rows = closing_cells(problem, found, say)
        st.html(table(heads, rows, say(words("What closes it"))))
    if found.remedies:
        _side_by_side(desk, weeks, found)
        _rates(desk)


def _side_by_side(desk: Desk, weeks: Weeks, found: Closing) -> None:
    say, problem = desk.say, weeks.problem
    choice, button = st.columns([5, 2], vertical_alignment="bottom")
    number = choice.selectbox(
        say(words("Compare in full")), range(len(found.remedies)), key="what-if-pick",
        format_func=lambda one: say(proven_words(problem, found.remedies[one])),
    )  # fmt: skip
    chosen = found.remedies[number]
    if button.button(
        say(words("Put it side by side")), icon=":material/add:", width="stretch",
        key="what-if-put",
    ):  # fmt: skip
        add_draft(weeks, Draft(say(KIND_WORDS[chosen.kind]), chosen.remedies))
        st.toast(say(words("It stands under: Side by side.")))


def _rates(desk: Desk) -> None:
    say = desk.say
    with st.expander(say(words("What the hours are made of"))):
        st.caption(
            say(words("One unit for everything: hours of a nurse's ordinary time. The command"
                      " clearshift remedies --rates takes the center's own rates."))
        )  # fmt: skip
        heads = (
            Cell(say(words("one of"))),
            Cell(say(words("nurse hours")), number=True),
            Cell(say(words("source"))),
        )
        rows = rate_cells(STANDARD_RATES, say)
        st.html(table(heads, rows, say(words("What the hours are made of"))))
