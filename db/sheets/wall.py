"""The workshop's wall: who is away when. Busy or free and nothing else, as anybody may read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db.sheets.edition import Edition, Voice
from db.sheets.names import paper_names
from db.sheets.paper import Data, Paper, paper
from db.sheets.titles import imprint_line, week_title
from domain.calendar import DAY, Interval, days_from
from domain.plan import Assignment
from domain.words import words


@dataclass(frozen=True, slots=True)
class Busy:
    """Minutes of one day, counted from midnight, in which a worker is away."""

    start: int
    end: int


def workers(edition: Edition, monday: date) -> tuple[str, ...]:
    """Codes of the patients who work in the workshop in the week."""
    problem = edition.problem
    found = {
        work.patient
        for work in problem.register.work_shifts
        if work.workshop and any(day in work.span for day in days_from(monday, 7))
    }
    return tuple(sorted(found & problem.patient.keys()))


def busy(edition: Edition, patient: str, monday: date) -> tuple[tuple[Busy, ...], ...]:
    """For each day of the week when the worker is away from work: the session with the way
    there and back and the time to recover, joined where they touch, cut at midnight."""
    away = [
        _away(edition, row)
        for row in edition.plan.by_patient.get(patient, ())
        if monday - DAY <= row.day < monday + 7 * DAY
    ]
    return tuple(_joined(_of_day(away, day)) for day in days_from(monday, 7))


def wall(edition: Edition, monday: date, voice: Voice) -> Paper:
    """The roster for the wall, A3 landscape; it does not even name the center."""
    return paper("wall", voice, _data(edition, monday, voice))


def _away(edition: Edition, row: Assignment) -> Interval:
    problem = edition.problem
    works = [work for work in problem.work_shifts[row.patient] if row.day in work.span]
    transfer = max((work.transfer_minutes for work in works), default=0)
    here = problem.presence(row.patient, row.turn).widened(transfer, transfer)
    rest = timedelta(minutes=edition.patient[row.patient].recovery_minutes)
    return Interval(here.start, max(here.end, problem.session(row.patient, row.turn).end + rest))


def _of_day(away: Sequence[Interval], day: date) -> list[Busy]:
    midnight = datetime.combine(day, time())
    found = []
    for one in away:
        start = max(0, int((one.start - midnight).total_seconds()) // 60)
        end = min(1440, -(-int((one.end - midnight).total_seconds()) // 60))
        if start < end:
            found.append(Busy(start, end))
    return found


def _joined(parts: list[Busy]) -> tuple[Busy, ...]:
    found: list[Busy] = []
    for part in sorted(parts, key=lambda one: one.start):
        if found and part.start <= found[-1].end:
            found[-1] = Busy(found[-1].start, max(found[-1].end, part.end))
        else:
            found.append(part)
    return tuple(found)


def _data(edition: Edition, monday: date, voice: Voice) -> Mapping[str, Data]:
    names = paper_names(edition.patient)
    crew = workers(edition, monday)
    rows = {patient: busy(edition, patient, monday) for patient in crew}
    first, last = _hours(edition, crew)
    return {
        "title": voice.say(words("Who is here when")),
        "subtitle": week_title(monday, voice),
        "note": "",
        "center": "",
        "imprint": imprint_line(edition, voice),
        "name-head": voice.say(words("Name")),
        "days": [voice.day(day) for day in days_from(monday, 7)],
        "first": first,
        "last": last,
        "busy": voice.say(words("away")),
        "free": voice.say(words("free")),
        "rows": [
            {
                "name": str(names[patient]),
                "days": [
                    [
                        {
                            "start": max(part.start, first * 60),
                            "end": min(part.end, last * 60),
                            "text": f"{_clock(part.start)}–{_clock(part.end)}",
                        }
                        for part in day
                        if part.start < last * 60 and part.end > first * 60
                    ]
                    for day in days
                ],
            }
            for patient, days in rows.items()
        ],
    }


def _hours(edition: Edition, crew: tuple[str, ...]) -> tuple[int, int]:
    """First and last hour of the axis: those of the workshop, whole days if work crosses
    midnight."""
    works = [
        work for patient in crew for work in edition.problem.work_shifts[patient] if work.workshop
    ]
    if not works or any(work.end <= work.start for work in works):
        return 0, 24
    last = max(work.end.hour + (work.end.minute > 0) for work in works)
    return min(work.start.hour for work in works), last


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
