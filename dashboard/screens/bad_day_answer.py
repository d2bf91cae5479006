"""A bad day's answer on the screen: what is claimed, who waits, the papers, and in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.acts.drafts import Sheet
from dashboard.acts.mending import keep_bad_day
from dashboard.desk import Desk
from dashboard.planning.bad_day import Ordered, given_problem
from dashboard.planning.bad_day_words import claim_words, order_words, squeeze_words
from dashboard.planning.markup import Cell, figure, figures, listed, note, table
from dashboard.planning.standing import StandingWeek
from dashboard.rights import Right
from dashboard.screens.tries import tried
from db.sheets.bad_day_lists import Listing, bad_day_book, bad_day_paper, listings
from db.sheets.edition import Edition, Imprint
from domain.bad_day import BadDay
from domain.words import words

_SHOWN = 60
"""Rows of a list that are shown; the papers have them all."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, the question it belongs to, and the version that was asked about."""

    asked: Ordered
    answer: BadDay
    sheet: Sheet


def answer_card(desk: Desk, there: StandingWeek, kept: Kept) -> None:
    """The claim, the figures, the lists with their papers, and the button that makes it count."""
    say, asked, answer = desk.say, kept.asked, kept.answer
    st.html(note(say(claim_words(answer)), "good" if answer.proven else "warn"))
    if answer.beyond:
        st.html(note(say(order_words(answer)), "bad"))
    st.html(_figures(desk, answer))
    if answer.squeezes:
        st.html(listed(say(squeeze_words(asked.problem, one)) for one in answer.squeezes))
    if answer.broken:
        st.html(listed((say(one.words) for one in answer.broken), tone="bad"))
    imprint = Imprint(desk.now.replace(tzinfo=None), kept.sheet.number, desk.actor.shown)
    edition = Edition(given_problem(asked, answer), answer.plan, imprint, answer.changes)
    lists = listings(edition, answer, asked.known, desk.voice)
    _papers(desk, edition, lists)
    for tab, one in zip(st.tabs([_tab(desk, one) for one in lists]), lists, strict=True):
        with tab:
            st.html(_list(desk, one))
            if len(one.rows) > _SHOWN:
                said = words("{count} more; the papers have them all", count=len(one.rows) - _SHOWN)
                st.caption(say(said))
    _put_in_force(desk, there, kept)


def _figures(desk: Desk, answer: BadDay) -> str:
    say = desk.say
    bound = words("days above the longest gap, at least {bound}", bound=answer.bound)
    return figures(
        (
            figure(str(answer.over), say(bound), "bad" if answer.over else "good"),
            figure(str(len(answer.beyond)), say(words("patients wait too long"))),
            figure(str(len(answer.fewer)), say(words("patients with fewer sessions"))),
            figure(str(len(answer.shortened)), say(words("shorter sessions"))),
        )
    )


def _tab(desk: Desk, one: Listing) -> str:
    return desk.say(words("{title} ({count})", title=one.title, count=len(one.rows)))


def _list(desk: Desk, one: Listing) -> str:
    say = desk.say
    if not one.rows:
        return note(say(one.none), "good")
    shown = one.rows[:_SHOWN]
    numbers = [
        not all(isinstance(cell, str) for cell in column) for column in zip(*shown, strict=True)
    ]
    heads = [Cell(say(head), number=right) for head, right in zip(one.heads, numbers, strict=True)]
    rows = [
        tuple(Cell(str(cell), number=right) for cell, right in zip(row, numbers, strict=True))
        for row in shown
    ]
    return table(heads, rows, say(one.title))


def _papers(desk: Desk, edition: Edition, lists: tuple[Listing, ...]) -> None:
    if not desk.actor.may(Right.PRINT):
        return
    say, monday = desk.say, edition.plan.first_day
    columns = st.columns(len(lists) + 1)
    columns[0].download_button(
        say(words("All lists, Excel")), lambda: bad_day_book(edition, lists, desk.voice),
        file_name=f"bad-day-{monday}.xlsx", icon=":material/table:", on_click="ignore",
        width="stretch", key="bad-day-book",
    )  # fmt: skip
    for column, one in zip(columns[1:], lists, strict=True):
        column.download_button(
            say(one.title), _pdf(desk, edition, one), file_name=f"{one.name}-{monday}.pdf",
            icon=":material/print:", on_click="ignore", width="stretch",
            key=f"bad-day-{one.name}",
        )  # fmt: skip


def _pdf(desk: Desk, edition: Edition, one: Listing) -> Callable[[], bytes]:
    return lambda: bad_day_paper(edition, one, desk.voice).pdf


def _put_in_force(desk: Desk, there: StandingWeek, kept: Kept) -> None:
    if not desk.actor.may(Right.PUBLISH):
        return
    label = (
        words("Store and put in force") if there.version.published else words("Store as a draft")
    )
    if st.button(desk.say(label), type="primary", icon=":material/check:", key="bad-day-keep"):
        tried(lambda: keep_bad_day(desk.site, desk.actor, kept.sheet, kept.asked, kept.answer))
