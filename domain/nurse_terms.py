"""What a center states of its nurses' work: kinds of duty, contracts, crews, days away, wishes and
what is owed.

Working time is counted in minutes as the ward credits it: 480 are a day, whatever the clock
says between coming and going. Rest owed (欠休) is counted in the same minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from domain.calendar import Interval, Span, Turn, clock_interval
from domain.words import Label

DAY_MINUTES = 480
"""A day's work as it is credited."""
STEP_MINUTES = 30
"""The smallest part of an hour that is credited."""


@dataclass(frozen=True, slots=True)
class DutyKind:
    """A kind of duty. `code` is the ward's own mark (早, 白, 治), `shifts` the turns of the day
    in which the nurse cares for patients, `minutes` the working time that it counts.

    A duty without shifts, such as the treatment room, is filled with `nurses` on `weekdays`,
    whatever the plan says. An end at or before the start is on the next day.
    """

    code: str
    name: Label
    shifts: frozenset[str]
    start: time
    end: time
    minutes: int = DAY_MINUTES
    nurses: int = 0
    weekdays: frozenset[int] = frozenset(range(1, 8))

    def interval(self, day: date) -> Interval:
        """From coming to going."""
        return clock_interval(day, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Contract:
    """What is agreed with a nurse beyond working time: shifts (none named: all; one: fixed),
    most days in a week and in a row, most nights in a row, most weekends in four weeks."""

    nurse: str
    shifts: frozenset[str] = frozenset()
    most_days: int = 6
    most_in_row: int = 6
    most_nights: int = 3
    most_weekends: int = 4
    span: Span = Span()


class NurseDayKind(StrEnum):
    """What a row says of some days: three kinds of being away, three of wishing."""

    LEAVE = "leave"
    TRAINING = "training"
    ILL = "ill"
    OFF = "off"
    SHIFT = "shift"
    NOT_SHIFT = "not shift"


AWAY = frozenset({NurseDayKind.LEAVE, NurseDayKind.TRAINING, NurseDayKind.ILL})
"""Days on which nobody can be rostered; training counts as work, the others do not."""


@dataclass(frozen=True, slots=True)
class NurseDay:
    """Days on which a nurse is away, or wants something. `strength` is of a wish."""

    nurse: str
    kind: NurseDayKind
    span: Span
    shift: str | None = None
    strength: int = 1
    reason: str = ""


class NurseBurden(StrEnum):
    """What is shared fairly: rest owed in minutes; nights, late duties and weekends borne."""

    REST = "rest owed"
    NIGHT = "night"
    LATE = "late"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class NurseBalance:
    """What a nurse brings along into a roster: minutes of rest owed (less than 0: taken in
    advance), or how many nights, late duties or weekends in the months that count. The weeks
    of stored rosters from `day` on come on top; without a day, all of them."""

    nurse: str
    burden: NurseBurden
    amount: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class CrewRule:
    """What a zone (none named: the whole center) asks of a shift (none named: of each).

    With `patients`, a nurse for so many of them; with `nurses`, at least so many if anybody
    sits there; with `skill`, only nurses who have it count.
    """

    zone: str | None
    shift: str | None
    patients: int | None = None
    nurses: int = 0
    skill: str = ""
    span: Span = Span()

    def speaks_of(self, zone: str | None, turn: Turn) -> bool:
        """True if the row asks something of the zone in the turn."""
        return self.zone == zone and self.shift in (None, turn.shift) and turn.day in self.span
