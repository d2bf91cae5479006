"""What may happen to a week that is planned and under way, one frozen class for each kind.

A trouble is what somebody reports, not what is to be done about it: `domain.troubled` says what
it means for the center, `scheduler.repair` mends the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import Interval, Turn


@dataclass(frozen=True, slots=True)
class StationOut:
    """Nobody can be treated at a station from a moment on; without an end, until further word.
    A machine that fails is the stations at which it stands. Local time of the center."""

    station: str
    start: datetime
    end: datetime | None = None

    @property
    def hours(self) -> Interval:
        """From when to when."""
        return Interval(self.start, self.end or datetime.max)


@dataclass(frozen=True, slots=True)
class NurseMissing:
    """So many of the zone's nurses do not come to a turn."""

    zone: str
    turn: Turn
    nurses: int = 1


@dataclass(frozen=True, slots=True)
class ShiftClosed:
    """A turn is not held, in one zone or in the whole center."""

    turn: Turn
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class WaterOff:
    """No treatment water, or no power, in the whole center. Local time."""

    start: datetime
    end: datetime

    @property
    def hours(self) -> Interval:
        """From when to when."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True)
class PatientAway:
    """A patient cannot come on whole days, as in hospital; without a last day, until back."""

    patient: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class PatientLate:
    """A patient will begin a session so many minutes after the turn does."""

    patient: str
    turn: Turn
    minutes: int


@dataclass(frozen=True, slots=True)
class PatientMissed:
    """A patient did not come, or the session was broken off: a make-up is owed."""

    patient: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class PatientBack:
    """A patient who was away can come again from a day on."""

    patient: str
    first: date


@dataclass(frozen=True, slots=True)
class PatientJoins:
    """A patient known to the register belongs to the center from a day on, in mid-week."""

    patient: str
    first: date


Trouble = (
    StationOut
    | NurseMissing
    | ShiftClosed
    | WaterOff
    | PatientAway
    | PatientLate
    | PatientMissed
    | PatientBack
    | PatientJoins
)
"""Anything that may happen."""
