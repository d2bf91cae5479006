"""The patient: access, serology, prescription, habits, wishes and times away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from domain.calendar import Interval, Parity, Span, clock_interval
from domain.center import Modality


class AccessKind(StrEnum):
    """Vascular access: native fistula, graft, tunneled catheter, temporary catheter."""

    AVF = "AVF"
    AVG = "AVG"
    TCC = "TCC"
    NCC = "NCC"


class Night(StrEnum):
    """A patient's word on night sessions."""

    NEVER = "never"
    ACCEPTS = "accepts"
    VOLUNTEERS = "volunteers"


class Priority(StrEnum):
    """Medical priority when not everybody has a place, set by the doctor."""

    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Patient:
    """Who. `travel_minutes` is one way between home and center; `recovery_minutes` the
    patient's own answer to how long after a session work is possible again."""

    code: str
    name: str
    night: Night = Night.NEVER
    priority: Priority = Priority.NORMAL
    access: AccessKind = AccessKind.AVF
    travel_minutes: int = 0
    recovery_minutes: int = 120
    span: Span = Span()
    phone: str = ""
    language: str = "zh"


class Marker(StrEnum):
    """Blood tests that decide the zone."""

    HBSAG = "HBsAg"
    HBV_DNA = "HBV-DNA"
    ANTI_HCV = "anti-HCV"
    HCV_RNA = "HCV-RNA"
    SYPHILIS = "syphilis"
    HIV = "HIV"


@dataclass(frozen=True, slots=True)
class Serology:
    """One report. The day is that of the blood sample."""

    patient: str
    marker: Marker
    positive: bool
    day: date
    laboratory: str = ""


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often: sessions in the odd and in the even week, or every other day."""

    odd: int
    even: int
    every_other_day: bool = False

    def in_week(self, parity: Parity) -> int:
        """Sessions in an odd or an even week; not defined for every other day."""
        return self.odd if parity is Parity.ODD else self.even

    @property
    def per_fortnight(self) -> int:
        """Sessions in two weeks; every other day is seven."""
        return 7 if self.every_other_day else self.odd + self.even


@dataclass(frozen=True, slots=True)
class Prescription:
    """What is to be done and how often, from a day on."""

    patient: str
    frequency: Frequency
    minutes: int
    modality: Modality = Modality.HD
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Pattern:
    """One standing turn of a patient: habit, not need."""

    patient: str
    weekday: int
    shift: str
    station: str | None = None
    parity: Parity = Parity.EVERY


class WishKind(StrEnum):
    """What a patient may ask for; `value` of the wish says which."""

    SHIFT = "shift"
    NOT_SHIFT = "not shift"
    WEEKDAY = "weekday"
    NOT_WEEKDAY = "not weekday"
    LONG_GAP = "long gap"
    COMPANION = "companion"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish with its strength, 1 (would like) to 3 (badly wants)."""

    patient: str
    kind: WishKind
    value: str
    strength: int = 1


@dataclass(frozen=True, slots=True)
class Absence:
    """Days, or hours of days, on which the patient cannot come."""

    patient: str
    span: Span
    reason: str
    weekdays: frozenset[int] = frozenset(range(1, 8))
    start: time | None = None
    end: time | None = None

    def interval(self, day: date) -> Interval | None:
        """When on `day` the patient cannot come; `None` if the day is free."""
        if day not in self.span or day.isoweekday() not in self.weekdays:
            return None
        return clock_interval(day, self.start or time.min, self.end or time.min)


@dataclass(frozen=True, slots=True)
class WorkShift:
    """An employer's or workshop's hours. `travel_minutes` is one way between work and
    center, `changing_minutes` for hands and clothes; both apply before and after."""

    patient: str
    weekdays: frozenset[int]
    start: time
    end: time
    travel_minutes: int = 0
    changing_minutes: int = 0
    span: Span = Span()
    parity: Parity = Parity.EVERY
    workshop: bool = False

    @property
    def transfer_minutes(self) -> int:
        """Minutes between leaving work and standing ready at the center, or back."""
        return self.travel_minutes + self.changing_minutes

    def interval(self, day: date, parity: Parity) -> Interval | None:
        """The working hours that start on `day` of an odd or even week, if there are any."""
        works = (
            day in self.span and day.isoweekday() in self.weekdays and self.parity.covers(parity)
        )
        return clock_interval(day, self.start, self.end) if works else None


class Burden(StrEnum):
    """Turns that nobody likes and that are shared fairly."""

    NIGHT = "night"
    EARLY = "early"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many turns of a burden a patient has borne in the months that count."""

    patient: str
    burden: Burden
    turns: int
