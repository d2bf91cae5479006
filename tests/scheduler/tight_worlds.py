"""Tiny centers with too few seats, and what can be had there at best, found by trying it all.

The oracle knows no model: a week is legal if the rules' checks have nothing against it, and
weeks go together if they share no slot and no zone takes more than its rules let pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from functools import cached_property
from itertools import combinations
from random import Random
from typing import Any

from domain.calendar import Turn
from domain.center import Closure, Hold, Infection, Modality, Shift, Staffing
from domain.need import wanted_sessions
from domain.patient import Marker
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.check import check
from scheduler.rules import RULES
from tests.scheduler.worlds import (
    AFTERNOON,
    CENTER,
    EVERY_DAY,
    MONDAY,
    MORNING,
    NIGHT,
    blood_tests,
    last_week,
    machine,
    on,
    people,
    row,
    stations_named,
    who,
    works,
    world,
    zone,
)

HARD = tuple(rule for rule in RULES if rule.hard)
SHARED = tuple(rule for rule in HARD if rule.name in {"nurse_ratio", "held_back"})
OWN = tuple(rule for rule in HARD if rule not in SHARED)
OPTIONAL = [rule.name for rule in HARD if rule.name != "one_per_station"]
WHOLE_WEEK = {"prescribed_sessions", "rest_day", "longest_gap", "every_other_day"}
DAYS = ("Mon Wed Fri", "Mon Tue Thu", "Wed Sat", "Mon Thu", "Mon Thu Sat")
STATIONS = ("A1", "A2", "B1")
APART = ("rest_day", "longest_gap")


def tight_problem(dice: Random, *, gaps: bool) -> Problem:
    """Two or three days, a shift or two, three stations, a few patients, trouble at times.

    Without `gaps`, no rule looks at two days at once, nor at two zones.
    """
    running = _weekdays(dice.choice(DAYS))
    several = dice.random() < 0.4
    shifts = (MORNING, dice.choice((AFTERNOON, NIGHT)))[: 1 + several]
    off = [*APART, "one_zone"] if not gaps else dice.sample(OPTIONAL, 2)
    ratio = row("nurse_ratio", limit=dice.choice((1, 2)), enabled="nurse_ratio" not in off)
    return world(
        center=replace(CENTER, partial_weeks=not gaps or dice.random() < 0.5),
        shifts=tuple(replace(shift, weekdays=running) for shift in shifts),
        rules=(ratio, *(row(name, enabled=False) for name in off if name != ratio.rule)),
        sessions=last_week("P1 A1 am Fri", "P2 A2 am Sat") if dice.random() < 0.5 else (),
        **_people(dice, [f"P{number}" for number in range(1, 4 if several else 6)]),
        **_places(dice, shifts),
    )


def _people(dice: Random, codes: list[str]) -> dict[str, Any]:
    persons = [
        who(
            code,
            *(2 * [dice.choice((1, 2, 2, 3, 3))]),
            minutes=dice.choice((180, 180, 240, 240, 300)),
            modality=dice.choice((Modality.HD, Modality.HD, Modality.HDF)),
        )
        for code in codes
    ]
    positive = [dice.choice(((), (), (Marker.HBSAG,))) for _ in codes]
    tests = [blood_tests(code, MONDAY, *shown) for code, shown in zip(codes, positive, strict=True)]
    busy = [code for code in codes if dice.random() < 0.2]
    return {
        **people(*persons),
        "serology": tuple(report for reports in tests for report in reports),
        "work_shifts": tuple(works(code, "Mon Tue Wed", time(13), time(19)) for code in busy),
    }


def _places(dice: Random, shifts: tuple[Shift, ...]) -> dict[str, Any]:
    kinds = (Modality.HD, Modality.HDF)
    return {
        "zones": (
            zone("A", Infection.NEGATIVE, *dice.choice(((), (Infection.HBV,)))),
            zone("B", Infection.HBV, *dice.choice(((), (Infection.NEGATIVE,)))),
        ),
        "stations": stations_named(" ".join(STATIONS)),
        "machines": tuple(machine(code, *kinds[: dice.choice((1, 2, 2))]) for code in STATIONS),
        "closures": tuple(_closures(dice)),
        "holds": tuple(Hold("A", 1, "spare") for _ in range(dice.choice((0, 0, 1)))),
        "staffing": tuple(
            Staffing(code, shift.code, dice.choice((0, 1, 1, 1)), EVERY_DAY)
            for code in "AB"
            for shift in shifts
            if dice.random() < 0.4
        ),
    }


def _weekdays(days: str) -> frozenset[int]:
    first = on("Mon").first or MONDAY
    spans = [on(name) for name in days.split()]
    return frozenset((span.first - first).days + 1 for span in spans if span.first)


def _closures(dice: Random) -> Iterator[Closure]:
    if dice.random() < 0.3:
        yield Closure(on(dice.choice(("Mon", "Tue", "Wed"))), "repair", station="A1")


@dataclass(frozen=True)
class Oracle:
    """Everything that the checks allow in the first week."""

    problem: Problem

    @cached_property
    def weeks(self) -> dict[str, tuple[tuple[Assignment, ...], ...]]:
        """Every legal week of every patient alone; the empty one is among them."""
        return {patient: tuple(self._weeks(patient)) for patient in self.problem.patient}

    def _weeks(self, patient: str) -> Iterator[tuple[Assignment, ...]]:
        slots = [
            Assignment(*turn, station, patient)
            for turn in self.problem.turns
            for station in self.problem.station
        ]
        rows = [slot for slot in slots if self.legal((slot,), alone=True)]
        yield ()
        for count in range(1, self.wanted(patient) + 1):
            yield from (week for week in combinations(rows, count) if self.legal(week))

    def legal(self, rows: tuple[Assignment, ...], alone: bool = False) -> bool:
        """True if no check of one patient's rules has anything against these sessions; of one
        session `alone` only those are asked that do not look at the rest of the week."""
        rules = [rule for rule in OWN if not (alone and rule.name in WHOLE_WEEK)]
        plan = Plan.of(self.problem.first_day, self.problem.weeks, rows)
        return check(self.problem, plan, rules).legal

    def wanted(self, patient: str) -> int:
        """Sessions that the patient wants."""
        return wanted_sessions(self.problem, patient, self.problem.first_day)

    @cached_property
    def room(self) -> dict[tuple[str, Turn], int]:
        """How many patients each zone may have in each turn, whoever they are."""
        return {
            (code, turn): self._most(turn, stations)
            for turn in self.problem.turns
            for code, stations in self.problem.zone_stations.items()
        }

    def _most(self, turn: Turn, stations: tuple[str, ...]) -> int:
        most = 0
        for count in range(1, len(stations) + 1):
            rows = [Assignment(*turn, code, code) for code in stations[:count]]
            plan = Plan.of(self.problem.first_day, self.problem.weeks, rows)
            if check(self.problem, plan, SHARED).legal:
                most = count
        return most

    def least(self, sessions: bool) -> int:
        """The fewest sessions, or patients, that go short in any legal plan of all."""
        best = {0: 0}
        for patient, weeks in self.weeks.items():
            wanted = self.wanted(patient)
            prices: dict[int, int] = {}
            for week in weeks:
                missing = wanted - len(week)
                prices.setdefault(self._bits(week), missing if sessions else int(missing > 0))
            found: dict[int, int] = {}
            for taken, price in best.items():
                for mine, more in prices.items():
                    both = taken | mine
                    better = not taken & mine and price + more < found.get(both, 99)
                    if better and (both in found or self._fits(both)):
                        found[both] = price + more
            best = found
        return min(best.values())

    @cached_property
    def _bit(self) -> dict[tuple[Turn, str], int]:
        slots = [(turn, code) for turn in self.problem.turns for code in self.problem.station]
        return {slot: 1 << number for number, slot in enumerate(slots)}

    def _bits(self, week: tuple[Assignment, ...]) -> int:
        return sum(self._bit[one.turn, one.station] for one in week)

    @cached_property
    def _cells(self) -> tuple[tuple[int, int], ...]:
        """The slots of every zone and turn, and how many of them may be taken."""
        return tuple(
            (sum(self._bit[turn, code] for code in self.problem.zone_stations[zone]), most)
            for (zone, turn), most in self.room.items()
        )

    def _fits(self, taken: int) -> bool:
        return all((taken & cell).bit_count() <= most for cell, most in self._cells)
