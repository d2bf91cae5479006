"""Why not? A patient and a seat: what blocks it, and the cheapest plan that has it."""

from __future__ import annotations

from datetime import date
from time import monotonic

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.choices import version_words, week_words
from dashboard.planning.markup import Cell, figure, figures, listed, note, table
from dashboard.planning.why_not import (
    Asked,
    answered,
    ask_of,
    change_rows,
    cost_rows,
    fact_rows,
    read,
)
from dashboard.rights import Right
from dashboard.screens.planning_frame import asked_week, kept, styled
from dashboard.screens.screen import Screen
from db.connection import reading
from db.plans import list_plans
from domain.calendar import Turn, monday_of
from domain.why_not import Ask, Block, SeatAnswer, Way, WhyNot
from domain.words import words
from scheduler.why_not.said import (
    checked_words,
    claims,
    condition_words,
    nothing_words,
    people_words,
)

_TONES = {
    SeatAnswer.SITS: "good",
    SeatAnswer.POSSIBLE: "good",
    SeatAnswer.BLOCKED: "bad",
    SeatAnswer.UNSETTLED: "warn",
}


def show(desk: Desk) -> None:
    """The question, then the answer."""
    styled()
    say = desk.say
    st.title(say(words("Why not?")))
    with reading(desk.site.here.database) as session:
        versions = list_plans(session, desk.site.center)
    mondays = tuple(sorted({one.first_day for one in versions}, reverse=True))
    if not mondays:
        st.info(say(words("No week is planned yet.")), icon=":material/calendar_add_on:")
        return
    week, *picks = st.columns([2, 2.4, 1.6, 1.4, 1.6], vertical_alignment="bottom")
    with week:
        monday = _week(desk, mondays)
    asked = _read(desk, monday)
    ask = _question(desk, asked, picks)
    st.caption(say(version_words(asked.version)))
    if ask is None:
        st.html(note(say(words("Choose a patient, a day and a shift.")), "info"))
        return
    found = kept(desk, "why-not", (monday, ask), lambda: _answer(desk, asked, ask))
    _shown(desk, asked, found)


SCREEN = Screen("why-not", words("Why not?"), "help_center", words("Plan"), Right.SEE_WEEK, show)


# --- the question ---------------------------------------------------------------------------------


def _week(desk: Desk, mondays: tuple[date, ...]) -> date:
    this = monday_of(desk.now.date())
    ahead = [one for one in mondays if one >= this]
    usual = asked_week(mondays, ahead[-1] if ahead else mondays[0])
    chosen: date = st.selectbox(
        desk.say(words("Which week")), mondays, index=mondays.index(usual),
        format_func=lambda one: desk.say(week_words(one)), key="why-week",
    )  # fmt: skip
    return chosen


def _read(desk: Desk, monday: date) -> Asked:
    def made() -> Asked:
        site = desk.site
        with reading(site.here.database) as session:
            return read(session, site.center, monday, site.history_weeks, desk.now)

    return kept(desk, "why-plan", (monday,), made)


def _question(
    desk: Desk, asked: Asked, picks: list[st.delta_generator.DeltaGenerator]
) -> Ask | None:
    """Patient, day, shift, and a place if one is named; the address may say the first three."""
    say, people = desk.say, asked.people
    codes = sorted(people, key=lambda code: (people[code], code))
    turns = asked.turns_of(asked.problem.first_day)
    days = list(dict.fromkeys(turn.day for turn in turns))
    shifts = list(dict.fromkeys(turn.shift for turn in turns))
    patient = picks[0].selectbox(
        say(words("Patient")), codes, index=_named("patient", codes),
        format_func=lambda code: f"{people[code]} · {code}", key="why-patient",
        placeholder=say(words("Choose a patient")),
    )  # fmt: skip
    day = picks[1].selectbox(
        say(words("Day")), days, index=_named("day", [day.isoformat() for day in days]),
        format_func=desk.voice.day, key="why-day", placeholder=say(words("Choose a day")),
    )  # fmt: skip
    shift = picks[2].selectbox(
        say(words("Shift")), shifts, index=_named("shift", shifts),
        format_func=lambda code: desk.voice.label(asked.problem.shift[code].name),
        key="why-shift", placeholder=say(words("Choose a shift")),
    )  # fmt: skip
    place = picks[3].selectbox(
        say(words("Zone or station")), asked.places, key="why-place",
        format_func=lambda code: _place(desk, asked, code),
    )  # fmt: skip
    if patient is None or day is None or shift is None:
        return None
    return ask_of(asked, patient, Turn(day, shift), place)


def _named(name: str, known: list[str]) -> int | None:
    """The position of what the address names, if it is one of those."""
    asked = st.query_params.get(name, "")
    return known.index(asked) if asked in known else None


def _place(desk: Desk, asked: Asked, code: str | None) -> str:
    if code is None:
        return desk.say(words("any station"))
    zone = next((one for one in asked.problem.register.zones if one.code == code), None)
    return code if zone is None else desk.voice.label(zone.name)


def _answer(desk: Desk, asked: Asked, ask: Ask) -> WhyNot:
    with st.spinner(desk.say(words("Planning the week again with this seat ..."))):
        return answered(asked, ask, monotonic)


# --- the answer -----------------------------------------------------------------------------------


def _shown(desk: Desk, asked: Asked, found: WhyNot) -> None:
    say = desk.say
    st.html(note(say(found.words), _TONES[found.answer]))
    if found.now:
        st.caption(" · ".join(map(say, found.now)))
    if found.block is None and found.way is None:
        return
    left, right = st.columns([3, 2] if found.block is None else [1, 1], gap="medium")
    with left, st.container(border=True):
        if found.block is not None:
            _block(desk, asked, found.block)
        elif found.way is not None:
            _way(desk, asked, found)
    with right, st.container(border=True):
        if found.block is not None:
            _way(desk, asked, found)
        if found.way is not None:
            _costs(desk, found.way)


def _block(desk: Desk, asked: Asked, block: Block) -> None:
    say = desk.say
    st.subheader(say(words("What blocks it")))
    heads = tuple(Cell(say(one)) for one in (words("Rule"), words("Fact"), words("Where from")))
    rows = [
        (Cell(say(rule)), Cell(say(said)), Cell(say(source), tone="faint"))
        for rule, said, source in fact_rows(asked.problem, block.facts)
    ]
    st.html(table(heads, rows, say(words("What blocks it"))))
    if block.people:
        st.html(listed([say(people_words(block))]))
    checked = checked_words(block)
    if checked is not None:
        st.html(note(say(checked), "good" if block.smallest else "warn"))


def _way(desk: Desk, asked: Asked, found: WhyNot) -> None:
    say, way = desk.say, found.way
    if way is None:
        st.subheader(say(words("What would allow it")))
        st.html(note(say(nothing_words(found)), "warn"))
        return
    if way.concessions:
        st.subheader(say(words("What would allow it")))
        st.html(note(say(condition_words(way.said, way.minutes)), "info"))
    else:
        st.subheader(say(words("What it takes")))
    st.html(figures(_figures(desk, way)))
    _changes(desk, asked, way)
    st.html(listed(map(say, claims(way))))
    for one in way.broken:
        st.html(note(say(one.words), "warn"))
    st.html(note(say(words("Planned again and checked without the solver.")), "good"))


def _figures(desk: Desk, way: Way) -> tuple[str, ...]:
    say = desk.say
    return (
        figure(str(way.others.found), say(words("other patients at other times"))),
        figure(str(way.sessions.found), say(words("sessions at other times"))),
        figure(str(way.stations), say(words("sessions at other stations"))),
    )


def _changes(desk: Desk, asked: Asked, way: Way) -> None:
    say, names = desk.say, asked.people
    heads = tuple(
        Cell(say(one))
        for one in (words("Patient"), words("Change"), words("Until now"), words("Then"))
    )
    rows = [
        (
            Cell(f"{names.get(one.patient, one.patient)} · {one.patient}"), Cell(say(one.kind)),
            *(Cell(say(place) if place else "–") for place in (one.before, one.after)),
        )
        for one in change_rows(asked.problem, way)
    ]  # fmt: skip
    if rows:
        st.html(table(heads, rows, say(words("What it takes"))))


def _costs(desk: Desk, way: Way) -> None:
    say = desk.say
    rows = [
        (Cell(say(title)), Cell(f"{cost:+d}", number=True, tone="bad" if cost > 0 else "good"),
         Cell(say(unit), tone="faint"))
        for title, cost, unit in cost_rows(way)
    ]  # fmt: skip
    st.subheader(say(words("What the rules say of it, against the plan as it is")))
    if not rows:
        st.html(listed([say(words("No rule finds the plan better or worse."))]))
        return
    heads = (Cell(say(words("Rule"))), Cell(say(words("Cost")), number=True),
             Cell(say(words("What is counted"))))  # fmt: skip
    st.html(table(heads, rows, say(words("What each costs"))))
