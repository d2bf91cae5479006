"""The nurse roster: the ward's own sheet, what is missing, the ledger; made, repaired, edited."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard.acts import rosters as acts
from dashboard.desk import Desk
from dashboard.planning.choices import week_words
from dashboard.planning.markup import Cell, figure, figures, listed, note, table
from dashboard.planning.roster import (
    LEDGER_HEADS,
    RosterThere,
    change_said,
    gap_rows,
    grid,
    ledger_rows,
    proof_said,
    roster_mondays,
    roster_there,
)
from dashboard.rights import Right
from dashboard.screens.planning_frame import kept, styled, tall
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults, tried
from dashboard.style.css import text
from db.connection import reading
from db.nurse_rosters import RosterVersion, of_roster
from db.sheets.edited import Refusal
from db.sheets.roster_book import RosterEdition, roster_book
from domain.calendar import WEEK, monday_of
from domain.roster_marks import legend
from domain.words import Words, words
from scheduler.effort import Effort

_SECONDS = 60.0
_WEEKS = 4
_TALLEST = 640
_SAID, _REFUSED = "roster-said", "roster-refused"


def show(desk: Desk) -> None:
    """One roster in three parts, and what can be done with it."""
    styled()
    st.html(f"<style>\n{text('dashboard.planning', 'roster.css')}\n</style>")
    say = desk.say
    st.title(say(words("Nurse roster")))
    faults(desk)
    _told(desk)
    with reading(desk.site.here.database) as session:
        mondays = roster_mondays(session, desk.site.center)
    if not mondays:
        st.info(say(words("No roster is made yet.")), icon=":material/badge:")
        _make(desk, None)
        return
    there = _there(desk, _chosen(desk, mondays))
    _figures(desk, there)
    gaps = len(there.verdict.gaps)
    titles = (words("Roster"), words("Missing ({count})", count=gaps), words("Ledger"),
              words("Make, repair, edit"))  # fmt: skip
    sheet, missing, ledger, work = st.tabs([say(one) for one in titles])
    with sheet:
        _sheet(desk, there)
    with missing:
        _missing(desk, there)
    with ledger:
        _ledger(desk, there)
    with work:
        _work(desk, there)


SCREEN = Screen("roster", words("Nurse roster"), "badge", words("Plan"), Right.SEE_WEEK, show)


def _chosen(desk: Desk, mondays: tuple[date, ...]) -> date:
    today = desk.now.date()
    current = [one for one in mondays if one <= today]
    usual = current[0] if current else mondays[-1]
    chosen: date = st.selectbox(
        desk.say(words("From which week on")), mondays, index=mondays.index(usual),
        format_func=lambda one: desk.say(week_words(one)), key="roster-week", width=360,
    )  # fmt: skip
    return chosen


def _there(desk: Desk, monday: date) -> RosterThere:
    def made() -> RosterThere:
        with reading(desk.site.here.database) as session:
            return roster_there(session, desk.site.center, monday)

    found = kept(desk, "roster", (monday,), made)
    version = found.stored.version
    said = words("Version {number}, by {author}.", number=version.number, author=version.author)
    st.caption(f"{desk.say(said)} {desk.say(proof_said(found))}")
    return found


def _figures(desk: Desk, there: RosterThere) -> None:
    say, verdict = desk.say, there.verdict
    wishes = sum(one.rule == "nurse_wishes" for one in verdict.paid)
    parts = (
        figure(str(verdict.missing), say(words("nurses missing, turn by turn")),
               "bad" if verdict.missing else ""),
        figure(str(sum(gap.missing for gap in verdict.gaps if gap.need.skill)),
               say(words("skills missing"))),
        figure(str(len(verdict.broken)), say(words("hard rules broken")),
               "bad" if verdict.broken else ""),
        figure(str(wishes), say(words("wishes not met"))),
    )  # fmt: skip
    st.html(figures(parts))


# --- looking ----------------------------------------------------------------------------------


def _sheet(desk: Desk, there: RosterThere) -> None:
    say = desk.say
    for one in there.verdict.broken[:10]:
        st.html(note(say(one.words), "bad"))
    mondays = there.ward.problem.mondays
    today = monday_of(desk.now.date())
    monday = st.segmented_control(
        say(words("Which week")), mondays, default=today if today in mondays else mondays[0],
        format_func=lambda one: say(week_words(one)), key="roster-shown",
    ) or mondays[0]  # fmt: skip
    st.html(grid(there, monday, desk.voice))
    st.caption(say(legend()))
    if desk.actor.may(Right.PRINT):
        st.download_button(
            say(words("The ward's sheet for Excel")), partial(_book, desk, there),
            file_name=f"{desk.site.center}-roster-{there.stored.version.first_day}.xlsx",
            icon=":material/table:", on_click="ignore",
        )  # fmt: skip


def _book(desk: Desk, there: RosterThere) -> bytes:
    version = there.stored.version
    edition = RosterEdition(
        there.ward, there.stored.roster, there.verdict.gaps, version.number, version.author,
        desk.now.replace(tzinfo=None), of_roster(there.stored.roster),
    )  # fmt: skip
    return roster_book(edition, desk.voice)


def _missing(desk: Desk, there: RosterThere) -> None:
    say = desk.say
    if not there.verdict.gaps:
        st.html(note(say(words("Every turn has its nurses.")), "good"))
        return
    heads = (
        Cell(say(words("Where"))), Cell(say(words("Missing")), number=True),
        Cell(say(words("Weight")), number=True), Cell(say(words("Remark"))),
    )  # fmt: skip
    st.html(table(heads, gap_rows(there, desk.voice), say(words("Missing nurses"))))


def _ledger(desk: Desk, there: RosterThere) -> None:
    heads = [desk.say(one) for one in LEDGER_HEADS]
    rows = ledger_rows(there, heads)
    numbers = {head: st.column_config.NumberColumn(format="%.1f") for head in heads[1:5]}
    st.dataframe(
        rows, hide_index=True, width="stretch", height=tall(len(rows), _TALLEST),
        column_config=numbers, key="roster-ledger",
    )  # fmt: skip


# --- doing ------------------------------------------------------------------------------------


def _work(desk: Desk, there: RosterThere) -> None:
    if not desk.actor.may(Right.PLAN):
        st.html(note(desk.say(words("Only who plans may change the roster.")), "info"))
        return
    left, right = st.columns(2, gap="large")
    with left:
        _repair(desk, there)
        _make(desk, there)
    with right:
        _take(desk, there)


def _make(desk: Desk, there: RosterThere | None) -> None:
    if not desk.actor.may(Right.PLAN):
        return
    say = desk.say
    st.subheader(say(words("Make a roster")))
    this = monday_of(desk.now.date())
    first = there.stored.version.first_day if there else this
    choices = sorted({first, *(this + WEEK * ahead for ahead in range(5))})
    with st.form("roster-make", border=False):
        monday = st.selectbox(
            say(words("From which week on")), choices, index=choices.index(first),
            format_func=lambda one: say(week_words(one)),
        )  # fmt: skip
        weeks = st.number_input(say(words("Weeks")), 1, 8, _WEEKS)
        pressed = st.form_submit_button(say(words("Make it")), type="primary")
    if pressed:
        with st.spinner(say(words("Looking for the best roster ..."))):
            tried(partial(_made, desk, monday, int(weeks)))


def _made(desk: Desk, monday: date, weeks: int) -> None:
    made = acts.make(desk.site, desk.actor, monday, weeks, _effort())
    said = words("The roster is made; nurses missing: {missing}.", missing=made.verdict.missing)
    st.session_state[_SAID] = (said,)


def _repair(desk: Desk, there: RosterThere) -> None:
    say, ward = desk.say, there.ward
    st.subheader(say(words("A nurse is ill")))
    today = desk.now.date()
    usual = today if today in ward.days else ward.days[0]
    with st.form("roster-repair", border=False):
        nurse = st.selectbox(
            say(words("Nurse")), list(ward.nurse),
            format_func=lambda code: f"{ward.nurse[code].name} · {code}",
        )  # fmt: skip
        left, right = st.columns(2)
        low, high = ward.days[0], ward.days[-1]
        first = left.date_input(say(words("From")), usual, low, high)
        last = right.date_input(say(words("To")), min(usual + timedelta(days=2), high), low, high)
        pressed = st.form_submit_button(say(words("Find the fewest changes")))
    if pressed:
        illness = acts.Illness(nurse, first, max(first, last))
        with st.spinner(say(words("Looking for the fewest changes ..."))):
            tried(partial(_repaired, desk, there, illness))


def _repaired(desk: Desk, there: RosterThere, illness: acts.Illness) -> None:
    first = there.stored.version.first_day
    found = acts.repair(desk.site, desk.actor, first, illness, _effort())
    head = words("Changes: {count}; nurses missing: {missing}.", count=len(found.changes),
                 missing=found.verdict.missing)  # fmt: skip
    least = found.proven and len(found.changes) <= found.fewest
    proof = (
        words("With so few gaps, no fewer changes are possible.")
        if least
        else words("Whether fewer changes would do is not proven.")
    )
    changed = (change_said(there.ward, one) for one in found.changes)
    st.session_state[_SAID] = (head, proof, *changed)


def _take(desk: Desk, there: RosterThere) -> None:
    say = desk.say
    st.subheader(say(words("Take an edited sheet back")))
    file = st.file_uploader(say(words("The workbook that was written here")), type=["xlsx"])
    reason = st.text_input(say(words("Reason, if hard rules are to be broken")), max_chars=200)
    for one in st.session_state.pop(_REFUSED, ()):
        st.error(say(one), icon=":material/block:")
    if file is not None and st.button(say(words("Store it")), key="roster-take"):
        tried(partial(_taken, desk, there, file.getvalue(), reason))


def _taken(desk: Desk, there: RosterThere, content: bytes, reason: str) -> None:
    with tempfile.TemporaryDirectory(prefix="clearshift-upload-") as name:
        path = Path(name) / "roster.xlsx"
        path.write_bytes(content)
        first = there.stored.version.first_day
        found = acts.take(desk.site, desk.actor, first, path, reason)
    if isinstance(found, RosterVersion):
        st.session_state[_SAID] = (words("Stored as version {number}.", number=found.number),)
    else:
        st.session_state[_REFUSED] = tuple(map(_placed, found.refusals))


def _placed(one: Refusal) -> Words:
    if not one.cell:
        return one.words
    return words("{sheet}, cell {cell}: {what}", sheet=one.sheet, cell=one.cell, what=one.words)


def _told(desk: Desk) -> None:
    said: tuple[Words, ...] = st.session_state.pop(_SAID, ())
    if said:
        st.html(note(desk.say(said[0]), "good"))
        st.html(listed([desk.say(one) for one in said[1:]]))


def _effort() -> Effort:
    return Effort(seconds=_SECONDS, workers=2)
