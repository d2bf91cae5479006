"""The patient's sessions as a calendar that a phone asks for again and again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dashboard.patient.own import Own, Week
from db.sheets.calendar_file import calendar_feed
from db.sheets.edition import Edition, Imprint, Voice
from domain.plan import Plan


def feed(own: Own, voice: Voice) -> bytes:
    """Every session in force, and those that were withdrawn as canceled; the title says nothing
    of health. The same plans give the same bytes."""
    return calendar_feed(_parts(own), own.patient.code, voice, None)


def _parts(own: Own) -> Iterator[tuple[Edition, Plan | None]]:
    shifts = {shift.code for shift in own.register.shifts}
    stations = {station.code for station in own.register.stations}
    for week in own.weeks:
        rows = (*week.sessions, *(week.before or ()))
        if all(row.shift in shifts and row.station in stations for row in rows):
            yield _edition(own, week), _before(week)


def _edition(own: Own, week: Week) -> Edition:
    version = week.version
    return Edition(
        week.problem(own.register),
        Plan.of(version.first_day, version.weeks, week.sessions),
        Imprint(_stamp(week), version.number, version.author),
    )


def _before(week: Week) -> Plan | None:
    if week.before is None:
        return None
    return Plan.of(week.version.first_day, week.version.weeks, week.before)


def _stamp(week: Week) -> datetime:
    """When it came into force."""
    published = week.version.published
    at = week.version.created_at if published is None else published.at
    return at.replace(tzinfo=None)
