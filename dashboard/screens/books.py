"""The books: what became of everything that gateways accepted, machine by machine."""

from __future__ import annotations

import streamlit as st

from dashboard.desk import Desk
from dashboard.machine.accounting import Books, book_row, bytes_shown, reason_words, total
from dashboard.planning.markup import figure, figures, note
from dashboard.rights import Right
from dashboard.screens.machine_frame import rows_table, styled
from dashboard.screens.screen import Screen
from db.connection import reading
from db.load import load_layout
from db.telemetry.accounts import QuarantinedGroup, accounts, conflicts, quarantined
from db.telemetry.quarantining import dropped, kept_messages
from db.telemetry.read import reading as reading_telemetry
from domain.words import words

_MOST = 50


def show(desk: Desk) -> None:
    """Figures, whether they add up, and what did not come through."""
    say = desk.say
    styled()
    st.title(say(words("Accounting")))
    st.caption(say(words("Accepted = stored + in the spool + put aside + in conflict + lost")))
    books = _read(desk)
    if not books.accounts and not books.aside:
        st.info(say(words("Nothing has arrived yet.")), icon=":material/inbox:")
        return
    _verdict(desk, books)
    _table(desk, books)
    _unknown(desk, books)
    _aside(desk, books)
    _conflicts(desk)


def _read(desk: Desk) -> Books:
    with reading(desk.site.here.database) as session:
        layout = load_layout(session, desk.site.center)
    known = frozenset(one.code for one in layout.machines)
    with reading_telemetry(desk.site.here.telemetry) as connection:
        return Books(
            accounts(connection), quarantined(connection), dropped(connection), known
        )  # fmt: skip


def _verdict(desk: Desk, books: Books) -> None:
    say, all_of_it = desk.say, total(books.accounts)
    st.html(
        figures(
            figure(f"{count:,}", say(title), tone)
            for count, title, tone in (
                (all_of_it.accepted, words("accepted"), ""),
                (all_of_it.stored, words("in the database"), ""),
                (all_of_it.in_spool, words("in the spool"), ""),
                (all_of_it.quarantined, words("put aside"), ""),
                (all_of_it.conflicts, words("in conflict"), "bad" if all_of_it.conflicts else ""),
                (all_of_it.lost, words("lost"), "bad" if all_of_it.lost else ""),
            )
        )
    )
    wrong = books.wrong
    if wrong:
        told = words("The books of these machines do not add up: {machines}", machines=wrong)
        st.html(note(say(told), "bad"))
    elif all_of_it.lost:
        told = words(
            "The books add up. {count} messages are lost: a gateway gave these numbers,"
            " holds them no more, and they never arrived.",
            count=all_of_it.lost,
        )
        st.html(note(say(told), "warn"))
    else:
        told = words("Whatever was accepted is stored, in a spool, put aside or in conflict.")
        st.html(note(say(told), "good"))


def _table(desk: Desk, books: Books) -> None:
    headings = (
        words("machine"), words("accepted"), words("in the database"), words("in the spool"),
        words("put aside"), words("in conflict"), words("lost"), words("adds up"),
    )  # fmt: skip
    rows_table(desk, headings, [book_row(one, books.known) for one in books.accounts],
               words("Books by machine"), (1, 2, 3, 4, 5, 6))  # fmt: skip


def _unknown(desk: Desk, books: Books) -> None:
    say = desk.say
    if not books.unknown:
        return
    st.subheader(say(words("Not registered")))
    told = words(
        "These machines speak but the center does not have them. What they say is kept aside and"
        " stored once they are in the center's data: {machines}",
        machines=books.unknown,
    )
    st.html(note(say(told), "warn"))


def _aside(desk: Desk, books: Books) -> None:
    say = desk.say
    st.subheader(say(words("Put aside")))
    if not books.aside:
        st.caption(say(words("Nothing was put aside.")))
    else:
        rows_table(
            desk,
            (words("machine"), words("reason"), words("messages"), words("last seen")),
            [(one.machine or words("none could be read"), reason_words(one.reason),
              one.keyed + one.strays, one.last_seen) for one in books.aside],
            words("Messages put aside"), (2,),
        )  # fmt: skip
        _messages(desk, books.aside)
    for machine, count in books.dropped.items():
        told = words("{count} messages of {machine} that were put aside are no longer kept.",
                     count=count, machine=machine or "-")  # fmt: skip
        st.html(note(say(told), "info"))


def _messages(desk: Desk, groups: tuple[QuarantinedGroup, ...]) -> None:
    say = desk.say
    chosen = st.selectbox(
        say(words("Raw messages of")), list(range(len(groups))), index=None,
        placeholder=say(words("Choose a row")), key="books-group", width=560,
        format_func=lambda n: f"{groups[n].machine or '-'}: {say(reason_words(groups[n].reason))}",
    )  # fmt: skip
    if chosen is None:
        return
    group = groups[chosen]
    with reading_telemetry(desk.site.here.telemetry) as connection:
        found = kept_messages(connection, group.machine, group.reason, _MOST)
    for one in found:
        told = words("{at}, {times} times, topic {topic}", at=one.last_seen.astimezone(desk.zone),
                     times=one.times, topic=one.topic)  # fmt: skip
        st.text(say(told))
        st.html(bytes_shown(one.payload))
    if len(found) == _MOST:
        st.caption(say(words("The newest {count} are shown.", count=_MOST)))


def _conflicts(desk: Desk) -> None:
    say = desk.say
    with reading_telemetry(desk.site.here.telemetry) as connection:
        sides = conflicts(connection)
    if not sides:
        return
    st.subheader(say(words("In conflict")))
    st.caption(say(words("The same number with other content: the first stays, every side is"
                         " kept.")))  # fmt: skip
    for one in sides[:_MOST]:
        kept = words("first") if one.was else words("later")
        told = words("{machine}, number {number}, {which}, {at}", machine=one.key.machine,
                     number=one.key.seq, which=kept,
                     at=one.received.astimezone(desk.zone))  # fmt: skip
        st.text(say(told))
        st.html(bytes_shown(one.content))


SCREEN = Screen(
    "books", words("Accounting"), "account_balance", words("Machines"), Right.SEE_BOOKS, show
)
