"""A patient's sessions as a calendar file that a phone subscribes to or opens.

An event's identity is the patient's n-th session of a week: when a session moves, the phone
moves its event. Titles and places say nothing about health.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from db.sheets.edition import Edition, Voice
from db.sheets.slips import place_words
from domain.calendar import monday_of
from domain.plan import Assignment, Plan
from domain.words import words

_ALARM = timedelta(hours=-12)
_REFRESHED = timedelta(hours=6)
_Ordinal = tuple[date, int]


def calendar_file(
    edition: Edition,
    patient: str,
    voice: Voice,
    previous: Plan | None = None,
    title: str | None = None,
) -> bytes | None:
    """The patient's sessions from coming to leaving, with an alarm twelve hours before;
    `None` if there is nothing to tell.

    `previous` is the plan that this one replaces; its sessions that have no successor are
    told as canceled. `title` replaces the neutral one where the patient wants that.
    """
    said = title or voice.say(words("Appointment"))
    events = tuple(_events(edition, patient, voice, previous, said))
    return _calendar([edition], events) if events else None


def calendar_feed(
    parts: Iterable[tuple[Edition, Plan | None]], patient: str, voice: Voice, title: str | None
) -> bytes:
    """The same for several weeks at once, each with the plan that its own replaced: what a phone
    asks for again and again. Without sessions it is an empty calendar, not none."""
    said = title or voice.say(words("Appointment"))
    weeks = tuple(parts)
    events = [
        event
        for edition, previous in weeks
        for event in _events(edition, patient, voice, previous, said)
    ]
    return _calendar([edition for edition, _ in weeks], events, refreshed=True)


def _calendar(
    editions: list[Edition], events: Iterable[Event], *, refreshed: bool = False
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Clearshift//Weekly plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if refreshed:
        calendar.add("refresh-interval", _REFRESHED, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")  # what older phones read instead
    for event in events:
        calendar.add_component(event)
    if calendar.get_missing_tzids() and editions:
        name = editions[0].problem.register.center.timezone
        calendar.subcomponents.insert(0, _time_zone(name, editions[0].plan.first_day.year))
    return bytes(calendar.to_ical())


def _events(
    edition: Edition, patient: str, voice: Voice, previous: Plan | None, said: str
) -> Iterator[Event]:
    planned = _numbered(edition.plan.by_patient.get(patient, ()))
    before = _numbered(previous.by_patient.get(patient, ()) if previous else ())
    for ordinal, row in planned.items():
        event = _event(edition, ordinal, row, said, "CONFIRMED")
        event.add("location", voice.say(place_words(edition, row.station, with_room=False)))
        event.add_component(_alarm(said))
        yield event
    for ordinal, row in before.items():
        if ordinal not in planned:
            yield _event(edition, ordinal, row, said, "CANCELLED")


def event_id(center: str, patient: str, monday: date, number: int) -> str:
    """The lasting identity of the n-th session of a patient's week; tells no names."""
    text = "\x1f".join((center, patient, monday.isoformat(), str(number)))
    return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}@clearshift"


def _numbered(rows: Iterable[Assignment]) -> dict[_Ordinal, Assignment]:
    """Sessions by week and place in it, in order of time."""
    found: dict[_Ordinal, Assignment] = {}
    for row in sorted(rows):
        monday = monday_of(row.day)
        number = 1 + sum(week == monday for week, _ in found)
        found[monday, number] = row
    return found


def _event(edition: Edition, ordinal: _Ordinal, row: Assignment, title: str, status: str) -> Event:
    center = edition.problem.register.center
    zone = ZoneInfo(center.timezone)
    here = edition.problem.presence(row.patient, row.turn)
    event = Event()
    event.add("uid", event_id(center.code, row.patient, *ordinal))
    event.add("sequence", edition.imprint.version)
    event.add("dtstamp", edition.imprint.printed_at.replace(tzinfo=zone).astimezone(UTC))
    event.add("dtstart", here.start.replace(tzinfo=zone))
    event.add("dtend", here.end.replace(tzinfo=zone))
    event.add("summary", title)
    event.add("status", status)
    event.add("class", "PRIVATE")
    return event


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _ALARM)
    return alarm


@cache
def _time_zone(name: str, year: int) -> Timezone:
    """The zone's offsets around the plan; working them out takes longer than the events."""
    return Timezone.from_tzid(name, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))
