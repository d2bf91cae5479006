"""The third way to move a session: by choosing from lists. It says what the board would say."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.acts.drafts import Sheet, move
from dashboard.board.cells import missing
from dashboard.board.judged import Judgement, headline, judged, lines, moves_to
from dashboard.board.opened import Opened
from dashboard.board.talk import moved_words
from dashboard.desk import Desk
from dashboard.rights import Right
from dashboard.screens.plain_text import plain
from domain.calendar import Turn
from domain.draft import Move, Outdated
from domain.plan import Assignment
from domain.words import Words, words
from scheduler.targets import Grade

Do = Callable[[Desk, Callable[[], Words | None]], None]
_KINDS = {
    "broken": words("breaks"),
    "unfinished": words("not finished"),
    "mended": words("mends"),
    "worse": words("worse"),
    "better": words("better"),
}


def week_form(desk: Desk, opened: Opened, sheet: Sheet, do: Do) -> None:
    """Patient, session, day and shift, station; the verdict; the button."""
    patient = _patient(desk, opened)
    if patient is None:
        return
    before = _session(desk, opened, patient)
    turn = _turn(desk, opened)
    if turn is None:
        return
    station = _station(desk, opened, turn, before)
    if station is None:
        return
    moves = moves_to(opened, patient, before, turn, station)
    if before is not None and before == moves[0].after:
        st.caption(desk.say(words("It is here now.")))
        return
    _offer(desk, opened, sheet, moves, do)


def _offer(desk: Desk, opened: Opened, sheet: Sheet, moves: tuple[Move, ...], do: Do) -> None:
    try:
        judgement = judged(opened, moves)
    except Outdated:
        st.caption(desk.say(words("Another session of the same patient is there.")))
        return
    _tell(desk, opened, moves, judgement)
    if judgement.needing:
        st.text_input(
            desk.say(words("Why the rule may be broken")), key="form_reason", max_chars=500
        )

    def done() -> Words:
        reason = st.session_state.get("form_reason", "") if judgement.needing else ""
        move(desk.site, desk.actor, sheet, moves, reason)
        return moved_words(opened, moves)

    allowed = not judgement.needing or desk.actor.may(Right.OVERRIDE)
    st.button(
        desk.say(words("Do it anyway") if judgement.needing else words("Move")),
        type="primary",
        key="form_move",
        disabled=not allowed,
        on_click=lambda: do(desk, done),
    )


def _tell(desk: Desk, opened: Opened, moves: tuple[Move, ...], judgement: Judgement) -> None:
    st.markdown(f"**{plain(desk.say(moved_words(opened, moves)))}**")
    say = {Grade.BREAKS: st.error, Grade.COSTS: st.warning, Grade.GOOD: st.success}[judgement.grade]
    say(desk.say(headline(judgement)))
    for line in lines(judgement):
        st.markdown(
            f":small[**{desk.say(_KINDS[line.kind])}: {desk.say(line.rule)}.**"
            f" {plain(desk.say(line.said))}]"
        )


def _patient(desk: Desk, opened: Opened) -> str | None:
    names = {one.code: one.name for one in opened.problem.register.patients}
    there = {row.patient for row in opened.known.assignments if row.day in opened.days}
    there |= {one.patient for one in missing(opened)}
    return st.selectbox(
        desk.say(words("Patient")),
        sorted(there, key=lambda code: (names.get(code, code), code)),
        format_func=lambda code: f"{names.get(code, code)} · {code}",
        key="form_patient",
    )


def _session(desk: Desk, opened: Opened, patient: str) -> Assignment | None:
    rows = [
        row
        for row in opened.known.by_week.get((patient, opened.monday), ())
        if not opened.is_over(row.turn)
    ]
    choices: list[Assignment | None] = list(rows)
    if not rows or any(one.patient == patient for one in missing(opened)):
        choices.append(None)
    return st.selectbox(
        desk.say(words("Session")),
        choices,
        format_func=lambda row: desk.say(_row_words(opened, row)),
        key=f"form_session_{patient}",
    )


def _row_words(opened: Opened, row: Assignment | None) -> Words:
    if row is None:
        return words("one more session, without a place yet")
    return words(
        "{turn}, station {station}", turn=opened.problem.say(row.turn), station=row.station
    )


def _turn(desk: Desk, opened: Opened) -> Turn | None:
    ahead = [turn for turn in opened.turns if not opened.is_over(turn)]
    return st.selectbox(
        desk.say(words("Move to")),
        ahead,
        format_func=lambda turn: desk.say(opened.problem.say(turn)),
        key="form_turn",
    )


def _station(desk: Desk, opened: Opened, turn: Turn, before: Assignment | None) -> str | None:
    names = {one.code: one.name for one in opened.problem.register.patients}
    taken = {row.station: row.patient for row in opened.known.by_turn.get(turn, ())}
    places = [
        code
        for zone in opened.problem.register.zones
        for code in opened.problem.zone_stations[zone.code]
        if opened.problem.is_open(code, turn) and (before is not None or code not in taken)
    ]

    def called(code: str) -> str:
        if code not in taken:
            return desk.say(words("{station}, free", station=code))
        return desk.say(
            words(
                "{station}, changes with {name}",
                station=code,
                name=names.get(taken[code], taken[code]),
            )
        )

    return st.selectbox(desk.say(words("Station")), places, format_func=called, key="form_station")
