"""What a synthetic center is asked to be: its site, its people in numbers, its troubles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from domain.calendar import Span
from domain.center import Infection, Shift
from domain.patient import Frequency
from domain.rulebook import RuleRow
from domain.words import Label

FIRST_MONDAY = date(2026, 3, 2)
"""The Monday from which every sample waits to be planned."""

LAST_MONDAY = FIRST_MONDAY - timedelta(weeks=1)
"""The Monday of the week whose plan every sample brings along."""

ODD_MONDAY = date(2026, 1, 5)
"""From which the fortnight is counted; the week to be planned is an odd one."""

OLD_DAY = FIRST_MONDAY - timedelta(days=1)
"""The last day on which what has changed since was true."""


class Rhythm(StrEnum):
    """How often a patient comes."""

    ALTERNATE = "every other day"
    FIVE = "5 per fortnight"
    TWO = "2 a week"
    THREE = "3 a week"


@dataclass(frozen=True, slots=True)
class Demand:
    """Patients of a zone by rhythm."""

    three: int = 0
    two: int = 0
    five: int = 0
    alternate: int = 0

    def of(self, rhythm: Rhythm) -> int:
        """Patients of one rhythm."""
        match rhythm:
            case Rhythm.ALTERNATE:
                return self.alternate
            case Rhythm.FIVE:
                return self.five
            case Rhythm.TWO:
                return self.two
            case Rhythm.THREE:
                return self.three

    @property
    def patients(self) -> int:
        """All patients."""
        return self.three + self.two + self.five + self.alternate


@dataclass(frozen=True, slots=True)
class ZoneSize:
    """A zone to be built. `held` stations are kept free in every turn."""

    code: str
    name: Label
    admits: frozenset[Infection]
    stations: int
    demand: Demand
    held: int = 0


@dataclass(frozen=True, slots=True)
class Crew:
    """Nurses of a zone and shift on some weekdays, where they are not one to five."""

    zone: str
    shift: str
    weekdays: frozenset[int]
    nurses: int
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since last week's plan: shares of the patients or of the workers, and
    maintenance closures in turns of the week to be planned."""

    newcomers: float = 0.03
    job_changes: float = 0.05
    clashes: float = 0.05
    closures: int = 2


@dataclass(frozen=True, slots=True)
class CenterSpec:
    """A center to be made. Shares are of 1; `language` is that of free texts.

    `workshop` patients sew in a workshop in the same house; `workers` is the share of all
    patients with any job. `long` is the share with a prescription longer than four hours,
    where the shift they sit in allows it. `history` false gives the same center as if it had
    never been planned: no last week, no standing turns.
    """

    code: str
    name: Label
    address: Label
    zones: tuple[ZoneSize, ...]
    shifts: tuple[Shift, ...]
    crews: tuple[Crew, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    changes: Changes = field(default=Changes())
    language: Literal["en", "zh"] = "zh"
    workers: float = 0.4
    workshop: int = 0
    cleared: int = 0
    hdf_machines: float = 0.35
    hdf_patients: float = 0.2
    english_names: float = 0.04
    long: float = 0.05
    history: bool = True

    @property
    def machines(self) -> int:
        """Machines, one at every station."""
        return sum(zone.stations for zone in self.zones)

    @property
    def patients(self) -> int:
        """Patients, newcomers included."""
        return sum(zone.demand.patients for zone in self.zones)

    @property
    def slots(self) -> int:
        """Slots of a week, those held back or closed included."""
        return self.machines * sum(len(shift.weekdays) for shift in self.shifts)


FREQUENCIES = {
    Rhythm.ALTERNATE: Frequency(4, 3, every_other_day=True),
    Rhythm.TWO: Frequency(2, 2),
    Rhythm.THREE: Frequency(3, 3),
}
"""What is prescribed for a rhythm; five a fortnight depends on the patient's own fortnight."""
