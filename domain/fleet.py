"""Several machines at once: when it is the water loop or the mains, and not the machines.

A suspicion, with the machines and moments that it rests on; somebody has to go and look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from domain.alarm import Direction
from domain.alarm_life import AlarmLife
from domain.words import Words, words

WINDOW = timedelta(seconds=60)
"""Alarms that have one cause begin within this (a service guide of a maker of machines:
several machines low in flow at once means water)."""
SEVERAL = 3
"""Machines that are several; two may be chance."""


class Suspect(StrEnum):
    """What several machines have in common."""

    WATER_LOOP = "water loop"
    MAINS = "mains power"


@dataclass(frozen=True, slots=True, order=True)
class Onset:
    """A machine's alarm as it began."""

    at: datetime
    machine: str
    code: str
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class FleetPattern:
    """A common cause that several machines point to, in the order in which they did."""

    suspect: Suspect
    onsets: tuple[Onset, ...]

    @property
    def machines(self) -> tuple[str, ...]:
        """Each machine once, by name."""
        return tuple(sorted({onset.machine for onset in self.onsets}))

    def said(self, zone: tzinfo) -> Words:
        """What to suspect, with times by the clock of `zone`."""
        count, machines = len(self.machines), self.machines
        first = self.onsets[0].at.astimezone(zone)
        seconds = int((self.onsets[-1].at - self.onsets[0].at).total_seconds())
        if self.suspect is Suspect.MAINS:
            return words(
                "{count} machines lost power within {seconds} s from {first}: {machines}."
                " Suspect the mains, not the machines.",
                count=count, seconds=seconds, first=first, machines=machines,
            )  # fmt: skip
        return words(
            "{count} machines with low dialysate flow or wrong conductivity within {seconds} s"
            " from {first}: {machines}. Suspect the water loop, not the machines.",
            count=count, seconds=seconds, first=first, machines=machines,
        )  # fmt: skip


def onsets(lives: Iterable[AlarmLife]) -> tuple[Onset, ...]:
    """The latest begin of each alarm, earliest first."""
    found = (Onset(life.began, life.machine, life.code, life.direction) for life in lives)
    return tuple(sorted(found, key=_order))


def patterns(
    found: Iterable[Onset], window: timedelta = WINDOW, several: int = SEVERAL
) -> tuple[FleetPattern, ...]:
    """Every common cause, latest first. Alarms belong together if some span of `window` holds
    them and those of at least `several` different machines; spans that share an alarm are one
    pattern."""
    alarms = sorted(found, key=_order)
    seen = [
        FleetPattern(suspect, group)
        for suspect in Suspect
        for group in _groups([one for one in alarms if _points_to(one) is suspect], window, several)
    ]
    return tuple(sorted(seen, key=lambda one: (one.onsets[0].at, one.suspect), reverse=True))


def _points_to(onset: Onset) -> Suspect | None:
    if onset.code == "power":
        return Suspect.MAINS
    low_flow = onset.code == "dialysate_flow" and onset.direction is not Direction.HIGH
    return Suspect.WATER_LOOP if low_flow or onset.code == "conductivity" else None


def _groups(
    alarms: Sequence[Onset], window: timedelta, several: int
) -> Iterable[tuple[Onset, ...]]:
    group: dict[int, Onset] = {}
    for start, first in enumerate(alarms):
        inside = {
            index: one for index, one in enumerate(alarms[start:], start)
            if one.at - first.at <= window
        }  # fmt: skip
        if len({one.machine for one in inside.values()}) < several:
            continue
        if group and not group.keys() & inside.keys():
            yield tuple(group.values())
            group = {}
        group |= inside
    if group:
        yield tuple(group.values())


def _order(onset: Onset) -> tuple[datetime, str, str]:
    return (onset.at, onset.machine, onset.code)
