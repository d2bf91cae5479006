"""A judge of sample weeks that shares no code with the generator or the scheduler.

It asks the problem what is prescribed, open, admitted and worked, and compares wall-clock
times. Every fault is a sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from domain.calendar import DAY, Interval, Turn, days_from
from domain.center import Infection
from domain.patient import Night
from domain.plan import Assignment
from domain.problem import Problem

LATE_HOUR = 22


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
    late = problem.shift[row.shift].night or window.end > _ten_in_the_evening(row.day)
    ready = session.end + timedelta(minutes=problem.patient[row.patient].recovery_minutes)
    if late:
        rested = timedelta(minutes=problem.limit("night_rest", row.day))
        ready = max(ready, session.end + rested)
    for work, hours in problem.work_near(row.patient, row.day):
        both_ways = work.travel_minutes + work.changing_minutes
        if problem.presence(row.patient, row.turn).overlaps(hours.widened(both_ways, both_ways)):
            yield f"{row}: works {hours}"
        if session.start <= hours.start < ready:
            yield f"{row}: ready at {ready}, works {hours}"
    today = [(work, hours) for work, hours in problem.work_on(row.patient, row.day)]
    if today:
        load = _load(problem, row, session, [hours for _, hours in today])
        if load > problem.limit("daily_load", row.day):
            yield f"{row}: {load} minutes in a day"


def _ten_in_the_evening(day: date) -> object:
    return Interval(*(problem_time(day, hour) for hour in (0, LATE_HOUR))).end


def _load(
    problem: Problem, row: Assignment, session: Interval, hours: list[Interval]
) -> int:
    travel = problem.patient[row.patient].travel_minutes
    return session.minutes + 2 * travel + sum(one.minutes for one in hours)
