"""What does not fit: capacity in numbers, inputs that clash, and who stays out and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar import Turn
from domain.center import Modality
from domain.words import Words

# --- arithmetic before any plan ---------------------------------------------------------------


class Cap(StrEnum):
    """What keeps more patients from sitting in a place: stations, nurses, or seats kept free."""

    STATIONS = "stations"
    NURSES = "nurses"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Place:
    """Seats of one zone: in one shift or in all, on some days or on every day that it runs,
    at the stations named or at all. `seats` counts all of these turns together."""

    zone: str
    shift: str | None
    days: tuple[date, ...]
    stations: tuple[str, ...]
    seats: int
    cap: Cap
    words: Words


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A proof that sessions are missing in every plan.

    Of the sessions that these patients want, `needed` can be nowhere but in these places,
    which have `seats`; at least `out` of the patients go short. Without places, it is the
    patient's own week that is too narrow for more than `seats` sessions.
    """

    patients: tuple[str, ...]
    wanted: int
    needed: int
    seats: int
    short: int
    out: int
    places: tuple[Place, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Tally:
    """Wanted against possible for a part of the horizon: the zones (none: patients for whom
    there is no legal seat), modality, shift, day or week that is named.

    `wanted` sessions can be nowhere else, `most` could be here if everybody came who can. Of
    the open `stations`, counted turn by turn, some are `held` back and some `unstaffed`, which
    leaves the `possible` seats. At least `short` sessions are missing in every plan, as the
    `shortfalls` prove; that can be more than the difference, never less.
    """

    wanted: int
    most: int
    stations: int
    held: int
    unstaffed: int
    possible: int
    short: int
    cap: Cap
    shortfalls: tuple[Shortfall, ...]
    zones: tuple[str, ...] | None = None
    modality: Modality | None = None
    shift: str | None = None
    day: date | None = None
    monday: date | None = None


@dataclass(frozen=True, slots=True)
class Capacity:
    """The whole horizon and its parts. In every plan at least `short` sessions are missing and
    at least `patients` patients go short of what they want."""

    total: Tally
    weeks: tuple[Tally, ...]
    zones: tuple[Tally, ...]
    modalities: tuple[Tally, ...]
    shifts: tuple[Tally, ...]
    days: tuple[Tally, ...]
    short: int
    patients: int


# --- inputs that clash ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """What one rule makes of a patient's own data."""

    rule: str
    title: Words
    words: Words
    source: str


class ClashKind(StrEnum):
    """What is wrong with the input."""

    NO_PRESCRIPTION = "no prescription"
    NO_ZONE = "no zone"
    NO_WEEK = "no week"
    PROMISE = "promise"
    PROMISED_TWICE = "promised twice"


@dataclass(frozen=True, slots=True)
class Clash:
    """Inputs that no plan can bring together.

    The facts are a smallest set: together they leave no legal week, and without any one of
    them there is one. `left` are the turns in which the patient could sit at all.
    """

    kind: ClashKind
    patients: tuple[str, ...]
    monday: date
    wanted: int
    facts: tuple[Fact, ...]
    left: tuple[Turn, ...]
    words: Words


# --- after the plan ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A place that a patient would need and that is full, with how many sit there."""

    place: Place
    taken: int
    words: Words


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A patient's week with fewer sessions than wanted, and why, in one sentence.

    The obstacles are a smallest set of full places: each of the `weeks` that would be better
    needs one of them. No obstacle but `room` means that the patient could be placed after all,
    in these turns. `shortfall` proves that somebody among those like this patient goes short.
    """

    patient: str
    monday: date
    wanted: int
    planned: int
    missing: int
    weeks: int
    obstacles: tuple[Obstacle, ...]
    room: tuple[Turn, ...]
    clash: Clash | None
    shortfall: Shortfall | None
    words: Words
