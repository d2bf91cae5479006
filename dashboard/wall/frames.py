"""Moments as messages of a stream (text/event-stream)."""

from __future__ import annotations

from enum import StrEnum

from dashboard.wall.corridor import corridor
from dashboard.wall.looking import Moment
from dashboard.wall.payload import encoded, refused, wall
from dashboard.wall.sparks import Sparks
from db.sheets.edition import Voice
from domain.words import words

HELLO = b"retry: 1000\n\n"
"""Sent first: how many milliseconds a browser waits before it asks again."""


class Kind(StrEnum):
    """Who watches: the staff, the staff's own room where nobody signs in, or anybody."""

    STAFF = "staff"
    STATION = "station"
    CORRIDOR = "corridor"


def shown(moment: Moment, kind: Kind, voice: Voice) -> dict[str, object]:
    """What a page of that kind gets to know of a moment."""
    if moment.seen is None:
        unread = words("What is stored cannot be read just now.")
        return refused(moment.at, moment.reasons if kind is Kind.STAFF else (unread,), voice)
    if kind is Kind.CORRIDOR:
        return corridor(moment.seen, voice.say)
    return wall(moment.seen, moment.floor, voice, names=kind is Kind.STAFF)


def frame(moment: Moment, kind: Kind, voice: Voice) -> bytes:
    """The message of a turn."""
    return _message("turn", shown(moment, kind, voice))


def spark_frame(sparks: Sparks) -> bytes:
    """The message with every machine's half hour."""
    return _message("sparks", course(sparks))


def course(sparks: Sparks) -> dict[str, object]:
    """The same as data."""
    return {"end": sparks.end, "lines": sparks.lines}


def _message(event: str, payload: object) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (event.encode(), encoded(payload))
