"""Whom to call after a plan was repaired, in which order, and what to say in one short message.

A message names no patient, no place and nothing medical: whoever reads the telephone's screen
learns a day and an hour. One message is 70 characters where it holds Chinese, else 160.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.plan import Assignment
from domain.words import Say, Words, words

ONE_MESSAGE, ONE_PLAIN_MESSAGE = 70, 160
"""Characters of one short message: with Chinese or other letters in it, and with plain ones
only (GSM 03.38, UCS-2)."""

SOON = timedelta(hours=3)
"""A patient to whom something happens within this time is called at once."""


class CallUrgency(StrEnum):
    """How soon somebody must be told."""

    UNDERWAY = "on the way"
    NOW = "now"
    TODAY = "today"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class ToldSession:
    """A session as a patient is told of it: its place in the plan, when it begins, and when
    the patient should come through the door. Local time."""

    row: Assignment
    begins: datetime
    come: datetime


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One session that is at another time; without `before` it is added, without `after` it
    has no new time yet."""

    before: ToldSession | None
    after: ToldSession | None

    @property
    def first(self) -> datetime:
        """The earlier of the two beginnings."""
        told = (one for one in (self.before, self.after) if one is not None)
        return min((one.begins for one in told), default=datetime.min)


@dataclass(frozen=True, slots=True)
class Call:
    """One patient to be told. `texts` are what one message may say, fullest first: the first
    that fits into a message is sent. The last names no session and always fits."""

    patient: str
    urgency: CallUrgency
    changes: tuple[ToldChange, ...]
    texts: tuple[Words, ...]

    @property
    def before(self) -> tuple[Assignment, ...]:
        """The sessions that are not held as planned."""
        return tuple(one.before.row for one in self.changes if one.before is not None)

    @property
    def after(self) -> tuple[Assignment, ...]:
        """The sessions that are new."""
        return tuple(one.after.row for one in self.changes if one.after is not None)

    @property
    def first(self) -> datetime:
        """When the first thing happens of which the patient must know."""
        return min(change.first for change in self.changes)


def call_of(
    patient: str, changes: tuple[ToldChange, ...], now: datetime, underway: bool, phone: str
) -> Call:
    """The call about some changes, earliest first; there is at least one."""
    ordered = tuple(sorted(changes, key=lambda one: one.first))
    urgency = _urgency(ordered[0].first, now, underway)
    return Call(patient, urgency, ordered, tuple(_texts(ordered, phone)))


def by_urgency(calls: tuple[Call, ...]) -> tuple[Call, ...]:
    """In the order in which to call: who is on the way, then by what happens first."""
    rank = tuple(CallUrgency)
    return tuple(sorted(calls, key=lambda one: (rank.index(one.urgency), one.first, one.patient)))


def sms(call: Call, say: Say) -> str:
    """The fullest of the call's texts that is one message in the language of `say`.

    Raises ValueError if none is: a catalog whose shortest text is too long.
    """
    for text in call.texts:
        said = say(text)
        if len(said) <= one_message(said):
            return said
    raise ValueError(f"no text about {call.patient} fits into one message")


def one_message(text: str) -> int:
    """How many characters a single message with these letters has room for."""
    return ONE_PLAIN_MESSAGE if text.isascii() else ONE_MESSAGE


def _urgency(first: datetime, now: datetime, underway: bool) -> CallUrgency:
    if underway:
        return CallUrgency.UNDERWAY
    if first <= now + SOON:
        return CallUrgency.NOW
    return CallUrgency.TODAY if first.date() == now.date() else CallUrgency.LATER


def _texts(changes: tuple[ToldChange, ...], phone: str) -> Iterator[Words]:
    parts = tuple(_said(change) for change in changes)
    if phone:
        yield words("Change of time: {changes}. Questions: {phone}.", changes=parts, phone=phone)
    yield words("Change of time: {changes}.", changes=parts)
    if len(parts) > 1:
        yield words("Change of time: {change}; more by telephone.", change=parts[0])
    yield words("Your times this week change, please call us.")


def _said(change: ToldChange) -> Words:
    match change:
        case ToldChange(None, ToldSession() as after):
            return words(
                "please come on {day} {come}, start {begins}",
                day=_day(after.begins), come=_clock(after.come), begins=_clock(after.begins),
            )  # fmt: skip
        case ToldChange(ToldSession() as before, None):
            return words(
                "{day} {begins} is not possible, do not come; we will call you",
                day=_day(before.begins), begins=_clock(before.begins),
            )  # fmt: skip
        case ToldChange(ToldSession() as before, ToldSession() as after):
            return words(
                "not {day} {begins} but {other} {start}, come at {come}",
                day=_day(before.begins), begins=_clock(before.begins), other=_day(after.begins),
                start=_clock(after.begins), come=_clock(after.come),
            )  # fmt: skip
    raise ValueError("a change of nothing")


def _day(moment: datetime) -> Words:
    """Month and day, as short as a language says it."""
    return words("{month}-{day}", month=moment.month, day=moment.day)


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M")
