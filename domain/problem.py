"""Everything the planner needs for some weeks, frozen, with the questions rules ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from domain.by_patient import by_patient
from domain.calendar import Interval, Parity, Turn, days_from, week_parity
from domain.center import Closure, Infection, Modality, Placement, Shift, Station
from domain.choreography import UNSTAGGERED, Choreography
from domain.infection import infection_status
from domain.patient import (
    Absence,
    Burden,
    Patient,
    Pattern,
    Prescription,
    Serology,
    Wish,
    WorkShift,
)
from domain.plan import Assignment, Lock
from domain.register import Register
from domain.rulebook import STANDARD_ROWS, RuleRow, rule_row
from domain.words import Words, words


@dataclass(frozen=True)
class Problem:
    """A register and the weeks to plan. `first_day` is a Monday; history is whatever sessions of
    the register lie before it. `choreography` says who begins later than the shift."""

    register: Register
    first_day: date
    weeks: int = 1
    choreography: Choreography = UNSTAGGERED

    def __post_init__(self) -> None:
        if self.first_day.isoweekday() != 1 or self.weeks < 1:
            raise ValueError(f"weeks start on a Monday, not {self.first_day}, and are 1 or more")

    # --- time -------------------------------------------------------------------------------

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of the horizon."""
        return tuple(days_from(self.first_day, 7 * self.weeks))

    @property
    def end_day(self) -> date:
        """The Monday after the horizon."""
        return self.first_day + timedelta(weeks=self.weeks)

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        """The Monday of each week of the horizon."""
        return self.days[::7]

    @cached_property
    def shift(self) -> Mapping[str, Shift]:
        """Shifts by code."""
        return {shift.code: shift for shift in self.register.shifts}

    def turns_on(self, day: date) -> tuple[Turn, ...]:
        """The turns that the center's shifts give on any day, by start; closures not counted."""
        running = (s for s in self.register.shifts if day.isoweekday() in s.weekdays)
        return tuple(Turn(day, s.code) for s in sorted(running, key=lambda s: (s.start, s.code)))

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Every turn of the horizon by start."""
        return tuple(turn for day in self.days for turn in self.turns_on(day))

    def parity(self, day: date) -> Parity:
        """Odd or even week, by the center's own count."""
        return week_parity(day, self.register.center.odd_monday)

    def session(self, patient: str, turn: Turn) -> Interval:
        """From needle-in to needle-out if the patient sits in the turn."""
        start = self.shift[turn.shift].interval(turn.day).start
        start += self.choreography.delay(patient, turn)
        return Interval(start, start + timedelta(minutes=self.minutes(patient, turn.day)))

    def presence(self, patient: str, turn: Turn) -> Interval:
        """From coming through the door to leaving it."""
        center = self.register.center
        return self.session(patient, turn).widened(
            center.arrive_before_minutes, center.leave_after_minutes
        )

    # --- people -----------------------------------------------------------------------------

    @cached_property
    def patient(self) -> Mapping[str, Patient]:
        """Patients by code who belong to the center on some day of the horizon."""
        return {
            p.code: p for p in self.register.patients if any(day in p.span for day in self.days)
        }

    @cached_property
    def prescriptions(self) -> Mapping[str, tuple[Prescription, ...]]:
        """Each patient's prescriptions."""
        return by_patient(self.register.prescriptions)

    @cached_property
    def serology(self) -> Mapping[str, tuple[Serology, ...]]:
        """Each patient's reports."""
        return by_patient(self.register.serology)

    @cached_property
    def patterns(self) -> Mapping[str, tuple[Pattern, ...]]:
        """Each patient's standing turns."""
        return by_patient(self.register.patterns)

    @cached_property
    def wishes(self) -> Mapping[str, tuple[Wish, ...]]:
        """Each patient's wishes."""
        return by_patient(self.register.wishes)

    @cached_property
    def absences(self) -> Mapping[str, tuple[Absence, ...]]:
        """Each patient's absences."""
        return by_patient(self.register.absences)

    @cached_property
    def work_shifts(self) -> Mapping[str, tuple[WorkShift, ...]]:
        """Each patient's working hours."""
        return by_patient(self.register.work_shifts)

    @cached_property
    def locks(self) -> Mapping[str, tuple[Lock, ...]]:
        """Each patient's locks that fall into the horizon."""
        inside = (lock for lock in self.register.locks if lock.day in self._horizon)
        return by_patient(inside)

    @cached_property
    def history(self) -> Mapping[str, tuple[Assignment, ...]]:
        """Each patient's sessions in the week before the horizon, by date."""
        since = self.first_day - timedelta(weeks=1)
        rows = (row for row in self.register.sessions if since <= row.day < self.first_day)
        return by_patient(sorted(rows))

    @cached_property
    def ledger(self) -> Mapping[tuple[str, Burden], int]:
        """Turns of a burden already borne, by patient."""
        return {(row.patient, row.burden): row.turns for row in self.register.ledger}

    @cached_property
    def _horizon(self) -> frozenset[date]:
        return frozenset(self.days)

    def prescription(self, patient: str, day: date) -> Prescription | None:
        """The prescription in force on a day, the latest begun if several are."""
        key = (patient, day)
        if key not in self._in_force:
            valid = (p for p in self.prescriptions.get(patient, ()) if day in p.span)
            self._in_force[key] = max(valid, key=lambda p: p.span.first or date.min, default=None)
        return self._in_force[key]

    @cached_property
    def _in_force(self) -> dict[tuple[str, date], Prescription | None]:
        return {}

    def minutes(self, patient: str, day: date) -> int:
        """Prescribed minutes of a session on a day; 240 where nothing is prescribed."""
        prescription = self.prescription(patient, day)
        return prescription.minutes if prescription else 240

    def prescription_of_week(self, patient: str, monday: date) -> Prescription | None:
        """The prescription that rules a week: the first in force on any of its days."""
        found = (self.prescription(patient, day) for day in days_from(monday, 7))
        return next(filter(None, found), None)

    def work_on(self, patient: str, day: date) -> tuple[tuple[WorkShift, Interval], ...]:
        """The patient's working hours that start on a day."""
        if patient not in self.work_shifts:
            return ()
        parity = self.parity(day)
        return tuple(
            (work, hours)
            for work in self.work_shifts.get(patient, ())
            if (hours := work.interval(day, parity)) is not None
        )

    def infection(self, patient: str, day: date) -> frozenset[Infection]:
        """The patient's serological status on a day."""
        found = self._infections.get((patient, day))
        if found is None:
            found = self._infections[patient, day] = infection_status(
                self.serology.get(patient, ()),
                day,
                self.limit("zone_serology", day),
                self.limit("cleared_last_shift", day),
            )
        return found

    @cached_property
    def _infections(self) -> dict[tuple[str, date], frozenset[Infection]]:
        return {}

    # --- places -----------------------------------------------------------------------------

    @cached_property
    def station(self) -> Mapping[str, Station]:
        """Stations by code."""
        return {station.code: station for station in self.register.stations}

    @cached_property
    def _machines(self) -> Mapping[str, frozenset[Modality]]:
        return {machine.code: machine.modalities for machine in self.register.machines}

    def abilities(self, station: str, day: date) -> frozenset[Modality] | None:
        """What the machine at the station can do on a day; `None` if no machine stands there."""
        for placement in self._placements.get(station, ()):
            if day in placement.span:
                return self._machines[placement.machine]
        return None

    def is_open(self, station: str, turn: Turn) -> bool:
        """True if a machine stands at the station and nothing shuts it in the turn."""
        place, stands = self.station[station], self.abilities(station, turn.day) is not None
        return stands and not any(one.shuts(turn, place) for one in self._closures[station])

    @cached_property
    def zone_stations(self) -> Mapping[str, tuple[str, ...]]:
        """Station codes of every zone."""
        return {
            zone.code: tuple(s.code for s in self.register.stations if s.zone == zone.code)
            for zone in self.register.zones
        }

    @cached_property
    def _closures(self) -> Mapping[str, tuple[Closure, ...]]:
        """What may shut each station; of a large center hardly anything shuts any one."""
        days = frozenset(days_from(self.first_day, 7 * self.weeks + 7))
        near = [c for c in self.register.closures if any(day in c.span for day in days)]
        places = self.register.stations
        return {one.code: tuple(c for c in near if c.concerns(one)) for one in places}

    @cached_property
    def _placements(self) -> Mapping[str, tuple[Placement, ...]]:
        found: dict[str, tuple[Placement, ...]] = {}
        for placement in self.register.placements:
            found[placement.station] = (*found.get(placement.station, ()), placement)
        return found

    def is_open_day(self, day: date) -> bool:
        """True if at least one station is open in at least one turn of the day."""
        found = self._open_days.get(day)
        if found is None:
            found = self._open_days[day] = any(
                self.is_open(station, turn)
                for turn in self.turns_on(day)
                for station in self.station
            )
        return found

    @cached_property
    def _open_days(self) -> dict[date, bool]:
        return {}

    def held(self, zone: str, turn: Turn) -> int:
        """Stations of the zone kept free in the turn."""
        return sum(h.stations for h in self.register.holds if h.zone == zone and h.keeps(turn))

    def nurses(self, zone: str, turn: Turn) -> int | None:
        """Nurses in the zone in the turn; `None` where the center states none."""
        rows = [row.nurses for row in self.register.staffing if row.covers(zone, turn)]
        return sum(rows) if rows else None

    # --- rules ------------------------------------------------------------------------------

    def row(self, rule: str, day: date | None = None) -> RuleRow:
        """The rule's row in force on a day, by default the first of the horizon."""
        return rule_row(self.register.rules, rule, day or self.first_day)

    def limit(self, rule: str, day: date) -> int:
        """The rule's limit in force on a day; the standard one where the row leaves it out."""
        found = self._limits.get((rule, day))
        if found is None:
            own = self.row(rule, day).limit
            standard = next(row.limit for row in STANDARD_ROWS if row.rule == rule)
            found = own if own is not None else standard
            if found is None:
                raise KeyError(f"rule {rule} has no limit")
            self._limits[rule, day] = found
        return found

    @cached_property
    def _limits(self) -> dict[tuple[str, date], int]:
        return {}

    # --- words ------------------------------------------------------------------------------

    def say(self, turn: Turn) -> Words:
        """A turn in words."""
        return words("{day} {shift}", day=turn.day, shift=self.shift[turn.shift].name)
