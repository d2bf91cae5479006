"""The site: zones, shifts, stations, machines, and what closes or holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from domain.calendar import Interval, Span, Turn, clock_interval
from domain.words import Label, Words


class Infection(StrEnum):
    """What the blood tests say of a patient on a day; a zone lists those it admits."""

    NEGATIVE = "negative"
    UNKNOWN = "unknown"
    CLEARED = "cleared"
    HBV = "hbv"
    HCV = "hcv"
    SYPHILIS = "syphilis"
    HIV = "hiv"


class Modality(StrEnum):
    """What a machine can do and a prescription asks for."""

    HD = "HD"
    HDF = "HDF"
    HF = "HF"
    HP = "HP"


@dataclass(frozen=True, slots=True)
class Center:
    """One site with its own calendar."""

    code: str
    name: Label
    timezone: str
    odd_monday: date
    phone: str = ""
    address: Label = Label("", "")
    arrive_before_minutes: int = 30
    leave_after_minutes: int = 20
    partial_weeks: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """Stations under one infection rule."""

    code: str
    name: Label
    admits: frozenset[Infection]


@dataclass(frozen=True, slots=True)
class Shift:
    """A turn of the day. `weekdays` are ISO numbers, Monday 1; an end at or before the start
    is on the next day. The window holds the session and the turnover after it."""

    code: str
    name: Label
    start: time
    end: time
    weekdays: frozenset[int]
    turnover_minutes: int
    night: bool = False
    early: bool = False

    def interval(self, day: date) -> Interval:
        """The window of the shift that starts on `day`."""
        return clock_interval(day, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Station:
    """A chair or bed position; the machine standing at it may change, the station does not."""

    code: str
    zone: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """A device with a serial number."""

    code: str
    serial: str
    model: str
    modalities: frozenset[Modality]


@dataclass(frozen=True, slots=True)
class Placement:
    """Which machine stands at which station, from when to when."""

    machine: str
    station: str
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Closure:
    """Something shut on some days: the whole center, or only what is named. The reason is as
    the center wrote it, or the program's own words where care shuts a machine."""

    span: Span
    reason: str | Words
    shift: str | None = None
    zone: str | None = None
    station: str | None = None

    def shuts(self, turn: Turn, station: Station) -> bool:
        """True if nobody may sit at the station in the turn because of this closure."""
        then = turn.day in self.span and self.shift in (None, turn.shift)
        return then and self.concerns(station)

    def concerns(self, station: Station) -> bool:
        """True if it shuts the station in any turn at all."""
        return self.zone in (None, station.zone) and self.station in (None, station.code)


@dataclass(frozen=True, slots=True)
class Hold:
    """Stations of a zone kept free for emergencies or a promised guest."""

    zone: str
    stations: int
    reason: str
    shift: str | None = None
    span: Span = Span()

    def keeps(self, turn: Turn) -> bool:
        """True if the stations are kept free in the turn."""
        return turn.day in self.span and self.shift in (None, turn.shift)


@dataclass(frozen=True, slots=True)
class Staffing:
    """Nurses who care for patients of one zone on one shift; no crossing within a shift."""

    zone: str
    shift: str
    nurses: int
    weekdays: frozenset[int]
    span: Span = Span()

    def covers(self, zone: str, turn: Turn) -> bool:
        """True if the row speaks of the zone in the turn."""
        return (
            self.zone == zone
            and self.shift == turn.shift
            and turn.day.isoweekday() in self.weekdays
            and turn.day in self.span
        )


@dataclass(frozen=True, slots=True)
class Nurse:
    """Who can be rostered, and for what."""

    code: str
    name: str
    zones: frozenset[str]
    skills: frozenset[str] = frozenset()
    weekly_minutes: int = 2400
