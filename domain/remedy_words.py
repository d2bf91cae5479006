"""Remedies and what they cost, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from domain.center import Shift
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
from domain.remedy_price import STANDARD_RATES, Item, Rate
from domain.terms import WEEKDAY_WORDS
from domain.words import Label, Words, words

KIND_WORDS: Mapping[RemedyKind, Words] = {
    RemedyKind.EXTRA_SHIFT: words("Extra shift"),
    RemedyKind.NIGHT: words("Evening or night shift"),
    RemedyKind.MACHINES: words("More machines"),
    RemedyKind.NURSES: words("More nurses"),
    RemedyKind.FEWER: words("Five sessions a fortnight"),
    RemedyKind.GUESTS: words("Another center"),
}

ITEM_WORDS: Mapping[Item, Words] = {
    Item.NURSE_HOUR: words("nurse hours"),
    Item.REST_DAY_HOUR: words("nurse hours on a rest day"),
    Item.NIGHT_HOUR: words("nurse hours at night"),
    Item.MACHINE_WEEK: words("machines for a week"),
    Item.SESSION_LESS: words("sessions given up"),
    Item.GUEST_SESSION: words("sessions elsewhere"),
}


def remedy_words(problem: Problem, remedy: Remedy) -> Words:
    """What is to be done, in a phrase; patients by their codes."""
    match remedy:
        case ExtraShift(turns, crews):
            return words(
                "Extra shift {turns}: {crews}",
                turns=tuple(problem.say(turn) for turn in turns),
                crews=_crews(problem, crews),
            )
        case OpenNight(shift, crews):
            return words(
                "{shift} {start} to {end} on {days}: {crews}",
                shift=shift.name,
                start=shift.start,
                end=shift.end,
                days=_weekdays(shift),
                crews=_crews(problem, crews),
            )
        case MoreMachines():
            return _machines(problem, remedy)
        case MoreNurses():
            return _nurses(problem, remedy)
        case FewerSessions():
            return words(
                "Five sessions a fortnight instead of six, for {count}: {patients}",
                count=len(remedy.patients),
                patients=tuple(sorted(remedy.patients)),
            )
        case GuestElsewhere(patients):
            return words(
                "Treated at another center, {count}: {patients}",
                count=len(patients),
                patients=patients,
            )


def _machines(problem: Problem, remedy: MoreMachines) -> Words:
    zone, kinds = _zone(problem, remedy.zone), tuple(sorted(remedy.modalities))
    if remedy.count == 1:
        return words("One more machine in {zone} for {kinds}", zone=zone, kinds=kinds)
    return words(
        "{count} more machines in {zone} for {kinds}", count=remedy.count, zone=zone, kinds=kinds
    )


def _nurses(problem: Problem, remedy: MoreNurses) -> Words:
    nurses = words("{count} more nurses", count=remedy.nurses)
    if remedy.nurses == 1:
        nurses = words("One more nurse")
    if remedy.days == _all_days(problem, remedy.shift):
        return words(
            "{nurses} in {zone}, {shift} every day",
            nurses=nurses,
            zone=_zone(problem, remedy.zone),
            shift=problem.shift[remedy.shift].name,
        )
    return words(
        "{nurses} in {zone}, {shift} on {days}",
        nurses=nurses,
        zone=_zone(problem, remedy.zone),
        shift=problem.shift[remedy.shift].name,
        days=remedy.days,
    )


def _all_days(problem: Problem, shift: str) -> tuple[date, ...]:
    return tuple(turn.day for turn in problem.turns if turn.shift == shift)


def _crews(problem: Problem, crews: Iterable[Crew]) -> tuple[Words, ...]:
    return tuple(_crew(_zone(problem, one.zone), one.nurses) for one in crews)


def _crew(zone: Label, nurses: int) -> Words:
    if nurses == 1:
        return words("{zone} with one nurse", zone=zone)
    return words("{zone} with {nurses} nurses", zone=zone, nurses=nurses)


def _weekdays(shift: Shift) -> tuple[Words, ...]:
    return tuple(WEEKDAY_WORDS[number] for number in sorted(shift.weekdays))


def _zone(problem: Problem, code: str) -> Label:
    return next(zone.name for zone in problem.register.zones if zone.code == code)


def source_words(rate: Rate) -> Words:
    """On whose word a rate is what it is; a center's own source stays as it was written."""
    if rate == STANDARD_RATES[rate.item]:
        return Words(rate.source)
    return words("{source}", source=rate.source)
