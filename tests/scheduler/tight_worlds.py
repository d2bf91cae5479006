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

from domain.calendar import Turn
from domain.center import Closure, Hold, Infection, Modality, Staffing
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
DAYS = ("Mon Wed Fri", "Mon Tue Thu", "Tue Wed Sat", "Mon Thu Sat")
APART = ("rest_day", "longest_gap")


def tight_problem(dice: Random, *, gaps: bool) -> Problem:
    """Three days, two shifts, three stations, a few patients, and trouble at times. Without
    `gaps`, no rule looks at two days at once, nor at two zones."""
    running = _weekdays(dice.choice(DAYS))
    shifts = (MORNING, dice.choice((AFTERNOON, NIGHT)))
    shifts = tuple(replace(shift, weekdays=running) for shift in shifts)
    persons = [
        who(
            f"P{number}",
            *(2 * [dice.choice((1, 2, 2, 3, 3))]),
            minutes=dice.choice((180, 240, 240, 300)),
            modality=dice.choice((Modality.HD, Modality.HD, Modality.HDF)),
        )
        for number in range(1, 4 if gaps else 5)
    ]
    tests = [
        report
        for person in persons
        for report in blood_tests(
            person.patient.code, MONDAY, *dice.choice(((), (), (Marker.HBSAG,)))
        )
    ]
    kinds = (Modality.HD, Modality.HDF)
    off = [*APART, "one_zone"] if not gaps else dice.sample([rule.name for rule in HARD], 2)
    return world(
        center=replace(CENTER, partial_weeks=not gaps or dice.random() < 0.5),
        zones=(
            zone("A", Infection.NEGATIVE, *dice.choice(((), (Infection.HBV,)))),
            zone("B", Infection.HBV, *dice.choice(((), (Infection.NEGATIVE,)))),
        ),
        shifts=shifts,
        stations=stations_named("A1 A2 B1"),
        machines=tuple(machine(code, *kinds[: dice.choice((1, 2))]) for code in ("A1", "A2", "B1")),
        serology=tuple(tests),
        work_shifts=tuple(
            works(person.patient.code, "Mon Tue Wed", time(13), time(19))
            for person in persons
            if dice.random() < 0.3
        ),
        closures=tuple(_closures(dice)),
        holds=tuple(Hold("A", 1, "spare") for _ in range(dice.choice((0, 0, 1)))),
        staffing=tuple(
            Staffing(code, shift.code, dice.choice((0, 1, 1)), EVERY_DAY)
            for code in "AB"
            for shift in shifts
            if dice.random() < 0.4
        ),
        rules=(row("nurse_ratio", limit=dice.choice((1, 2))), *(row(n, enabled=False) for n in off)),
        sessions=last_week("P1 A1 am Fri", "P2 A2 am Sat") if dice.random() < 0.5 else (),
        **people(*persons),
    )  # fmt: skip


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
        """True if no check has anything against these sessions; of one session `alone` only
        those are asked that do not look at the rest of the week."""
        together = {"prescribed_sessions", "rest_day", "longest_gap", "every_other_day"}
        rules = [rule for rule in HARD if not (alone and rule.name in together)]
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
        """The fewest sessions, or patients' weeks, that go short in any legal plan."""
        best: dict[frozenset[tuple[Turn, str]], int] = {frozenset(): 0}
        for patient, weeks in self.weeks.items():
            found: dict[frozenset[tuple[Turn, str]], int] = {}
            for taken, price in best.items():
                for week in weeks:
                    mine = frozenset((one.turn, one.station) for one in week)
                    missing = self.wanted(patient) - len(week)
                    cost = price + (missing if sessions else missing > 0)
                    both = taken | mine
                    fits = len(mine) == len(week) and not taken & mine and self._fits(both)
                    if fits and cost < found.get(both, cost + 1):
                        found[both] = cost
            best = found
        return min(best.values())

    def _fits(self, taken: frozenset[tuple[Turn, str]]) -> bool:
        zones = [(self.problem.station[station].zone, turn) for turn, station in taken]
        return all(zones.count(cell) <= self.room[cell] for cell in set(zones))
