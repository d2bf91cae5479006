"""On which days a center treats anybody at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.calendar import Turn, days_from
from domain.center import Closure, Shift, Station
from domain.register import Register

FAR = 60
"""Days that are looked through for one on which the center is open; a center that is shut for
longer than that is asked on every day."""


@dataclass(frozen=True, slots=True)
class OpenDays:
    """The days on which at least one shift runs at some station that no closure shuts. Of a
    center that states no shifts nobody can say, and every day counts."""

    shifts: tuple[Shift, ...] = ()
    stations: tuple[Station, ...] = ()
    closures: tuple[Closure, ...] = ()

    @staticmethod
    def of(register: Register) -> OpenDays:
        """Those of a center as its register states them."""
        return OpenDays(register.shifts, register.stations, register.closures)

    def __contains__(self, day: date) -> bool:
        if not (self.shifts and self.stations):
            return True
        shut = [closure for closure in self.closures if day in closure.span]
        running = [Turn(day, one.code) for one in self.shifts if day.isoweekday() in one.weekdays]
        return any(
            not any(closure.shuts(turn, station) for closure in shut)
            for turn in running
            for station in self.stations
        )

    def first_from(self, day: date) -> date:
        """The first of them, from `day` on."""
        return next((one for one in days_from(day, FAR) if one in self), day)


EVERY_DAY = OpenDays()
"""Where nothing is known of the center's hours."""
