"""The week board: who sits where and when, moved by hand, saved as versions, published."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.board.board_component import sent, week_board
from dashboard.board.opened import planned_weeks
from dashboard.board.table import Table, Wish, happened, laid
from dashboard.board.talk import NotUnderstood, answer, read_message
from dashboard.desk import Desk
from dashboard.rights import Right
from dashboard.screens.screen import Screen
from dashboard.screens.week_tools import VERSION, forget_version, left_over, told, tools
from db.access.accounts import find_account
from db.connection import reading
from db.plans import PlanState, PlanVersion
from db.refusal import DatabaseRefusal
from domain.calendar import monday_of
from domain.words import Words, words

_TABLE, _ANSWER, _WEEK = "week_table", "week_answer", "week_monday"
_LOOK_AGAIN = "8s"


def show(desk: Desk) -> None:
    """The newest week that is planned, or where to begin."""
    with reading(desk.site.here.database) as session:
        weeks = planned_weeks(session, desk.site.center)
    if not weeks:
        _nothing_yet(desk)
        return
    _week(desk, weeks)
    _watch(desk)


SCREEN = Screen("week", words("Week"), "calendar_view_week", words("Plan"), Right.SEE_WEEK, show)


def _nothing_yet(desk: Desk) -> None:
    st.header(desk.say(words("Week")))
    st.info(
        desk.say(words("No week is planned yet. The planner makes the first one.")),
        icon=":material/calendar_add_on:",
    )
    if desk.actor.may(Right.PLAN):
        st.markdown(f"[{desk.say(words('Plan a week'))}](/plan)")


@st.fragment(run_every=_LOOK_AGAIN)
def _watch(desk: Desk) -> None:
    """What others do shows here within seconds."""
    table: Table | None = st.session_state.get(_TABLE)
    if table is None:
        return
    with reading(desk.site.here.database) as session:
        seen = happened(session, desk.site.center, table.opened)
    if seen != table.seen:
        st.rerun()


@st.fragment
def _week(desk: Desk, weeks: tuple[date, ...]) -> None:
    try:
        _show_week(desk, weeks)
    except DatabaseRefusal as refused:
        for reason in refused.reasons:
            st.error(desk.say(reason), icon=":material/database_off:")


def _show_week(desk: Desk, weeks: tuple[date, ...]) -> None:
    picks = st.columns([1.5, 2.2, 1, 1, 1, 1, 1.2], gap="small", vertical_alignment="bottom")
    monday = _pick_week(desk, weeks, picks[0])
    table = _table(desk, monday)
    if table is None:
        st.rerun()
    _pick_version(desk, table, picks[1])
    if table.opened.latest and desk.actor.may(Right.EDIT_WEEK):
        tools(desk, table, picks[2:])
        left_over(desk, table)
    told()
    week_board(
        {
            "board": table.text,
            "week": f"{table.wish.monday} {table.opened.version.number}",
            "answer": st.session_state.get(_ANSWER),
            "session": _session(),
        },
        lambda: _heard(desk, table),
    )


def _session() -> str:
    """Tells this page's answers from those of another."""
    return str(st.session_state.setdefault("week_session", f"{id(st.session_state):x}"))


def _table(desk: Desk, monday: date) -> Table | None:
    """What is on the board now; None if who looks may not look any more, or no plan is left."""
    now = desk.site.clock().astimezone(desk.zone)
    wish = Wish(monday, st.session_state.get(VERSION), desk.voice.language)
    with reading(desk.site.here.database) as session:
        account = find_account(session, desk.site.center, desk.actor.name)
        if account is None or not account.enabled or account.role is not desk.actor.role:
            return None
        table = laid(session, desk, wish, now, st.session_state.get(_TABLE))
    st.session_state[_TABLE] = table
    return table


# --- which week, which version ----------------------------------------------------------------


def _pick_week(
    desk: Desk, weeks: tuple[date, ...], place: st.delta_generator.DeltaGenerator
) -> date:
    this = monday_of(desk.now.date())
    newest = weeks[0]
    shown = next((monday for monday in weeks if monday == this), newest)
    chosen = place.selectbox(
        desk.say(words("Week")),
        weeks,
        index=weeks.index(shown),
        format_func=lambda monday: desk.say(words("Week of {day}", day=monday)),
        key=_WEEK,
        on_change=forget_version,
        label_visibility="collapsed",
    )
    return chosen


def _pick_version(desk: Desk, table: Table, place: st.delta_generator.DeltaGenerator) -> None:
    versions = tuple(reversed(table.opened.versions))
    numbers = [one.number for one in versions]

    def chosen() -> None:
        number = st.session_state["week_version_pick"]
        st.session_state[VERSION] = None if number == numbers[0] else number

    st.session_state["week_version_pick"] = table.opened.version.number
    place.selectbox(
        desk.say(words("Version")),
        numbers,
        format_func=lambda number: desk.say(
            _version_words(next(one for one in versions if one.number == number))
        ),
        key="week_version_pick",
        on_change=chosen,
        label_visibility="collapsed",
    )


def _version_words(version: PlanVersion) -> Words:
    match version.state:
        case PlanState.PUBLISHED:
            return words("Version {number}, in force", number=version.number)
        case PlanState.SUPERSEDED:
            return words("Version {number}, was in force", number=version.number)
        case PlanState.DRAFT:
            return words("Version {number}, draft by {author}", number=version.number,
                         author=version.author)  # fmt: skip


def _heard(desk: Desk, table: Table) -> None:
    """Somebody did something on the board."""
    try:
        message = read_message(sent())
    except NotUnderstood:
        return
    if table.opened.latest or message.act == "show":
        found = answer(desk.site, desk.actor, table.opened, message, desk.voice)
        st.session_state[_ANSWER] = found.document
