"""The week to be planned, as it is being planted: who sits where, and for whom what is legal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from db.sample.chains import Seat
from db.sample.people import Person, able_stations, last_shifts
from db.sample.spec import CenterSpec
from db.sample.work import Frame, fits
from domain.center import Modality
from domain.patient import Absence, Night
from domain.register import Register


@dataclass
class Week:
    """State of the planting. `seats` holds who has a place; whoever has been part of a change
    is `touched` and left alone from then on."""

    spec: CenterSpec
    site: Register
    frame: Frame
    rng: Random
    people: dict[str, Person]
    seats: dict[str, tuple[Seat, ...]]
    newcomers: frozenset[str]
    touched: set[str] = field(default_factory=set)
    absences: list[Absence] = field(default_factory=list)

    @cached_property
    def night(self) -> frozenset[str]:
        """Codes of the night shifts."""
        return frozenset(shift.code for shift in self.spec.shifts if shift.night)

    @cached_property
    def groups(self) -> dict[tuple[str, tuple[int, ...]], list[str]]:
        """Everybody by zone and session days; exchanges do not change it."""
        found: defaultdict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
        for code, seats in self.seats.items():
            found[self.people[code].chain.zone, weekdays(seats)].append(code)
        return found

    def may_sit(self, person: Person, seats: Sequence[Seat]) -> bool:
        """True if the seats suit the person's word, prescription, status and work."""
        shifts = {seat.shift for seat in seats}
        return (
            (person.patient.night is not Night.NEVER or not shifts & self.night)
            and all(person.minutes <= self.frame.shifts[shift][1] for shift in shifts)
            and (
                person.modality is Modality.HD or all(seat.station in self._able for seat in seats)
            )
            and (not person.cleared or all(s.shift == self._last[s.weekday] for s in seats))
            and fits(self.frame, person.habits, person.jobs, seats, ())
        )

    @cached_property
    def _able(self) -> frozenset[str]:
        return able_stations(self.site)

    @cached_property
    def _last(self) -> dict[int, str]:
        return last_shifts(self.spec.shifts)


def weekdays(seats: Sequence[Seat]) -> tuple[int, ...]:
    """The weekdays of a week's seats."""
    return tuple(seat.weekday for seat in seats)
