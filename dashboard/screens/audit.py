"""The audit: who did what, when, and whether the record is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import streamlit as st

from dashboard.access.told import (
    chain_words,
    changes,
    paper_head,
    place_of,
    row,
    shown_head,
    value_words,
)
from dashboard.acts.named import act_words
from dashboard.desk import Desk
from dashboard.rights import Right
from dashboard.screens.screen import Screen
from db.access.audit import Asked, Chain, list_entries, named, verify
from db.connection import reading
from domain.account import AuditEntry
from domain.words import words

_MOST = 500
_SHORT = 14
_TALL = 480


def show(desk: Desk) -> None:
    """The state of the record, filters, the entries and one of them in full."""
    say = desk.say
    st.title(say(words("Audit")), anchor=False)
    _state(desk)
    asked = _asked(desk)
    with reading(desk.site.here.database) as session:
        entries = list_entries(session, desk.site.center, asked, desk.zone, _MOST)
    if not entries:
        st.info(say(words("Nothing was done that fits.")), icon=":material/search_off:")
        return
    chosen = _table(desk, entries)
    if len(entries) == _MOST:
        st.caption(say(words("The newest {count} are shown.", count=_MOST)))
    if chosen is not None:
        _whole(desk, chosen)


def _state(desk: Desk) -> None:
    """Every digest is computed anew each time somebody looks."""
    say = desk.say
    with st.container(border=True):
        text, paper = st.columns([3, 2], vertical_alignment="center")
        typed = paper.text_input(
            say(words("Head printed on a day sheet: shows whether the end was cut off")),
            placeholder="128 9f3c 02ab 77de 41c0",
            key="audit-paper",
        )
        known = paper_head(typed)
        if typed and known is None:
            paper.error(say(words("That is no head: expected a number and digits from 0 to f.")))
        with reading(desk.site.here.database) as session:
            chain = verify(session, desk.site.center, known)
        with text:
            _verdict(desk, chain, on_paper=known is not None)


def _verdict(desk: Desk, chain: Chain, *, on_paper: bool) -> None:
    say = desk.say
    if chain.whole:
        st.badge(say(chain_words(chain)), icon=":material/verified:", color="green")
        if on_paper:
            fits = words("The head on the paper is in the record.")
            st.badge(say(fits), icon=":material/print:", color="green")
    else:
        st.error(say(chain_words(chain)), icon=":material/gpp_bad:")
    if chain.entries:
        head = shown_head(chain.number, chain.digest)
        st.caption(say(words("Head: {head}", head=head)))


def _asked(desk: Desk) -> Asked:
    say, center = desk.say, desk.site.center
    with reading(desk.site.here.database) as session:
        people = named(session, center, "who")
        acts = named(session, center, "act")
    who, act, subject, days = st.columns([2, 2, 2, 2])
    everybody, everything = say(words("Everybody")), say(words("Everything"))
    chosen = who.selectbox(
        say(words("Who")), ["", *people], format_func=lambda one: one or everybody,
        key="audit-who",
    )  # fmt: skip
    done = act.selectbox(
        say(words("What")), ["", *acts],
        format_func=lambda one: say(act_words(one)) if one else everything,
        key="audit-act",
    )  # fmt: skip
    about = subject.text_input(say(words("About what")), key="audit-subject")
    span = days.date_input(
        say(words("Days")), value=[], max_value=desk.now.date(), format="YYYY-MM-DD",
        key="audit-days",
    )  # fmt: skip
    first, last = _span(span)
    return Asked(chosen, done, about.strip(), first, last)


def _span(chosen: object) -> tuple[date | None, date | None]:
    days = [one for one in chosen if isinstance(one, date)] if isinstance(chosen, tuple) else []
    return (days[0], days[-1]) if days else (None, None)


def _table(desk: Desk, entries: Sequence[AuditEntry]) -> AuditEntry | None:
    say = desk.say
    rows = [asdict(row(entry, say, desk.zone)) for entry in entries]
    event = st.dataframe(
        rows,
        hide_index=True,
        height="content" if len(rows) <= _SHORT else _TALL,
        on_select="rerun",
        selection_mode="single-row",
        key="audit-table",
        column_config={
            "number": st.column_config.NumberColumn(say(words("No.")), width=70),
            "at": st.column_config.DatetimeColumn(
                say(words("When")), format="YYYY-MM-DD HH:mm:ss", width=160,
                timezone=desk.zone.key,
            ),
            "who": st.column_config.TextColumn(say(words("Who")), width=110),
            "role": st.column_config.TextColumn(say(words("Role")), width=110),
            "act": st.column_config.TextColumn(say(words("What")), width=180),
            "subject": st.column_config.TextColumn(say(words("About what")), width=160),
            "change": st.column_config.TextColumn(say(words("Before → after")), width="large"),
        },
    )  # fmt: skip
    picked = event["selection"]["rows"]
    return entries[picked[0]] if picked and picked[0] < len(entries) else None


def _whole(desk: Desk, entry: AuditEntry) -> None:
    say = desk.say
    with st.container(border=True):
        title = words("Entry {number}: {act}", number=entry.number, act=act_words(entry.act))
        st.subheader(say(title), anchor=False)
        found = changes(entry.before, entry.after)
        if found:
            st.table(
                [
                    {
                        say(words("Place")): say(place_of(one)),
                        say(words("Before")): say(value_words(one.before)),
                        say(words("After")): say(value_words(one.after)),
                    }
                    for one in found
                ]
            )
        else:
            st.caption(say(words("Nothing is told of before and after.")))
        st.caption(say(words("Digest {digest}", digest=entry.digest)))


SCREEN = Screen("audit", words("Audit"), "history", words("Center"), Right.SEE_AUDIT, show)
