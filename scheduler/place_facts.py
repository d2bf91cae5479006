"""What the rules on zones, stations and opening hours make of one patient's data, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.calendar import days_from
from domain.center import Closure, Infection
from domain.infection import REQUIRED_MARKERS
from domain.patient import Marker
from domain.problem import Problem
from domain.terms import INFECTION_WORDS
from domain.words import Label, Words, words
from scheduler.places import spread


def serology(problem: Problem, patient: str, monday: date) -> Words:
    """The status of the week, which zones admit it, and the reports that ran out."""
    first: dict[frozenset[Infection], date] = {}
    for day in days_from(monday, 7):
        first.setdefault(problem.infection(patient, day), day)
    parts = [(day, _status(problem, patient, status, day)) for status, day in first.items()]
    if len(parts) == 1:
        return parts[0][1]
    each = tuple(words("from {day} {status}", day=day, status=said) for day, said in parts)
    return words("in turn: {parts}", parts=each)


def _status(problem: Problem, patient: str, status: frozenset[Infection], day: date) -> Words:
    named = tuple(INFECTION_WORDS[one] for one in sorted(status))
    zones = tuple(zone.name for zone in problem.register.zones if status <= zone.admits)
    stale = tuple(_stale_markers(problem, patient, day))
    if Infection.UNKNOWN in status:
        if zones:
            return words("status unknown ({markers}), only in {zones}", markers=stale, zones=zones)
        return words("status unknown ({markers}), no zone admits that", markers=stale)
    if zones:
        return words("status {status}, only in {zones}", status=named, zones=zones)
    return words("status {status}, no zone admits that", status=named)


def _stale_markers(problem: Problem, patient: str, day: date) -> Iterator[Words]:
    """Required blood tests without a report that is valid on the day."""
    valid = timedelta(days=problem.limit("zone_serology", day))
    for marker in REQUIRED_MARKERS:
        reports = problem.serology.get(patient, ())
        days = [one.day for one in reports if one.marker is marker and one.day <= day]
        if not days:
            yield words("{marker}: no report", marker=_name(marker))
        elif max(days) < day - valid:
            yield words(
                "{marker}: report of {day} expired on {expiry}",
                marker=_name(marker),
                day=max(days),
                expiry=max(days) + valid,
            )


def _name(marker: Marker) -> Words | str:
    """What the laboratory calls it; only one of them is an English word."""
    return INFECTION_WORDS[Infection.SYPHILIS] if marker is Marker.SYPHILIS else marker.value


def one_zone(problem: Problem, patient: str, monday: date) -> Words:
    """A week does not change zones."""
    del problem, patient, monday
    return words("all sessions of a week in one zone")


def last_shift(problem: Problem, patient: str, monday: date) -> Words:
    """Lately cleared."""
    del problem, patient, monday
    return words("cleared, under observation: only in the last shift of a day")


def modality(problem: Problem, patient: str, monday: date) -> Words:
    """What is prescribed, and which machines can do it."""
    prescription = problem.prescription_of_week(patient, monday)
    wanted = prescription.modality.value if prescription else ""
    can = tuple(
        code
        for code in problem.station
        if prescription and prescription.modality in (problem.abilities(code, monday) or ())
    )
    if not can:
        return words("{modality} is prescribed, no machine can do it", modality=wanted)
    return words(
        "{modality} is prescribed, only {stations} can do it", modality=wanted, stations=can
    )


def opening(problem: Problem, patient: str, monday: date) -> Words:
    """The days on which the center is open, and what is shut on them."""
    del patient
    open_days = spread(day for day in days_from(monday, 7) if problem.is_open_day(day))
    closed = tuple(_closures(problem, monday))
    if open_days and closed:
        return words("open on {days}, closed: {closures}", days=open_days, closures=closed)
    if closed:
        return words("not open on any day, closed: {closures}", closures=closed)
    return words("open on {days}", days=open_days) if open_days else words("not open on any day")


def _closures(problem: Problem, monday: date) -> Iterator[Words]:
    """The closures of the week, each with what it shuts, and stations without a machine."""
    for closure in problem.register.closures:
        days = tuple(day for day in days_from(monday, 7) if day in closure.span)
        if days:
            yield words(
                "{what} {days} ({reason})",
                what=_shut(problem, closure),
                days=spread(days),
                reason=closure.reason,
            )
    bare = tuple(code for code in problem.station if problem.abilities(code, monday) is None)
    if bare:
        yield words("without a machine: {stations}", stations=bare)


def _shut(problem: Problem, closure: Closure) -> tuple[Words | Label | str, ...]:
    zone = next((z.name for z in problem.register.zones if z.code == closure.zone), None)
    shift = problem.shift[closure.shift].name if closure.shift else None
    named = tuple(part for part in (zone, closure.station, shift) if part)
    return named or (words("the center"),)
