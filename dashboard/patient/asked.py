"""What a patient sends: read, and refused in words where it cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dashboard.patient.own import News, Own, Visit
from domain.calendar import Turn
from domain.patient_word import Answer, Decision, PatientAnswer, PatientRequest, RequestKind
from domain.words import Words, words

LONGEST = 300
"""Characters of a text; what is longer is for the telephone."""
MOST_OPEN = 10
"""Requests of one patient that nobody has decided on yet."""
FURTHEST = timedelta(days=366)
MINUTES = (15, 30, 60, 90)
"""By how much somebody may say to be late."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was kept; what was typed goes back into the form."""

    reasons: tuple[Words, ...]


def read_answer(own: Own, fields: Mapping[str, str], now: datetime) -> PatientAnswer | Refused:
    """An answer about one of the sessions on the page."""
    visit = _visit(own, fields)
    kind = next((one for one in Answer if one.value == fields.get("answer")), None)
    if visit is None or kind is None:
        return Refused((words("This appointment has changed meanwhile; please look again."),))
    late = fields.get("minutes", "")
    minutes = int(late) if kind is Answer.LATE and late in map(str, MINUTES) else 0
    if kind is Answer.LATE and not minutes:
        return Refused((words("Please say by how many minutes you will be late."),))
    return PatientAnswer(own.patient.code, visit.turn, kind, minutes, now)


def read_wish(own: Own, fields: Mapping[str, str], now: datetime) -> PatientRequest | Refused:
    """Other weekdays, another shift, or something in words."""
    days = frozenset(day for day in range(1, 8) if fields.get(f"day{day}") == "1")
    shift, text = fields.get("shift", ""), fields.get("text", "").strip()
    reasons = [*_too_many(own), *_bad_text(text)]
    if shift and shift not in {one.code for one in own.register.shifts}:
        reasons.append(words("This time of day is not offered any more; please choose again."))
    if not days and not shift and not text:
        reasons.append(words("Please choose days or a time of day, or write what you wish."))
    if reasons:
        return Refused(tuple(reasons))
    code = own.patient.code
    return PatientRequest(0, code, RequestKind.WISH, days, shift, None, None, text, now)


def read_trip(
    own: Own, fields: Mapping[str, str], today: date, now: datetime
) -> PatientRequest | Refused:
    """Days away, and where."""
    first, last = _date(fields.get("first", "")), _date(fields.get("last", ""))
    text = fields.get("text", "").strip()
    reasons = [*_too_many(own), *_bad_text(text), *_bad_days(first, last, today)]
    if not text:
        reasons.append(words("Please write where you are going."))
    if reasons:
        return Refused(tuple(reasons))
    code = own.patient.code
    return PatientRequest(0, code, RequestKind.TRIP, frozenset(), "", first, last, text, now)


def _visit(own: Own, fields: Mapping[str, str]) -> Visit | None:
    day = _date(fields.get("day", ""))
    if day is None:
        return None
    turn = Turn(day, fields.get("shift", ""))
    meant = (one for one in own.visits if one.turn == turn and one.news is not News.CANCELED)
    return next(meant, None)


def _too_many(own: Own) -> Iterator[Words]:
    waiting = sum(one.decision is Decision.OPEN for one in own.requests)
    if waiting >= MOST_OPEN:
        yield words("{count} of your requests are still open; please call us.", count=waiting)


def _bad_text(text: str) -> Iterator[Words]:
    if len(text) > LONGEST:
        yield words(
            "The text has {length} characters; at most {most} fit. Please call us if it is long.",
            length=len(text),
            most=LONGEST,
        )
    if any(not char.isprintable() and char not in "\r\n\t" for char in text):
        yield words("The text has characters that cannot be shown.")


def _bad_days(first: date | None, last: date | None, today: date) -> Iterator[Words]:
    if first is None or last is None:
        yield words("Please give the first and the last day of the trip.")
        return
    if last < first:
        yield words("The last day of the trip is before the first.")
    if first < today:
        yield words("The first day of the trip is over already.")
    if last > today + FURTHEST:
        yield words("The trip ends more than a year from now; please ask nearer to it.")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-01") else None
    except ValueError:
        return None
