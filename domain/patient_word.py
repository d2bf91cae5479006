"""What a patient says to the center: an answer about a session, a wish, a trip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import Turn


class Answer(StrEnum):
    """To "will you come?"."""

    COMING = "coming"
    LATE = "late"
    CANNOT = "cannot"


class RequestKind(StrEnum):
    """What a patient may ask for."""

    WISH = "wish"
    TRIP = "trip"


class Decision(StrEnum):
    """What became of a request."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class PatientAnswer:
    """The newest one about a session counts; older ones are kept."""

    patient: str
    turn: Turn
    answer: Answer
    minutes_late: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PatientRequest:
    """A wish for other weekdays or another shift, or a trip from one day to another. `shift` is
    empty and `weekdays` too where they do not matter."""

    number: int
    patient: str
    kind: RequestKind
    weekdays: frozenset[int]
    shift: str
    first_day: date | None
    last_day: date | None
    text: str
    at: datetime
    decision: Decision = Decision.OPEN
    decided_by: str = ""
    reply: str = ""
    decided_at: datetime | None = None
