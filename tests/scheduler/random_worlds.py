"""Random small centers and plans, in which everything varies that a rule may look at.

Drawn with a seeded die and not by hypothesis: the agreement suite must know that its sample
holds both good and bad plans for every rule, every time. Nothing is drawn that the rest of the
program refuses: codes resolve, nobody sits twice in a turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from random import Random
from typing import Any, TypeVar

from domain.calendar import DAY, WEEK, Parity, Span, days_from
from domain.center import (
    Closure,
    Hold,
    Infection,
    Machine,
    Modality,
    Placement,
    Shift,
    Staffing,
)
from domain.patient import (
    Absence,
    Burden,
    Frequency,
    Ledger,
    Marker,
    Night,
    Patient,
    Pattern,
    Prescription,
    Priority,
    Serology,
    Wish,
    WishKind,
    WorkShift,
)
from domain.plan import Assignment, Lock, Plan
from domain.problem import Problem
from domain.register import Register
from domain.rulebook import STANDARD_ROWS, RuleRow
from domain.words import Label
from tests.scheduler.worlds import (
    AFTERNOON,
    CENTER,
    EVERY_DAY,
    MONDAY,
    MORNING,
    NIGHT,
    NOT_SUNDAY,
    SINCE,
    stations_named,
    zone,
)

Row = TypeVar("Row")

MONDAYS = (MONDAY, date(2028, 2, 28), date(2026, 12, 28))
STATIONS = stations_named("A1 A2 B1")
PATIENTS = ("P1", "P2", "P3")
EARLY = Shift("early", Label("early", "早班"), time(5, 30), time(10), EVERY_DAY, 20, early=True)
EVENING = Shift("eve", Label("evening", "晚上"), time(18), time(23), EVERY_DAY, 20)
SHIFTS = (EARLY, MORNING, AFTERNOON, EVENING, NIGHT)
HABITS = ((0, 2, 4), (1, 3, 5), (0, 2, 4, 6), (0, 3), (1, 4), (0, 3, 5), (2,), (0, 1, 3, 4))
LIMITS = {
    "rest_day": (2, 3, 4),
    "longest_gap": (2, 3, 4),
    "daily_load": (360, 600, 720),
    "night_rest": (120, 480, 720),
    "zone_serology": (90, 183),
    "cleared_last_shift": (60, 183),
    "nurse_ratio": (1, 2),
    "level_load": (0, 1),
    "change_over": (1, 2),
}


def random_problem(dice: Random) -> Problem:
    """A center with one or two weeks to plan, around a leap day or a new year at times."""
    first_day, weeks = dice.choice(MONDAYS), dice.choice((1, 1, 2))
    reach = tuple(days_from(first_day - WEEK, 7 * weeks + 14))
    shifts = tuple(_shift(dice, shift) for shift in dice.sample(SHIFTS, dice.choice((2, 3))))
    codes = [shift.code for shift in shifts]
    register = Register(
        center=replace(
            CENTER,
            odd_monday=dice.choice((MONDAY, MONDAY + WEEK)),
            arrive_before_minutes=dice.choice((0, 30)),
            leave_after_minutes=dice.choice((0, 20)),
            partial_weeks=dice.random() < 0.3,
        ),
        zones=(zone("A", *_admitted(dice)), zone("B", *_admitted(dice))),
        shifts=shifts,
        rules=tuple(_rules(dice, reach)),
        stations=STATIONS,
        machines=tuple(_machine(dice, station.code) for station in STATIONS),
        placements=tuple(_placements(dice, reach)),
        closures=_some(dice, 2, lambda: _closure(dice, reach, codes)),
        holds=_some(dice, 2, lambda: _hold(dice, reach, codes)),
        staffing=_some(dice, 4, lambda: _staffing(dice, codes)),
        sessions=tuple(_week(dice, first_day - WEEK, PATIENTS, codes)),
        **{name: tuple(rows) for name, rows in _people(dice, reach, codes).items()},
    )
    return Problem(register, first_day, weeks)


def random_plan(dice: Random, problem: Problem, anywhere: bool) -> Plan:
    """Weeks as they might be, of everybody or of one patient; with `anywhere` also in shifts
    that do not run on the day."""
    people = tuple(code for code in PATIENTS if code in problem.patient)
    if people and dice.random() < 0.4:
        people = (dice.choice(people),)
    running = frozenset(problem.turns)
    rows = {
        (row.patient, row.turn): row
        for monday in problem.mondays
        for row in _week(dice, monday, people, list(problem.shift))
        if anywhere or row.turn in running
    }
    return Plan.of(problem.first_day, problem.weeks, rows.values())


# --- sessions -------------------------------------------------------------------------------


def _week(
    dice: Random, monday: date, people: tuple[str, ...], shifts: list[str]
) -> Iterator[Assignment]:
    for patient in people:
        days: tuple[int, ...] = dice.choice(HABITS)
        if dice.random() < 0.3:
            days = tuple(dice.sample(range(7), dice.randint(0, 4)))
        own_shift, own_station = dice.choice(shifts), dice.choice(STATIONS).code
        restless = dice.random() < 0.4
        for day in days if dice.random() < 0.9 else ():
            shift = dice.choice(shifts) if restless else own_shift
            station = dice.choice(STATIONS).code if restless else own_station
            yield Assignment(monday + day * DAY, shift, station, patient)
        if days and dice.random() < 0.2:
            yield Assignment(monday + days[0] * DAY, dice.choice(shifts), own_station, patient)


# --- places ---------------------------------------------------------------------------------


def _shift(dice: Random, shift: Shift) -> Shift:
    weekdays = dice.choice((EVERY_DAY, EVERY_DAY, NOT_SUNDAY, frozenset({1, 3, 5, 7})))
    start = time(17) if shift.night and dice.random() < 0.4 else shift.start
    return replace(shift, start=start, weekdays=weekdays, turnover_minutes=dice.choice((0, 30)))


def _admitted(dice: Random) -> list[Infection]:
    return dice.sample(list(Infection), dice.choice((2, 4, 7)))


def _machine(dice: Random, station: str) -> Machine:
    kinds = dice.choice(({Modality.HD}, {Modality.HD, Modality.HDF}, {Modality.HDF}))
    return Machine(f"M-{station}", f"S-{station}", "X", frozenset(kinds))


def _placements(dice: Random, reach: tuple[date, ...]) -> Iterator[Placement]:
    for station in STATIONS:
        chance = dice.random()
        if chance < 0.8:
            yield Placement(f"M-{station.code}", station.code)
        elif chance < 0.95:
            yield Placement(f"M-{station.code}", station.code, Span(last=dice.choice(reach)))


def _closure(dice: Random, reach: tuple[date, ...], shifts: list[str]) -> Closure:
    first = dice.choice(reach)
    return Closure(
        Span(first, first + dice.choice((0, 0, 2)) * DAY),
        "repair",
        shift=dice.choice((None, None, *shifts)),
        zone=dice.choice((None, None, "A", "B")),
        station=dice.choice((None, None, "A1")),
    )


def _hold(dice: Random, reach: tuple[date, ...], shifts: list[str]) -> Hold:
    span = dice.choice((Span(), Span(dice.choice(reach))))
    return Hold(dice.choice("AB"), dice.choice((1, 2)), "guest", dice.choice((None, *shifts)), span)


def _staffing(dice: Random, shifts: list[str]) -> Staffing:
    weekdays = dice.choice((EVERY_DAY, frozenset({1, 3, 5})))
    return Staffing(dice.choice("AAB"), dice.choice(shifts), dice.choice((0, 1, 1, 2)), weekdays)


# --- people ---------------------------------------------------------------------------------


def _people(dice: Random, reach: tuple[date, ...], shifts: list[str]) -> dict[str, Iterator[Any]]:
    return {
        "patients": (_patient(dice, code, reach) for code in PATIENTS),
        "prescriptions": (row for code in PATIENTS for row in _prescriptions(dice, code, reach)),
        "serology": (row for code in PATIENTS for row in _reports(dice, code, reach)),
        "patterns": _each(dice, 3, lambda code: _pattern(dice, code, shifts)),
        "wishes": _each(dice, 3, lambda code: _wish(dice, code, shifts)),
        "absences": _each(dice, 2, lambda code: _absence(dice, code, reach)),
        "work_shifts": _each(dice, 2, lambda code: _work(dice, code)),
        "ledger": (
            Ledger(code, burden, dice.randint(0, 14)) for code in PATIENTS for burden in Burden
        ),
        "locks": _each(dice, 1, lambda code: _lock(dice, code, reach, shifts)),
    }


def _patient(dice: Random, code: str, reach: tuple[date, ...]) -> Patient:
    always, joins, leaves = (
        Span(),
        Span(dice.choice(reach[7:12])),
        Span(last=dice.choice(reach[7:])),
    )
    return Patient(
        code,
        f"Name {code}",
        night=dice.choice(list(Night)),
        priority=dice.choice(list(Priority)),
        travel_minutes=dice.choice((0, 30, 90)),
        recovery_minutes=dice.choice((0, 120, 360, 1500, 2900)),
        span=dice.choice((always, always, always, joins, leaves)),
    )


def _prescriptions(dice: Random, code: str, reach: tuple[date, ...]) -> Iterator[Prescription]:
    change = dice.choice(reach)
    chance = dice.random()
    if chance < 0.7:
        yield _prescription(dice, code, Span())
    elif chance < 0.95:
        yield _prescription(dice, code, Span(last=change - DAY))
        yield _prescription(dice, code, Span(change))


def _prescription(dice: Random, code: str, span: Span) -> Prescription:
    odd = dice.choice((1, 2, 3, 3, 4))
    frequency = Frequency(odd, dice.choice((odd, odd, 2)), every_other_day=dice.random() < 0.3)
    minutes = dice.choice((210, 240, 270, 480))
    return Prescription(code, frequency, minutes, dice.choice((Modality.HD, Modality.HDF)), span)


def _reports(dice: Random, code: str, reach: tuple[date, ...]) -> Iterator[Serology]:
    """Reports that expire, turn or cease to count as lately cleared within reach."""
    if dice.random() < 0.15:
        return
    sample = dice.choice(reach) - dice.choice((60, 90, 183)) * DAY
    ill = dice.sample(list(Marker), dice.choice((1, 1, 3)))
    if dice.random() < 0.4:
        yield Serology(code, ill[0], True, sample - 30 * DAY)
    positive = dice.random() < 0.3
    for marker in Marker:
        yield Serology(code, marker, positive and marker in ill, sample)


def _pattern(dice: Random, code: str, shifts: list[str]) -> Pattern:
    station = dice.choice((None, "A1", "A2", "B1"))
    parity = dice.choice(list(Parity))
    return Pattern(code, dice.choice((1, 3, 5)), dice.choice(shifts), station, parity)


def _wish(dice: Random, code: str, shifts: list[str]) -> Wish:
    kind = dice.choice(list(WishKind))
    values = {
        WishKind.SHIFT: shifts,
        WishKind.NOT_SHIFT: shifts,
        WishKind.WEEKDAY: ["1", "3", "7"],
        WishKind.NOT_WEEKDAY: ["1", "5", "7"],
        WishKind.LONG_GAP: ["saturday", "monday"],
        WishKind.COMPANION: list(PATIENTS),
    }
    return Wish(code, kind, dice.choice(values[kind]), dice.choice((1, 2, 3)))


def _absence(dice: Random, code: str, reach: tuple[date, ...]) -> Absence:
    first = dice.choice(reach)
    if dice.random() < 0.4:
        return Absence(code, Span(first, first + dice.choice((0, 1, 2, 4)) * DAY), "away")
    span = dice.choice((Span(first), Span(last=first)))
    start, end = dice.choice((None, _moment(dice))), dice.choice((None, _moment(dice)))
    return Absence(code, span, "clinic", frozenset({1, 2, 3, 4, 5}), start, end)


def _work(dice: Random, code: str) -> WorkShift:
    start = _moment(dice)
    return WorkShift(
        code,
        frozenset(dice.sample(range(1, 8), dice.choice((1, 4)))),
        start,
        end=start.replace(hour=(start.hour + dice.choice((2, 5, 8))) % 24),
        travel_minutes=dice.choice((0, 30, 60)),
        changing_minutes=dice.choice((0, 15)),
        parity=dice.choice(list(Parity)),
    )


def _moment(dice: Random) -> time:
    """Mostly about when shifts begin or end."""
    hour = dice.choice((1, 5, 7, 8, 9, 12, 13, 17, 18, 21, 22, 23))
    return time(hour, dice.choice((0, 15, 30, 45)))


def _lock(dice: Random, code: str, reach: tuple[date, ...], shifts: list[str]) -> Lock:
    day = dice.choice(reach[7:14])
    return Lock(code, day, dice.choice(shifts), dice.choice((None, None, "A1")))


# --- rules ----------------------------------------------------------------------------------


def _rules(dice: Random, reach: tuple[date, ...]) -> Iterator[RuleRow]:
    """The center's own tiers and weights, and limits that may change within the horizon."""
    for standard in STANDARD_ROWS:
        own = replace(standard, valid_from=SINCE)
        if standard.tier is not None:
            own = replace(own, tier=dice.randint(1, 3), weight=dice.randint(1, 5))
        limits = LIMITS.get(standard.rule, (standard.limit,))
        yield replace(own, limit=dice.choice(limits))
        if dice.random() < 0.5:
            yield replace(own, limit=dice.choice(limits), valid_from=dice.choice(reach[7:]))


def _some(dice: Random, most: int, draw: Callable[[], Row]) -> tuple[Row, ...]:
    return tuple(draw() for _ in range(dice.randint(0, most)))


def _each(dice: Random, most: int, draw: Callable[[str], object]) -> Iterator[object]:
    """Up to so many rows for each patient."""
    return (draw(code) for code in PATIENTS for _ in range(dice.randint(0, most)))
