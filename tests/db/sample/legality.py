"""A judge of sample weeks that shares no code with the generator or the scheduler.

It asks the problem what is prescribed, open, admitted and worked, and compares wall-clock
times. Every fault is a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from domain.calendar import DAY, days_from
from domain.center import Infection
from domain.patient import Night
from domain.plan import Assignment
from domain.problem import Problem


def faults(problem: Problem, plan: Iterable[Assignment], every_week: bool = True) -> list[str]:
    """Everything that is wrong with a week's plan, last week's sessions included in gaps.

    `every_week` demands the prescribed number of sessions of everybody who has any.
    """
    rows = sorted(plan)
    found = list(_slots(problem, rows))
    for row in rows:
        found += _place(problem, row)
        found += _time(problem, row)
        found += _work(problem, row)
    found += _rhythm(problem, rows, every_week)
    return found


def _slots(problem: Problem, rows: list[Assignment]) -> Iterator[str]:
    for (turn, station), count in Counter((row.turn, row.station) for row in rows).items():
        if count > 1:
            yield f"{turn} {station}: {count} patients"
    by_zone = Counter((problem.station[row.station].zone, row.turn) for row in rows)
    for (zone, turn), patients in by_zone.items():
        nurses = problem.nurses(zone, turn)
        if nurses is None or patients > nurses * problem.limit("nurse_ratio", turn.day):
            yield f"{turn} {zone}: {patients} patients, {nurses} nurses"
        stations = problem.zone_stations[zone]
        places = sum(problem.is_open(one, turn) for one in stations) - problem.held(zone, turn)
        if patients > places:
            yield f"{turn} {zone}: {patients} patients, {places} places"


def _place(problem: Problem, row: Assignment) -> Iterator[str]:
    if not problem.is_open(row.station, row.turn):
        yield f"{row}: closed"
    prescription = problem.prescription(row.patient, row.day)
    abilities = problem.abilities(row.station, row.day)
    if prescription is None or abilities is None or prescription.modality not in abilities:
        yield f"{row}: {prescription} at {abilities}"
    zone = problem.station[row.station].zone
    admits = next(one.admits for one in problem.register.zones if one.code == zone)
    status = problem.infection(row.patient, row.day)
    if not status <= admits:
        yield f"{row}: {status} in {zone}"
    last = max(problem.turns_on(row.day), key=lambda turn: problem.shift[turn.shift].start)
    if Infection.CLEARED in status and row.turn != last:
        yield f"{row}: cleared, before the last shift"


def _time(problem: Problem, row: Assignment) -> Iterator[str]:
    shift = problem.shift[row.shift]
    if row.turn not in problem.turns_on(row.day):
        yield f"{row}: no such turn"
    window = shift.interval(row.day)
    needed = problem.session(row.patient, row.turn).end + timedelta(minutes=shift.turnover_minutes)
    if needed > window.end:
        yield f"{row}: needed until {needed}"
    who = problem.patient.get(row.patient)
    if who is None or row.day not in who.span:
        yield f"{row}: not a patient of the day"
    elif shift.night and who.night is Night.NEVER:
        yield f"{row}: never at night"
    presence = problem.presence(row.patient, row.turn)
    for absence in problem.absences.get(row.patient, ()):
        for near in days_from(row.day - DAY, 3):
            away = absence.interval(near)
            if away and away.overlaps(presence):
                yield f"{row}: away {away}"


def _work(problem: Problem, row: Assignment) -> Iterator[str]:
    session = problem.session(row.patient, row.turn)
    window = problem.shift[row.shift].interval(row.day)
    ready = session.end + timedelta(minutes=problem.patient[row.patient].recovery_minutes)
    if problem.shift[row.shift].night or window.end > datetime.combine(row.day, time(22)):
        rest = timedelta(minutes=problem.limit("night_rest", row.day))
        ready = max(ready, session.end + rest)
    minutes = session.minutes + 2 * problem.patient[row.patient].travel_minutes
    near = days_from(row.day - DAY, 4)
    for work, hours in (found for day in near for found in problem.work_on(row.patient, day)):
        both_ways = work.travel_minutes + work.changing_minutes
        if problem.presence(row.patient, row.turn).overlaps(hours.widened(both_ways, both_ways)):
            yield f"{row}: works {hours}"
        if session.start <= hours.start < ready:
            yield f"{row}: ready at {ready}, works {hours}"
        minutes += hours.minutes if hours.start.date() == row.day else 0
    if minutes > problem.limit("daily_load", row.day):
        yield f"{row}: {minutes} minutes in a day"


def _rhythm(problem: Problem, rows: list[Assignment], every_week: bool) -> Iterator[str]:
    mine: dict[str, list[date]] = {}
    for row in rows:
        mine.setdefault(row.patient, []).append(row.day)
    for patient, days in mine.items():
        prescription = problem.prescription(patient, problem.first_day)
        assert prescription is not None
        frequency = prescription.frequency
        wanted = {frequency.in_week(problem.parity(problem.first_day))}
        if frequency.every_other_day:
            wanted = {3, 4}
        if every_week and len(days) not in wanted:
            yield f"{patient}: {len(days)} sessions, wanted {wanted}"
        zones = {problem.station[r.station].zone for r in rows if r.patient == patient}
        if len(zones) != 1:
            yield f"{patient}: zones {zones}"
        known = [row.day for row in problem.history.get(patient, ())]
        longest = 4 if frequency.per_fortnight == 4 else 3
        yield from _gaps(patient, [*known, *days], frequency.every_other_day, longest)
        monday = problem.end_day
        if (monday - days[-1]).days > longest:
            yield f"{patient}: last on {days[-1]}"


def _gaps(patient: str, days: list[date], every_other: bool, longest: int) -> Iterator[str]:
    for first, then in pairwise(days):
        gap = (then - first).days
        if not 2 <= gap <= (2 if every_other else longest):
            yield f"{patient}: {gap} days from {first} to {then}"
