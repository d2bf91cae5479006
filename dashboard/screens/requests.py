"""Patients' words: answers about sessions, and requests with the checker's verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from dashboard.acts import patients as acts
from dashboard.board.opened import Opened, opened, planned_weeks
from dashboard.desk import Desk
from dashboard.patient.asked_words import (
    answer_words,
    away_words,
    request_words,
    verdict_words,
)
from dashboard.patient.wished import away, wished
from dashboard.rights import Right
from dashboard.screens.plain_text import plain
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults, noted
from db.connection import reading
from db.load import load_register
from db.patient_words import list_requests, newest_answers
from domain.calendar import Turn
from domain.patient_word import Answer, Decision, PatientAnswer, PatientRequest, RequestKind
from domain.problem import Problem
from domain.words import words

_AHEAD = timedelta(days=7)
_DECIDED = 30
"""Decided requests that are shown, the newest first."""
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class _There:
    """What the screen shows, read at once. `week` is the last planned one, if there is any."""

    problem: Problem
    week: Opened | None
    answers: Mapping[tuple[str, Turn], PatientAnswer]
    requests: tuple[PatientRequest, ...]


def show(desk: Desk) -> None:
    """Two tabs; what is urgent stands first."""
    say = desk.say
    st.title(say(words("What patients say")))
    faults(desk)
    there = _load(desk)
    waiting = [one for one in there.requests if one.decision is Decision.OPEN]
    pressing = [one for one in there.answers.values() if one.answer is not Answer.COMING]
    titles = (
        words("Answers ({count})", count=len(pressing)),
        words("Requests ({count})", count=len(waiting)),
    )
    answers, requests = st.tabs([say(title) for title in titles])
    with answers:
        _answers(desk, there)
    with requests:
        _requests(desk, there, waiting)


def _load(desk: Desk) -> _There:
    site, today = desk.site, desk.now.date()
    with reading(site.here.database) as session:
        weeks = planned_weeks(session, site.center)
        week = opened(session, site, weeks[0], None, desk.now) if weeks else None
        monday = today - timedelta(days=today.weekday())
        register = load_register(session, site.center)
        return _There(
            Problem(register, monday) if week is None else week.problem,
            week,
            newest_answers(session, site.center, today, today + _AHEAD),
            list_requests(session, site.center),
        )


# --- answers --------------------------------------------------------------------------------


def _answers(desk: Desk, there: _There) -> None:
    say = desk.say
    if not there.answers:
        st.info(
            say(words("Nobody has answered about the next seven days yet.")), icon=":material/sms:"
        )
        return
    urgent = {Answer.CANNOT: 0, Answer.LATE: 1, Answer.COMING: 2}
    rows = sorted(
        there.answers.values(),
        key=lambda one: (one.turn.day, urgent[one.answer], one.turn.shift, one.patient),
    )
    st.dataframe(
        {
            say(words("Day")): [desk.voice.day(one.turn.day) for one in rows],
            say(words("Shift")): [_shift(desk, there.problem, one.turn.shift) for one in rows],
            say(words("Patient")): [_name(there.problem, one.patient) for one in rows],
            say(words("Answer")): [say(answer_words(one)) for one in rows],
            say(words("Said at")): [f"{one.at.astimezone(desk.zone):%m-%d %H:%M}" for one in rows],
        },
        hide_index=True,
        width="stretch",
    )


def _shift(desk: Desk, problem: Problem, code: str) -> str:
    shift = problem.shift.get(code)
    return code if shift is None else desk.voice.label(shift.name)


def _name(problem: Problem, code: str) -> str:
    patient = problem.patient.get(code)
    return code if patient is None else f"{patient.name} {code}"


# --- requests -------------------------------------------------------------------------------


def _requests(desk: Desk, there: _There, waiting: list[PatientRequest]) -> None:
    say = desk.say
    if not waiting:
        st.info(say(words("No request is waiting.")), icon=":material/inbox:")
    for request in reversed(waiting):
        _request(desk, there, request)
    decided = [one for one in there.requests if one.decision is not Decision.OPEN][:_DECIDED]
    if decided:
        with st.expander(say(words("Decided"))):
            _decided(desk, there.problem, decided)


def _request(desk: Desk, there: _There, request: PatientRequest) -> None:
    say = desk.say
    with st.container(border=True):
        said, verdict, act = st.columns([4, 5, 3])
        said.markdown(f"**{plain(_name(there.problem, request.patient))}**")
        said.text(say(request_words(request, there.problem)))
        if request.text:
            said.text(f"“{request.text}”")
        at = request.at.astimezone(desk.zone)
        said.caption(say(words("asked on {at}", at=at)))
        with verdict:
            _verdict(desk, there, request)
        with act, st.form(f"decide-{request.number}", border=False):
            st.text_input(
                say(words("Reply to the patient")), max_chars=200, key=f"reply-{request.number}"
            )
            yes, no = st.columns(2)
            yes.form_submit_button(
                say(words("Accept")),
                type="primary",
                width="stretch",
                on_click=_decide,
                args=(desk, request.number, Decision.ACCEPTED),
            )
            no.form_submit_button(
                say(words("Decline")),
                width="stretch",
                on_click=_decide,
                args=(desk, request.number, Decision.DECLINED),
            )


def _decide(desk: Desk, number: int, decision: Decision) -> None:
    reply = str(st.session_state.get(f"reply-{number}", "")).strip()
    noted(lambda: acts.decide(desk.site, desk.actor, number, decision, reply))


def _verdict(desk: Desk, there: _There, request: PatientRequest) -> None:
    say = desk.say
    plan = None if there.week is None else there.week.known
    if request.kind is RequestKind.TRIP:
        st.text(say(away_words(away(there.problem, plan, request))))
        return
    found = None if plan is None else wished(there.problem, plan, request)
    if found is None:
        st.caption(say(words("There is nothing to check: no planned session, or words only.")))
        return
    mark = "check_circle" if found.possible else "block"
    color = "green" if found.possible else "red"
    st.markdown(f":{color}[:material/{mark}:] {plain(say(verdict_words(there.problem, found)))}")
    for one in (*found.verdict.broken, *found.verdict.paid)[:_MOST_LINES]:
        st.caption(plain(say(one.words)))
    if there.week is not None:
        st.caption(say(words("Checked on the week of {week}.", week=there.week.monday)))


def _decided(desk: Desk, problem: Problem, decided: list[PatientRequest]) -> None:
    say = desk.say
    became = {Decision.ACCEPTED: words("accepted"), Decision.DECLINED: words("declined")}
    st.dataframe(
        {
            say(words("Patient")): [_name(problem, one.patient) for one in decided],
            say(words("Request")): [say(request_words(one, problem)) for one in decided],
            say(words("Decision")): [say(became[one.decision]) for one in decided],
            say(words("By")): [one.decided_by for one in decided],
            say(words("Reply")): [one.reply for one in decided],
        },
        hide_index=True,
        width="stretch",
    )


SCREEN = Screen(
    "requests", words("Patients' words"), "forum", words("Plan"), Right.ANSWER_PATIENTS, show
)
