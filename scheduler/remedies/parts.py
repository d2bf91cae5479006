"""Of what a remedy of each kind is made: parts that can be had in any amount up to a most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from domain.calendar import DAY, Turn, days_from
from domain.center import Shift
from domain.problem import Problem
from domain.remedy import (
    Crew,
    ExtraShift,
    GuestElsewhere,
    MoreMachines,
    MoreNurses,
    OpenNight,
    Remedy,
    RemedyKind,
)
from scheduler.remedies.least import Amounts
from scheduler.remedies.terms import Terms

_MACHINES = 12
"""Machines that a zone might get at most; a center that needs more needs another building."""

_SHORTEST_NIGHT, _NIGHT = timedelta(minutes=270), timedelta(minutes=510)
"""A session of four hours and its turnover; a night's sleep with its turnover."""

NOT_SUNDAY = frozenset(range(1, 7))

_NIGHTS = (frozenset({1, 3, 5}), frozenset({2, 4, 6}), NOT_SUNDAY)


@dataclass(frozen=True, slots=True)
class Kit:
    """The parts of one kind of remedy: how much of each there could be, and which remedies
    some amounts make. Parts to be preferred stand first; without any part of the core it would
    be a remedy of another kind."""

    kind: RemedyKind
    most: Amounts
    make: Callable[[Amounts], tuple[Remedy, ...]]
    core: frozenset[str]


Row = tuple[Kit, ...]
"""Kits of which the first that closes is taken: each costs more than the ones before."""


def kits(
    problem: Problem, zones: Sequence[str], terms: Terms
) -> Mapping[RemedyKind, tuple[Row, ...]]:
    """What might help these zones, by kind, as far as the terms allow it: rows of kits, of
    which any may turn out to be the cheapest. Without parts there is nothing of a kind that
    the center could add."""
    makers = {
        RemedyKind.EXTRA_SHIFT: _extra_shifts,
        RemedyKind.NIGHT: _nights,
        RemedyKind.MACHINES: _machines,
        RemedyKind.NURSES: _nurses,
    }
    return {
        kind: tuple(
            tuple(kit for kit in row if any(kit.most.values()))
            for row in maker(problem, zones, terms)
        )
        for kind, maker in makers.items()
        if kind in terms.kinds
    }


# --- shifts -----------------------------------------------------------------------------------


def _extra_shifts(problem: Problem, zones: Sequence[str], terms: Terms) -> Iterator[Row]:
    """Day shifts in turns in which they do not run; turns on days that are open anyhow first."""
    free = [turn for turn in _free_turns(problem, terms) if not problem.shift[turn.shift].night]
    free.sort(key=lambda turn: not problem.turns_on(turn.day))
    yield (_turns_kit(RemedyKind.EXTRA_SHIFT, problem, zones, free),)


def _nights(problem: Problem, zones: Sequence[str], terms: Terms) -> Iterator[Row]:
    """The center's night shift on further nights; a shift of the evening or night that it does
    not have, on three days a week or on six."""
    free = [turn for turn in _free_turns(problem, terms) if problem.shift[turn.shift].night]
    yield (_turns_kit(RemedyKind.NIGHT, problem, zones, free),)
    for late in late_shifts(problem, terms):
        ahead = frozenset(day.isoweekday() for day in problem.days if terms.allow(late, day))
        first = Turn(problem.first_day, late.code)
        most = {zone: full_crew(problem, zone, first) for zone in zones}
        on_days = (replace(late, weekdays=weekdays & ahead) for weekdays in _NIGHTS)
        yield tuple(
            Kit(RemedyKind.NIGHT, most, _night_of(shift), frozenset(most)) for shift in on_days
        )


def _free_turns(problem: Problem, terms: Terms) -> list[Turn]:
    """Turns that could be held but are not, in order."""
    return [
        Turn(day, shift.code)
        for day in problem.days
        for shift in sorted(problem.shift.values(), key=lambda one: (one.start, one.code))
        if day.isoweekday() not in shift.weekdays
        and terms.allow(shift, day)
        and _could_run(problem, shift, day)
    ]


def _could_run(problem: Problem, shift: Shift, day: date) -> bool:
    """True if the whole center is not shut then, and no other shift runs at the same time."""
    shut = any(
        closure.station is None
        and closure.zone is None
        and day in closure.span
        and closure.shift in (None, shift.code)
        for closure in problem.register.closures
    )
    mine = shift.interval(day)
    others = (
        problem.shift[turn.shift].interval(turn.day)
        for near in days_from(day - DAY, 3)
        for turn in problem.turns_on(near)
    )
    return not shut and not any(mine.overlaps(other) for other in others)


def _turns_kit(
    kind: RemedyKind, problem: Problem, zones: Sequence[str], free: Sequence[Turn]
) -> Kit:
    """Nurses who come to further turns, a part for every turn and zone."""
    cells = {f"{turn.day} {turn.shift} {zone}": (turn, zone) for turn in free for zone in zones}

    def make(amounts: Amounts) -> tuple[Remedy, ...]:
        crews: defaultdict[Turn, list[Crew]] = defaultdict(list)
        for name, nurses in amounts.items():
            if nurses:
                turn, zone = cells[name]
                crews[turn].append(Crew(zone, nurses))
        alike: defaultdict[tuple[Crew, ...], list[Turn]] = defaultdict(list)
        for turn, there in crews.items():
            alike[tuple(sorted(there))].append(turn)
        return tuple(ExtraShift(tuple(turns), there) for there, turns in alike.items())

    most = {name: full_crew(problem, zone, turn) for name, (turn, zone) in cells.items()}
    return Kit(kind, most, make, frozenset(most))


def _night_of(shift: Shift) -> Callable[[Amounts], tuple[Remedy, ...]]:
    def make(amounts: Amounts) -> tuple[Remedy, ...]:
        crews = tuple(Crew(zone, nurses) for zone, nurses in amounts.items() if nurses)
        return (OpenNight(shift, crews),) if crews and shift.weekdays else ()

    return make


def late_shifts(problem: Problem, terms: Terms) -> tuple[Shift, ...]:
    """The shifts that a center without a night shift could add after its last one: an evening
    as long as its other shifts if that is over by midnight, and a night before its first."""
    shifts = sorted(problem.shift.values(), key=lambda one: (one.start, one.code))
    if not shifts or any(shift.night for shift in shifts):
        return ()
    day = problem.first_day
    hours = [shift.interval(day) for shift in shifts]
    last, morning = max(one.end for one in hours), hours[0].start + DAY
    longest = max(one.end - one.start for one in hours)
    turnover = max(shift.turnover_minutes for shift in shifts)
    evening = Shift(_free_code(problem, "EVENING"), terms.evening, last.time(),
                    (last + longest).time(), NOT_SUNDAY, turnover)  # fmt: skip
    night = Shift(_free_code(problem, "NIGHT"), terms.night, max(last, morning - _NIGHT).time(),
                  morning.time(), NOT_SUNDAY, turnover, night=True)  # fmt: skip
    return tuple(
        shift
        for shift, fits in (
            (evening, (last + longest).date() == day),
            (night, morning - last >= _SHORTEST_NIGHT),
        )
        if fits
    )


def _free_code(problem: Problem, code: str) -> str:
    later = (f"{code}{number}" for number in range(2, len(problem.shift) + 3))
    return next(one for one in (code, *later) if one not in problem.shift)


# --- machines and nurses ----------------------------------------------------------------------


def _machines(problem: Problem, zones: Sequence[str], terms: Terms) -> Iterator[Row]:
    """Machines alone; else with the nurses whom their patients may need, on every day of a
    shift."""
    kinds = frozenset(row.modality for row in problem.register.prescriptions)
    machines = dict.fromkeys(zones, _MACHINES)
    crews = {
        f"{zone} {shift}": (zone, shift, days)
        for zone in zones
        for shift in problem.shift
        if (days := _limited_days(problem, zone, shift, terms))
    }
    most = {
        name: max(_missing_nurses(problem, zone, Turn(day, shift), _MACHINES) for day in days)
        for name, (zone, shift, days) in crews.items()
    }

    def make(amounts: Amounts) -> tuple[Remedy, ...]:
        return (
            *(MoreMachines(zone, n, kinds) for zone in machines if (n := amounts.get(zone, 0))),
            *(
                MoreNurses(zone, shift, days, n)
                for name, (zone, shift, days) in crews.items()
                if (n := amounts.get(name, 0))
            ),
        )

    core = frozenset(machines)
    alone = Kit(RemedyKind.MACHINES, machines, make, core)
    if any(most.values()):
        yield alone, Kit(RemedyKind.MACHINES, {**machines, **most}, make, core)
    else:
        yield (alone,)


def _nurses(problem: Problem, zones: Sequence[str], terms: Terms) -> Iterator[Row]:
    """Nurses in turns in which there are stations that nobody may care for."""
    cells = {
        f"{day} {shift} {zone}": (zone, shift, day)
        for zone in zones
        for shift in problem.shift
        for day in _limited_days(problem, zone, shift, terms)
    }

    def make(amounts: Amounts) -> tuple[Remedy, ...]:
        days: defaultdict[tuple[str, str, int], list[date]] = defaultdict(list)
        for name, nurses in amounts.items():
            if nurses:
                zone, shift, day = cells[name]
                days[zone, shift, nurses].append(day)
        return tuple(
            MoreNurses(zone, shift, tuple(sorted(there)), nurses)
            for (zone, shift, nurses), there in days.items()
        )

    most = {
        name: _missing_nurses(problem, zone, Turn(day, shift))
        for name, (zone, shift, day) in cells.items()
    }
    missing = {name: many for name, many in most.items() if many}
    yield (Kit(RemedyKind.NURSES, missing, make, frozenset(missing)),)


def _limited_days(problem: Problem, zone: str, shift: str, terms: Terms) -> tuple[date, ...]:
    """Days on which the shift runs and the zone's nurses are stated."""
    return tuple(
        turn.day
        for turn in problem.turns
        if turn.shift == shift
        and problem.nurses(zone, turn) is not None
        and terms.allow(problem.shift[shift], turn.day)
    )


def _missing_nurses(problem: Problem, zone: str, turn: Turn, machines: int = 0) -> int:
    """Nurses without whom some open stations, or so many more, stay empty."""
    places = sum(problem.is_open(station, turn) for station in problem.zone_stations[zone])
    seats = max(0, places + machines - problem.held(zone, turn))
    there = problem.nurses(zone, turn) or 0
    return max(0, ceil(seats / problem.limit("nurse_ratio", turn.day)) - there)


def full_crew(problem: Problem, zone: str, turn: Turn) -> int:
    """Nurses for all the zone's machines in a turn that does not run yet."""
    there = problem.zone_stations[zone]
    places = sum(problem.abilities(station, turn.day) is not None for station in there)
    seats = max(0, places - problem.held(zone, turn))
    return ceil(seats / problem.limit("nurse_ratio", turn.day))


# --- patients ---------------------------------------------------------------------------------


def guests_kit(patients: Iterable[str]) -> Kit:
    """Patients who may go elsewhere, each a part that is taken or not."""
    most = dict.fromkeys(sorted(patients), 1)

    def make(amounts: Amounts) -> tuple[Remedy, ...]:
        away = tuple(patient for patient in most if amounts.get(patient))
        return (GuestElsewhere(away),) if away else ()

    return Kit(RemedyKind.GUESTS, most, make, frozenset(most))
