"""The form for one change of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.asked import Weeks
from dashboard.planning.what_if import listable
from domain.calendar import Parity, Turn
from domain.center import Modality, Shift
from domain.problem import Problem
from domain.remedy import (
    Crew,
    ExtraShift,
    FewerSessions,
    GuestElsewhere,
    MoreMachines,
    MoreNurses,
    OpenNight,
    Remedy,
    RemedyKind,
)
from domain.remedy_words import KIND_WORDS
from domain.words import Label, Words, words
from scheduler.remedies.parts import full_crew, late_shifts
from scheduler.remedies.terms import Terms

_MOST = 99
_KINDS: tuple[RemedyKind, ...] = tuple(RemedyKind)


@dataclass(frozen=True, slots=True)
class _Form:
    """What every field of the form needs."""

    desk: Desk
    problem: Problem
    names: Mapping[str, str]
    terms: Terms

    def zones(self, key: str) -> list[str]:
        """Zones chosen, all of them at first."""
        names = {zone.code: zone.name for zone in self.problem.register.zones}
        return st.multiselect(
            self.desk.say(words("Zones")), list(names), default=list(names)[:1],
            format_func=lambda code: self._name(names[code]), key=f"what-if-{key}-zones",
            placeholder=self.desk.say(words("None")),
        )  # fmt: skip

    def zone(self, key: str) -> str:
        """One zone."""
        names = {zone.code: zone.name for zone in self.problem.register.zones}
        chosen: str = st.selectbox(
            self.desk.say(words("Zone")), list(names),
            format_func=lambda code: self._name(names[code]), key=f"what-if-{key}-zone",
        )  # fmt: skip
        return chosen

    def shift(self, key: str) -> str:
        """One shift."""
        shifts = sorted(self.problem.shift.values(), key=lambda one: (one.start, one.code))
        names = {shift.code: shift.name for shift in shifts}
        chosen: str = st.selectbox(
            self.desk.say(words("Shift")), list(names),
            format_func=lambda code: self._name(names[code]), key=f"what-if-{key}-shift",
        )  # fmt: skip
        return chosen

    def days(self, key: str, usual: list[date]) -> list[date]:
        """Days of these weeks."""
        return st.multiselect(
            self.desk.say(words("Days")), list(self.problem.days), default=usual,
            format_func=lambda day: self.desk.say(words("{day}", day=day)),
            key=f"what-if-{key}-days", placeholder=self.desk.say(words("None")),
        )  # fmt: skip

    def count(self, label: Words, key: str, usual: int = 1) -> int:
        """A number from 1."""
        return int(
            st.number_input(self.desk.say(label), 1, _MOST, usual, key=f"what-if-{key}-count")
        )

    def patients(self, label: Words, codes: tuple[str, ...], key: str) -> tuple[str, ...]:
        """Patients by name."""
        return tuple(
            st.multiselect(
                self.desk.say(label), codes, key=f"what-if-{key}-patients",
                placeholder=self.desk.say(words("Nobody")),
                format_func=lambda code: f"{self.names.get(code, code)} · {code}",
            )
        )  # fmt: skip

    def crews(self, zones: list[str], turn: Turn) -> tuple[Crew, ...]:
        """Nurses for all stations of the zones."""
        return tuple(Crew(zone, full_crew(self.problem, zone, turn)) for zone in zones)

    def _name(self, name: Label) -> str:
        return self.desk.say(words("{name}", name=name))


def change_form(
    desk: Desk, weeks: Weeks, names: Mapping[str, str], terms: Terms
) -> tuple[Words, Remedy | None]:
    """The kind chosen and the change, if its fields say one."""
    kind = st.selectbox(
        desk.say(words("Kind of change")), _KINDS,
        format_func=lambda one: desk.say(KIND_WORDS[one]), key="what-if-kind",
    )  # fmt: skip
    form = _Form(desk, weeks.problem, names, terms)
    return KIND_WORDS[kind], _FIELDS[kind](form)


def _extra_shift(form: _Form) -> Remedy | None:
    sundays = [day for day in form.problem.days if day.isoweekday() == 7]
    shift, days = form.shift("extra"), form.days("extra", sundays)
    zones = form.zones("extra")
    turns = tuple(Turn(day, shift) for day in sorted(days))
    return ExtraShift(turns, form.crews(zones, turns[0])) if turns and zones else None


def _night(form: _Form) -> Remedy | None:
    late = {shift.code: shift for shift in late_shifts(form.problem, form.terms)}
    if not late:
        st.caption(
            form.desk.say(words("There is a night shift already, or no time for one; use an extra"
                                " shift for further nights."))
        )  # fmt: skip
        return None
    code = st.selectbox(
        form.desk.say(words("Shift")), list(late), key="what-if-night-shift",
        format_func=lambda one: form.desk.say(_hours(late[one])),
    )  # fmt: skip
    zones = form.zones("night")
    crews = form.crews(zones, Turn(form.problem.first_day, code))
    return OpenNight(late[code], crews) if zones else None


def _hours(shift: Shift) -> Words:
    return words("{shift} {start} to {end}", shift=shift.name, start=shift.start, end=shift.end)


def _machines(form: _Form) -> Remedy | None:
    zone, count = form.zone("machines"), form.count(words("Machines"), "machines")
    kinds = st.multiselect(
        form.desk.say(words("Treatments")), list(Modality),
        default=[Modality.HD, Modality.HDF], key="what-if-machines-kinds",
        placeholder=form.desk.say(words("None")),
    )  # fmt: skip
    return MoreMachines(zone, count, frozenset(kinds)) if kinds else None


def _nurses(form: _Form) -> Remedy | None:
    zone, shift = form.zone("nurses"), form.shift("nurses")
    running = [turn.day for turn in form.problem.turns if turn.shift == shift]
    days = form.days("nurses", running)
    count = form.count(words("Nurses"), "nurses")
    return MoreNurses(zone, shift, tuple(sorted(days)), count) if days else None


def _fewer(form: _Form) -> Remedy | None:
    """Every other patient's short week is this one."""
    chosen = form.patients(words("The doctor's list"), listable(form.problem), "fewer")
    first, then = chosen[::2], chosen[1::2]
    odd = form.problem.parity(form.problem.first_day) is Parity.ODD
    halves = (first, then) if odd else (then, first)
    return FewerSessions(*halves, source=form.desk.actor.shown) if chosen else None


def _guests(form: _Form) -> Remedy | None:
    codes = tuple(sorted(form.problem.patient))
    chosen = form.patients(words("Patients treated elsewhere"), codes, "guests")
    return GuestElsewhere(chosen) if chosen else None


_FIELDS: Mapping[RemedyKind, Callable[[_Form], Remedy | None]] = {
    RemedyKind.EXTRA_SHIFT: _extra_shift,
    RemedyKind.NIGHT: _night,
    RemedyKind.MACHINES: _machines,
    RemedyKind.NURSES: _nurses,
    RemedyKind.FEWER: _fewer,
    RemedyKind.GUESTS: _guests,
}
