"""The fields that entries of a trouble are made of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.standing import StandingWeek
from domain.calendar import Turn
from domain.words import Words, words


def asked(name: str, codes: list[str]) -> int | None:
    """The position of the code that the address names."""
    named = st.query_params.get(name, "")
    return codes.index(named) if named in codes else None


Column = st.delta_generator.DeltaGenerator


def hours_field(
    desk: Desk, there: StandingWeek, where: list[Column], name: str, *, until: bool = False
) -> tuple[datetime, datetime | None]:
    """From when, by default now, until when, by default open."""
    say, now = desk.say, there.now
    first = where[0].date_input(
        say(words("Out since")), now.date(), key=f"repair-{name}-since", format="YYYY-MM-DD"
    )
    clock = where[1].time_input(
        say(words("at")), now.time().replace(second=0, microsecond=0),
        key=f"repair-{name}-since-time", step=timedelta(minutes=5),
    )  # fmt: skip
    last = where[2].date_input(
        say(words("Back on, if known")), now.date() if until else None,
        key=f"repair-{name}-until", format="YYYY-MM-DD",
    )  # fmt: skip
    back = where[3].time_input(
        say(words("at")), time(12), key=f"repair-{name}-until-time", step=timedelta(minutes=5),
        disabled=last is None,
    )  # fmt: skip
    start = datetime.combine(first, clock)
    return start, datetime.combine(last, back) if last is not None else None


def turn_field(
    desk: Desk, there: StandingWeek, day: Column, shift: Column, name: str
) -> Turn | None:
    """A turn of the plan's weeks that is still to begin."""
    coming = [turn for turn in there.problem.turns if turn not in there.gone]
    days = list(dict.fromkeys(turn.day for turn in coming))
    chosen = day.selectbox(
        desk.say(words("Day")), days, format_func=desk.voice.day, key=f"repair-{name}-day"
    )
    shifts = [turn.shift for turn in coming if turn.day == chosen]
    code = shift.selectbox(
        desk.say(words("Shift")), shifts, key=f"repair-{name}-shift",
        format_func=lambda one: desk.voice.label(there.problem.shift[one].name),
    )  # fmt: skip
    return Turn(chosen, code) if days else None


def zone_field(
    desk: Desk, there: StandingWeek, where: Column, name: str, *, every: bool
) -> str | None:
    """A zone, or all of them if every one will do."""
    zones = {one.code: one.name for one in there.problem.register.zones}
    choices = [None, *zones] if every else list(zones)
    chosen: str | None = where.selectbox(
        desk.say(words("Zone")), choices, key=f"repair-{name}-zone",
        format_func=lambda one: desk.say(words("all")) if one is None
        else desk.voice.label(zones[one]),
    )  # fmt: skip
    return chosen


def patient_field(desk: Desk, there: StandingWeek, where: Column, name: str) -> str | None:
    """Somebody whom the center knows."""
    people = {one.code: one.name for one in there.problem.register.patients}
    chosen: str | None = where.selectbox(
        desk.say(words("Patient")), sorted(people, key=lambda code: (people[code], code)),
        index=None, format_func=lambda code: f"{people[code]} · {code}",
        key=f"repair-{name}-patient", placeholder=desk.say(words("Choose a patient")),
    )  # fmt: skip
    return chosen


def session_field(desk: Desk, there: StandingWeek, name: str) -> tuple[str, Turn] | None:
    """A patient and one of the planned sessions."""
    who, which = st.columns([4, 5], vertical_alignment="bottom")
    patient = patient_field(desk, there, who, name)
    rows = there.plan.by_patient.get(patient or "", ())
    row = which.selectbox(
        desk.say(words("Session")), rows, key=f"repair-{name}-row-{patient}",
        format_func=lambda one: desk.say(there.problem.say(one.turn)),
    )  # fmt: skip
    return None if patient is None or row is None else (patient, row.turn)


def day_field(desk: Desk, where: Column, label: Words, usual: date, name: str) -> date | None:
    """A day."""
    chosen: date | None = where.date_input(
        desk.say(label), usual, key=f"repair-{name}", format="YYYY-MM-DD"
    )
    return chosen
