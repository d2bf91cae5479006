"""Tiny centers for tests: one zone, two shifts, two stations, closed on Sundays.

`world()` is that center without patients; every table can be replaced by keyword. People and
sessions are written the way a nurse would say them:

    problem = world(**people(who("P1"), who("P2", odd=2, even=2)))
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 pm Tue Sat")
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from domain.calendar import WEEK, Parity, Span
from domain.center import (
    Center,
    Infection,
    Machine,
    Modality,
    Placement,
    Shift,
    Staffing,
    Station,
    Zone,
)
from domain.patient import Frequency, Marker, Patient, Prescription, Serology, WorkShift
from domain.plan import Assignment, Plan, Violation
from domain.problem import Problem
from domain.register import Register
from domain.rulebook import RuleRow, rule_row
from domain.words import Label
from scheduler.rules.rule import Rule
from tests.scheduler.fixed_plans import by_check, by_solver, speaks_of_it

MONDAY = date(2026, 3, 2)
"""The Monday that most tests plan; it begins an odd week."""

SINCE = date(2021, 1, 1)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EVERY_DAY = frozenset(range(1, 8))
NOT_SUNDAY = frozenset(range(1, 7))

CENTER = Center("C", Label("Center", "中心"), "Asia/Shanghai", odd_monday=MONDAY)
ZONE_A = Zone("A", Label("Zone A", "A区"), frozenset(Infection))
MORNING = Shift("am", Label("morning", "上午"), time(8), time(12, 30), NOT_SUNDAY, 30)
AFTERNOON = Shift("pm", Label("afternoon", "下午"), time(13, 30), time(18), NOT_SUNDAY, 30)
NIGHT = Shift("night", Label("night", "夜班"), time(22), time(6, 30), NOT_SUNDAY, 30, night=True)


def world(first_day: date = MONDAY, weeks: int = 1, **tables: Any) -> Problem:
    """A problem; `tables` are fields of `Register`. Every station gets a machine for HD
    unless machines and placements are given."""
    stations = tables.pop("stations", stations_named("A1 A2"))
    own = {
        "center": CENTER,
        "zones": (ZONE_A,),
        "shifts": (MORNING, AFTERNOON),
        "machines": tuple(machine(station.code) for station in stations),
        "placements": tuple(Placement(f"M-{s.code}", s.code) for s in stations),
    }
    return Problem(Register(**{**own, "stations": stations, **tables}), first_day, weeks)


# --- places ---------------------------------------------------------------------------------


def stations_named(codes: str) -> tuple[Station, ...]:
    """Stations "A1 A2 B1" in the zones that their first letters name."""
    return tuple(Station(code, code[0]) for code in codes.split())


def machine(station: str, *modalities: Modality) -> Machine:
    """The machine that `world` places at the station."""
    return Machine(f"M-{station}", f"S-{station}", "X", frozenset(modalities or {Modality.HD}))


def zone(code: str, *admits: Infection) -> Zone:
    """A zone that admits these, or everybody."""
    return Zone(code, Label(f"Zone {code}", f"{code}区"), frozenset(admits or Infection))


def nurses(zone_code: str, **by_shift: int) -> tuple[Staffing, ...]:
    """Nurses of a zone by shift, every day: `nurses("A", am=1, pm=2)`."""
    return tuple(Staffing(zone_code, code, count, EVERY_DAY) for code, count in by_shift.items())


# --- people ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """A patient with one prescription."""

    patient: Patient
    prescription: Prescription


def who(
    code: str,
    odd: int = 3,
    even: int = 3,
    *,
    minutes: int = 240,
    modality: Modality = Modality.HD,
    every_other_day: bool = False,
    **about: Any,
) -> Person:
    """Somebody on three sessions of four hours a week; `about` are fields of `Patient`."""
    frequency = Frequency(odd, even, every_other_day)
    return Person(
        Patient(code, f"Name {code}", **about), Prescription(code, frequency, minutes, modality)
    )


def people(*persons: Person) -> dict[str, Any]:
    """The tables that hold these people."""
    return {
        "patients": tuple(person.patient for person in persons),
        "prescriptions": tuple(person.prescription for person in persons),
    }


def blood_tests(patient: str, day: date, *positive: Marker) -> tuple[Serology, ...]:
    """Reports of all required markers on one day; those named are positive."""
    required = (Marker.HBSAG, Marker.ANTI_HCV, Marker.SYPHILIS, Marker.HIV)
    return tuple(Serology(patient, marker, marker in positive, day) for marker in required)


def works(patient: str, days: str, start: time, end: time, **about: Any) -> WorkShift:
    """Working hours on weekdays: `works("P1", "Mon Tue", time(8), time(17))`."""
    return WorkShift(patient, weekdays(days), start, end, **about)


def weekdays(days: str) -> frozenset[int]:
    """ISO numbers of "Mon Wed"."""
    return frozenset(WEEKDAYS.index(name) + 1 for name in days.split())


def on(days: str, monday: date = MONDAY) -> Span:
    """The days "Tue" or "Tue Thu" (first and last) of a week."""
    dates = [monday + timedelta(days=number - 1) for number in sorted(weekdays(days))]
    return Span(dates[0], dates[-1])


# --- sessions -------------------------------------------------------------------------------


def booked(*texts: str, monday: date = MONDAY) -> tuple[Assignment, ...]:
    """Sessions said as "patient station shift days": "P1 A1 am Mon Wed Fri"."""
    rows = []
    for text in texts:
        patient, station, shift, *days = text.split()
        for name in days:
            day = monday + timedelta(days=WEEKDAYS.index(name))
            rows.append(Assignment(day, shift, station, patient))
    return tuple(rows)


def last_week(*texts: str, monday: date = MONDAY) -> tuple[Assignment, ...]:
    """The same, one week before: history."""
    return booked(*texts, monday=monday - WEEK)


def planned(problem: Problem, *texts: str) -> Plan:
    """A plan of the first week."""
    return plan_of(problem, booked(*texts, monday=problem.first_day))


def two_weeks(problem: Problem, first: Iterable[str], second: Iterable[str]) -> Plan:
    """A plan of the first and the second week."""
    monday = problem.first_day
    rows = (*booked(*first, monday=monday), *booked(*second, monday=monday + WEEK))
    return plan_of(problem, rows)


def plan_of(problem: Problem, rows: Iterable[Assignment]) -> Plan:
    """A plan of the problem's weeks from assignments."""
    return Plan.of(problem.first_day, problem.weeks, rows)


# --- rules ----------------------------------------------------------------------------------


def row(rule: str, **changed: Any) -> RuleRow:
    """The standard row of a rule with some fields changed."""
    standard = rule_row((), rule, SINCE)
    values = {name: getattr(standard, name) for name in standard.__dataclass_fields__}
    return RuleRow(**{**values, **changed})


def found(rule: Rule, problem: Problem, plan: Plan) -> list[str]:
    """What the rule has against the plan, in English; its model has to agree."""
    return [str(violation.words) for violation in _agreed(rule, problem, plan)]


def cost(rule: Rule, problem: Problem, plan: Plan) -> int:
    """What the plan costs in the rule's own unit; its model has to agree."""
    return sum(violation.cost for violation in _agreed(rule, problem, plan))


def _agreed(rule: Rule, problem: Problem, plan: Plan) -> list[Violation]:
    if rule.name == "open_station" or speaks_of_it(problem, plan):
        assert by_solver(rule, problem, plan) == by_check(rule, problem, plan)
    return list(rule.check(problem, plan))


ODD, EVEN, EVERY = Parity.ODD, Parity.EVEN, Parity.EVERY
