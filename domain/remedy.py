"""What a center can do when not everybody fits: changes of the week, as data.

A remedy says what is changed and nothing of whether it helps; `remedied` makes the problem
that would then be, and only solving that one again tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar import Turn
from domain.center import Modality, Shift


class RemedyKind(StrEnum):
    """Which sort of change: what a center may ask to be tried."""

    EXTRA_SHIFT = "extra shift"
    NIGHT = "night"
    MACHINES = "machines"
    NURSES = "nurses"
    FEWER = "fewer sessions"
    GUESTS = "guests elsewhere"


@dataclass(frozen=True, slots=True, order=True)
class Crew:
    """Nurses who come in addition to those that the center states, and the zone they are for."""

    zone: str
    nurses: int


@dataclass(frozen=True, slots=True)
class ExtraShift:
    """Shifts of the center in turns in which they do not run, a Sunday say, in the zones that
    have a crew and in no other. A closure that shuts the turn still shuts it."""

    turns: tuple[Turn, ...]
    crews: tuple[Crew, ...]


@dataclass(frozen=True, slots=True)
class OpenNight:
    """A shift of the evening or night that the center does not have, on its weekdays, in the
    zones that have a crew and in no other."""

    shift: Shift
    crews: tuple[Crew, ...]


@dataclass(frozen=True, slots=True)
class MoreMachines:
    """Further stations in a zone, each with a machine of these abilities, from the horizon's
    first day on."""

    zone: str
    count: int
    modalities: frozenset[Modality]


@dataclass(frozen=True, slots=True)
class MoreNurses:
    """Further nurses in a zone, on one shift, on some days. Where the center states no nurses
    there is no limit that they could lift, and nothing changes."""

    zone: str
    shift: str
    days: tuple[date, ...]
    nurses: int


@dataclass(frozen=True, slots=True)
class FewerSessions:
    """Five sessions a fortnight instead of six, from the horizon's first day on: two in the odd
    weeks for those named first, two in the even weeks for the others. Only for patients whom
    the doctor has listed; `source` says who allowed it, and when."""

    odd: tuple[str, ...]
    even: tuple[str, ...]
    source: str

    @property
    def patients(self) -> tuple[str, ...]:
        """Everybody who gives up a session a fortnight."""
        return (*self.odd, *self.even)


@dataclass(frozen=True, slots=True)
class GuestElsewhere:
    """Patients whom another center treats during the whole horizon. Promises made to them here
    lapse; whether another center has a place is for that center to say."""

    patients: tuple[str, ...]


Remedy = ExtraShift | OpenNight | MoreMachines | MoreNurses | FewerSessions | GuestElsewhere


def kind_of(remedy: Remedy) -> RemedyKind:
    """The sort that a remedy is of."""
    match remedy:
        case ExtraShift():
            return RemedyKind.EXTRA_SHIFT
        case OpenNight():
            return RemedyKind.NIGHT
        case MoreMachines():
            return RemedyKind.MACHINES
        case MoreNurses():
            return RemedyKind.NURSES
        case FewerSessions():
            return RemedyKind.FEWER
        case GuestElsewhere():
            return RemedyKind.GUESTS
