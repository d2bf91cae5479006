"""Unplaced and unmet: who goes short and why, wishes that are not met, who has borne what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.choices import version_words, week_words
from dashboard.planning.costs import rule_title
from dashboard.planning.markup import Cell, figure, figures, links, note, table
from dashboard.planning.short import proofs
from dashboard.planning.unmet import (
    HABIT_RULES,
    ShortRow,
    Unmet,
    grouped,
    short_rows,
    told,
    unmet_of,
)
from dashboard.planning.wishes import WISH_RULES, met
from dashboard.rights import Right
from dashboard.screens.planning_frame import asked_week, kept, styled, tall
from dashboard.screens.screen import Screen
from dashboard.screens.unmet_fair import TALLEST, called, fair_tab, search
from db.connection import reading
from db.plans import list_plans
from domain.calendar import monday_of
from domain.plan import Violation
from domain.words import Words, words

_SHOWN = 40
_KINDS: Mapping[str, tuple[Words, frozenset[str] | None]] = {
    "wishes": (words("Wishes"), WISH_RULES),
    "habits": (words("Habits"), HABIT_RULES),
    "all": (words("All soft rules"), None),
}


def show(desk: Desk) -> None:
    """One week's latest version, in three parts."""
    styled()
    say = desk.say
    st.title(say(words("Unplaced and unmet")))
    with reading(desk.site.here.database) as session:
        versions = list_plans(session, desk.site.center)
    mondays = tuple(sorted({one.first_day for one in versions}, reverse=True))
    if not mondays:
        st.info(say(words("No week is planned yet.")), icon=":material/calendar_add_on:")
        return
    found = _read(desk, _week(desk, mondays))
    names = {one.code: one.name for one in found.problem.register.patients}
    titles = (
        words("Without all sessions ({count})", count=len(found.short)),
        words("Wishes not met ({count})", count=len(grouped(found.verdict.paid, WISH_RULES))),
        words("Nights, early starts, Sundays"),
    )
    short, wishes, fair = st.tabs([say(one) for one in titles])
    with short:
        _short(desk, found, names)
    with wishes:
        _wishes(desk, found, names)
    with fair:
        fair_tab(desk, found, names)


SCREEN = Screen(
    "unmet", words("Unplaced and unmet"), "person_off", words("Plan"), Right.SEE_WEEK, show
)


def _week(desk: Desk, mondays: tuple[date, ...]) -> date:
    this = monday_of(desk.now.date())
    ahead = [one for one in mondays if one >= this]
    usual = asked_week(mondays, ahead[0] if ahead else mondays[0])
    chosen: date = st.selectbox(
        desk.say(words("Which week")), mondays, index=mondays.index(usual),
        format_func=lambda one: desk.say(week_words(one)), key="unmet-week", width=360,
    )  # fmt: skip
    return chosen


def _read(desk: Desk, monday: date) -> Unmet:
    def made() -> Unmet:
        site = desk.site
        with (
            st.spinner(desk.say(words("Asking for the reasons ..."))),
            reading(site.here.database) as session,
        ):
            return unmet_of(session, site.center, monday, site.history_weeks, desk.now)

    found = kept(desk, "unmet", (monday,), made)
    st.caption(desk.say(version_words(found.version)))
    return found


# --- without a place ------------------------------------------------------------------------------


def _short(desk: Desk, found: Unmet, names: Mapping[str, str]) -> None:
    say = desk.say
    if not found.verdict.legal:
        said = words("It breaks hard rules {count} times.", count=len(found.verdict.broken))
        st.html(note(say(said), "bad"))
    if not found.short:
        st.html(note(say(words("Everybody has all sessions.")), "good"))
        return
    details = (one.detail for one in found.short if one.detail is not None)
    for one in proofs(details):
        st.html(note(say(one), "warn"))
    if desk.actor.may(Right.PLAN):
        take = say(words("What would it take to place everybody?"))
        st.html(links([(f"/what-if?week={found.version.first_day}", take)]))
    rows = list(short_rows(found.short))
    chosen = search(desk, names, [row.patient for row in rows], "unmet-short")
    rows = [row for row in rows if chosen in (None, row.patient)]
    st.html(_short_table(desk, rows[:_SHOWN], names))
    if len(rows) > _SHOWN:
        with st.expander(say(words("{count} more", count=len(rows) - _SHOWN))):
            st.html(_short_table(desk, rows[_SHOWN:], names))


def _short_table(desk: Desk, rows: list[ShortRow], names: Mapping[str, str]) -> str:
    say = desk.say
    heads = (
        Cell(say(words("Patient"))),
        Cell(say(words("Sessions")), number=True),
        Cell(say(words("Why"))),
        Cell(say(words("What would close it"))),
    )
    return table(
        heads,
        [
            (
                Cell(called(names, row.patient), address=_why(row)),
                Cell("–" if row.planned is None else f"{row.planned} / {row.wanted}",
                     number=True, tone="bad"),
                Cell(say(row.reason)),
                Cell(" ".join(map(say, row.closing)) or say(words("Nothing is known to help."))),
            )
            for row in rows
        ],
        say(words("Without all sessions")),
    )  # fmt: skip


def _why(row: ShortRow) -> str:
    """Where to ask why the patient does not have a seat."""
    week = f"&week={row.monday}" if row.monday else ""
    return f"/why-not?patient={row.patient}{week}"


# --- wishes ---------------------------------------------------------------------------------------


def _wishes(desk: Desk, found: Unmet, names: Mapping[str, str]) -> None:
    say, paid = desk.say, found.verdict.paid
    asked = met(found.problem, paid)
    st.html(
        figures(
            (
                figure(f"{asked.wholly} / {asked.patients}",
                       say(words("patients with all wishes met"))),
                figure(str(len(grouped(paid, WISH_RULES))),
                       say(words("patients with a wish that is not met"))),
                figure(str(len(grouped(paid, HABIT_RULES))),
                       say(words("patients whose habits change"))),
            )
        )
    )  # fmt: skip
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        kind = st.segmented_control(
            say(words("Which rules")), list(_KINDS), default="wishes",
            format_func=lambda one: say(_KINDS[one][0]), key="unmet-kind",
        ) or "wishes"  # fmt: skip
    rules = _KINDS[kind][1]
    with right:
        chosen = search(desk, names, list(grouped(paid, rules)), "unmet-wish")
    _lines(desk, told(paid, rules, chosen), names)


def _lines(desk: Desk, lines: tuple[Violation, ...], names: Mapping[str, str]) -> None:
    say = desk.say
    if not lines:
        st.html(note(say(words("Nothing is left open here.")), "good"))
        return
    heads = [say(one) for one in (words("Patient"), words("Rule"), words("What"), words("Cost"))]
    rows = [
        dict(
            zip(
                heads,
                (
                    called(names, one.patient) if one.patient else "–",
                    say(rule_title(one.rule)), say(one.words), one.cost,
                ),
                strict=True,
            )
        )
        for one in lines
    ]  # fmt: skip
    st.dataframe(
        rows, hide_index=True, width="stretch", height=tall(len(rows), TALLEST),
        column_config={heads[2]: st.column_config.TextColumn(width="large")}, key="unmet-lines",
    )  # fmt: skip
