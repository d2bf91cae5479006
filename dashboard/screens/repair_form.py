"""What has happened, entered one thing after the other; nothing is stored by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.markup import note
from dashboard.planning.standing import StandingWeek
from dashboard.screens.repair_parts import (
    asked,
    day_field,
    hours_field,
    patient_field,
    session_field,
    turn_field,
    zone_field,
)
from domain.reported import faults, machine_out, trouble_words
from domain.trouble import (
    NurseMissing,
    PatientAway,
    PatientBack,
    PatientJoins,
    PatientLate,
    PatientMissed,
    ShiftClosed,
    StationOut,
    Trouble,
    WaterOff,
)
from domain.words import Words, words

_LIST = "repair-troubles"


class Kind(StrEnum):
    """What somebody can report."""

    MACHINE = "machine"
    STATION = "station"
    NURSE = "nurse"
    SHIFT = "shift"
    WATER = "water"
    MISSED = "missed"
    LATE = "late"
    AWAY = "away"
    BACK = "back"
    JOINS = "joins"


KINDS: Mapping[Kind, Words] = {
    Kind.MACHINE: words("Machine out"),
    Kind.STATION: words("Station out"),
    Kind.NURSE: words("Nurse missing"),
    Kind.SHIFT: words("Shift closed"),
    Kind.WATER: words("No water"),
    Kind.MISSED: words("Patient did not come"),
    Kind.LATE: words("Patient late"),
    Kind.AWAY: words("Patient away"),
    Kind.BACK: words("Patient back"),
    Kind.JOINS: words("Patient begins"),
}

Made = tuple[Trouble, ...]
"""What one entry means: a machine may stand at several stations."""


def troubles_form(desk: Desk, there: StandingWeek) -> tuple[Trouble, ...]:
    """Everything entered so far for this version; of a single thing it is enough to name it."""
    say = desk.say
    _begin(there)
    with st.container(border=True):
        st.subheader(say(words("What has happened")))
        kind = st.pills(
            say(words("Kind")), list(Kind), default=_named_kind(),
            format_func=lambda one: say(KINDS[one]), key="repair-kind",
            label_visibility="collapsed",
        )  # fmt: skip
        made = _ENTRIES[kind](desk, there) if kind is not None else ()
        wrong = faults(there.problem, made)
        for one in wrong:
            st.html(note(say(one), "warn"))
        if st.button(
            say(words("Add")), icon=":material/add:", disabled=not made or bool(wrong),
            key="repair-add",
        ):  # fmt: skip
            st.session_state[_LIST] = (*_entered(), *(one for one in made if one not in _entered()))
            st.rerun()
        _listing(desk, there)
    return _entered() or (() if wrong else made)


def _begin(there: StandingWeek) -> None:
    """What was entered counts for one version only."""
    key = (there.version.first_day, there.version.number)
    if st.session_state.get("repair-of") != key:
        st.session_state["repair-of"] = key
        st.session_state[_LIST] = ()


def _entered() -> tuple[Trouble, ...]:
    found: tuple[Trouble, ...] = st.session_state.get(_LIST, ())
    return found


def _listing(desk: Desk, there: StandingWeek) -> None:
    for number, one in enumerate(_entered()):
        said, gone = st.columns([8, 1], vertical_alignment="center")
        said.html(note(desk.say(trouble_words(there.problem, one)), "info"))
        if gone.button(
            desk.say(words("Remove")), icon=":material/close:", key=f"repair-remove-{number}",
            type="tertiary",
        ):  # fmt: skip
            left = _entered()
            st.session_state[_LIST] = (*left[:number], *left[number + 1 :])
            st.rerun()


def _named_kind() -> Kind:
    return Kind.STATION if "station" in st.query_params else Kind.MACHINE


# --- one entry of each kind -----------------------------------------------------------------------


def _machine(desk: Desk, there: StandingWeek) -> Made:
    codes = sorted(one.code for one in there.problem.register.machines)
    what, *hours = st.columns([3, 2, 2, 2, 2], vertical_alignment="bottom")
    machine = what.selectbox(
        desk.say(words("Machine")), codes, index=asked("machine", codes), key="repair-machine",
        placeholder=desk.say(words("Which one")),
    )  # fmt: skip
    start, end = hours_field(desk, there, hours, "machine")
    return machine_out(there.problem, machine, start, end) if machine else ()


def _station(desk: Desk, there: StandingWeek) -> Made:
    codes = sorted(there.problem.station)
    what, *hours = st.columns([3, 2, 2, 2, 2], vertical_alignment="bottom")
    station = what.selectbox(
        desk.say(words("Station")), codes, index=asked("station", codes), key="repair-station",
        placeholder=desk.say(words("Which one")),
    )  # fmt: skip
    start, end = hours_field(desk, there, hours, "station")
    return (StationOut(station, start, end),) if station else ()


def _water(desk: Desk, there: StandingWeek) -> Made:
    start, end = hours_field(desk, there, st.columns([2, 2, 2, 2]), "water", until=True)
    return () if end is None else (WaterOff(start, end),)


def _nurse(desk: Desk, there: StandingWeek) -> Made:
    zone, day, shift, many = st.columns([2, 3, 2, 2], vertical_alignment="bottom")
    code = zone_field(desk, there, zone, "nurse", every=False)
    turn = turn_field(desk, there, day, shift, "nurse")
    count = many.number_input(desk.say(words("How many")), 1, 20, key="repair-nurse-count")
    return (NurseMissing(code, turn, int(count)),) if turn and code else ()


def _shift(desk: Desk, there: StandingWeek) -> Made:
    day, shift, zone = st.columns([3, 2, 2], vertical_alignment="bottom")
    turn = turn_field(desk, there, day, shift, "shift")
    code = zone_field(desk, there, zone, "shift", every=True)
    return (ShiftClosed(turn, code),) if turn else ()


def _missed(desk: Desk, there: StandingWeek) -> Made:
    found = session_field(desk, there, "missed")
    return () if found is None else (PatientMissed(*found),)


def _late(desk: Desk, there: StandingWeek) -> Made:
    found = session_field(desk, there, "late")
    minutes = st.number_input(
        desk.say(words("Minutes late")), 5, 600, 30, 5, key="repair-late-minutes", width=200
    )
    return () if found is None else (PatientLate(*found, int(minutes)),)


def _away(desk: Desk, there: StandingWeek) -> Made:
    who, since, till = st.columns([4, 3, 3], vertical_alignment="bottom")
    patient = patient_field(desk, there, who, "away")
    first = day_field(desk, since, words("First day"), there.now.date(), "away-first")
    last = till.date_input(
        desk.say(words("Last day, if known")), None, key="repair-away-last", format="YYYY-MM-DD"
    )
    return (PatientAway(patient, first, last),) if patient and first else ()


def _back(desk: Desk, there: StandingWeek) -> Made:
    who, since = st.columns([4, 3], vertical_alignment="bottom")
    patient = patient_field(desk, there, who, "back")
    first = day_field(desk, since, words("From the day"), there.now.date(), "back-first")
    return (PatientBack(patient, first),) if patient and first else ()


def _joins(desk: Desk, there: StandingWeek) -> Made:
    who, since = st.columns([4, 3], vertical_alignment="bottom")
    patient = patient_field(desk, there, who, "joins")
    first = day_field(desk, since, words("From the day"), there.now.date(), "joins-first")
    return (PatientJoins(patient, first),) if patient and first else ()


_ENTRIES: Mapping[Kind, Callable[[Desk, StandingWeek], Made]] = {
    Kind.MACHINE: _machine,
    Kind.STATION: _station,
    Kind.NURSE: _nurse,
    Kind.SHIFT: _shift,
    Kind.WATER: _water,
    Kind.MISSED: _missed,
    Kind.LATE: _late,
    Kind.AWAY: _away,
    Kind.BACK: _back,
    Kind.JOINS: _joins,
}
