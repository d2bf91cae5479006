"""Machines that cannot be counted on, and what the planner makes of it.

A station is closed only where it is beyond doubt that nobody may sit there: as long as a person
has taken the machine out, as long as its dialysate has failed, and until a technician can have
come for maintenance that blocks. What a nurse mends within the hour (a disinfection that was too
short, a residue test that is missing) is told by name and closes nothing; a machine that is
merely dirty is as all machines are between two patients.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendar import DAY, Span
from domain.care import SERVICE, CareEvent, CareKind, care_limit, in_time
from domain.center import Closure, Placement
from domain.due import CareFacts, Urgency, maintenance_due
from domain.problem import Problem
from domain.readiness import Readiness, ReadyState, readiness
from domain.register import Register
from domain.shortage import Cap, Unplaced
from domain.water import WATER_TEST, Grade, Medium, WaterResult, grade, limit_of
from domain.words import Words, words

AHEAD = timedelta(days=7)
"""What closes nothing is told for weeks that begin within this: by a later one it is mended."""


class OutageKind(StrEnum):
    """Why a machine cannot be counted on."""

    TAKEN_OUT = "taken out"
    DIALYSATE = "dialysate"
    MAINTENANCE = "maintenance"
    DISINFECTION = "disinfection"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class Outage:
    """Something that stands against a machine now; without a machine it is the water, which
    concerns all. On the days of `closed` nobody may be put on it; without them it is only to be
    known."""

    machine: str
    kind: OutageKind
    reason: Words
    closed: Span | None = None


@dataclass(frozen=True, slots=True)
class PlannedOutage:
    """An outage as far as it concerns some weeks: the machine's stations in them, and the days
    on which these are closed; none where it is only to be known."""

    machine: str
    kind: OutageKind
    reason: Words
    stations: tuple[str, ...]
    closed: tuple[date, ...]


def outages(facts: CareFacts, now: datetime) -> tuple[Outage, ...]:
    """Everything that stands against machines at a moment, by machine, the water last. `now` has
    the center's time zone."""
    found = [*_taken_out(facts, now), *_dialysate(facts, now), *_maintenance(facts, now)]
    taken = {one.machine for one in found if one.kind is OutageKind.TAKEN_OUT}
    found += _disinfection(facts, now, taken)
    return (*sorted(found, key=lambda one: one.machine), *_water(facts, now.date()))


def usable(facts: CareFacts, now: datetime) -> tuple[Readiness, ...]:
    """Each machine's state between two patients, blocked also by what else forbids its use."""
    against = {
        one.machine: one.reason
        for one in outages(facts, now)
        if one.closed is not None and one.kind is not OutageKind.TAKEN_OUT
    }
    return tuple(_held(_ready(facts, code, now), against.get(code)) for code in facts.machines)


def _held(found: Readiness, reason: Words | None) -> Readiness:
    """A patient who is on a machine is the first thing to know of it, and a person's block is
    said in that person's words."""
    if reason is None or found.state in (ReadyState.IN_USE, ReadyState.BLOCKED):
        return found
    return replace(found, state=ReadyState.BLOCKED, reason=reason, until=None)


def _ready(facts: CareFacts, machine: str, now: datetime) -> Readiness:
    return readiness(machine, facts.events_of.get(machine, ()), now, facts.care_limits)


# --- each kind --------------------------------------------------------------------------------


def _taken_out(facts: CareFacts, now: datetime) -> Iterator[Outage]:
    for machine in facts.machines:
        last = _word(facts, machine, now)
        if last is None or last.kind is CareKind.RELEASED:
            continue
        gone = last.back is None or last.back <= now.date()
        days = Span(now.date(), None if gone or last.back is None else last.back - DAY)
        yield Outage(machine, OutageKind.TAKEN_OUT, _out(last, now.date()), days)


def _word(facts: CareFacts, machine: str, now: datetime) -> CareEvent | None:
    """What a person said last on whether the machine may be used."""
    kinds = (CareKind.BLOCKED, CareKind.RELEASED)
    said = [e for e in facts.events_of.get(machine, ()) if e.kind in kinds and e.at <= now]
    return in_time(said)[-1] if said else None


def _out(block: CareEvent, today: date) -> Words:
    who, why, back = block.who, block.text, block.back
    if back is None:
        return words("blocked by {who}: {why}", who=who, why=why)
    if back > today:
        return words("blocked by {who}, back on {day}: {why}", who=who, day=back, why=why)
    return words(
        "blocked by {who}, was to be back on {day} and is not: {why}", who=who, day=back, why=why
    )


def _dialysate(facts: CareFacts, now: datetime) -> Iterator[Outage]:
    for result in _failed(facts, Medium.DIALYSATE):
        if result.point not in facts.machines:
            continue
        last = _word(facts, result.point, now)
        released = last is not None and last.kind is CareKind.RELEASED and last.at > result.entered
        if last is not None and released:
            said = words(
                "{result}; released all the same by {who}",
                result=_value(result), who=last.who,
            )  # fmt: skip
            yield Outage(result.point, OutageKind.DIALYSATE, said)
        else:
            days = Span(now.date(), None)
            yield Outage(result.point, OutageKind.DIALYSATE, _value(result), days)


def _failed(facts: CareFacts, medium: Medium) -> Iterator[WaterResult]:
    """The last results of a medium that are over their limits."""
    for (_, test), result in facts.last.items():
        limit = limit_of(facts.limits, test, result.medium, result.day)
        if result.medium is medium and grade(result, limit) is Grade.FAILED:
            yield result


def _value(result: WaterResult) -> Words:
    test = WATER_TEST[result.test]
    if result.medium is Medium.DIALYSATE:
        return words(
            "its dialysate of {day} is over the limit: {test} {value} {unit}",
            day=result.day, test=test.title, value=result.value, unit=test.unit,
        )  # fmt: skip
    return words(
        "the water at {point} of {day} is over the limit: {test} {value} {unit}",
        point=result.point, day=result.day, test=test.title, value=result.value, unit=test.unit,
    )  # fmt: skip


def _maintenance(facts: CareFacts, now: datetime) -> Iterator[Outage]:
    blocking = {plan.code for plan in facts.plans if plan.blocks}
    today = now.date()
    days = int(care_limit(facts.care_limits, SERVICE, today).value)
    for one in maintenance_due(facts, now):
        if one.code in blocking and one.urgency is Urgency.OVERDUE:
            said = words("{what} is overdue: {why}", what=one.title, why=one.reason)
            span = Span(today, today + timedelta(days=days))
            yield Outage(one.subject, OutageKind.MAINTENANCE, said, span)


def _disinfection(facts: CareFacts, now: datetime, taken: set[str]) -> Iterator[Outage]:
    for machine in facts.machines:
        found = _ready(facts, machine, now)
        if machine not in taken and found.state is ReadyState.BLOCKED and found.reason is not None:
            yield Outage(machine, OutageKind.DISINFECTION, found.reason)


def _water(facts: CareFacts, today: date) -> Iterator[Outage]:
    points = {one.code for one in facts.points if one.retired is None or today < one.retired}
    for result in _failed(facts, Medium.WATER):
        if result.point in points:
            yield Outage("", OutageKind.WATER, _value(result))


# --- for the planner --------------------------------------------------------------------------


def closures(found: Iterable[Outage], register: Register, now: datetime) -> tuple[Closure, ...]:
    """What outages close, station by station: of today only the shifts that are still to
    begin, as what has been treated has been treated."""
    return tuple(
        closure
        for one in found
        if one.closed is not None
        for placement in register.placements
        if placement.machine == one.machine
        for closure in _shut(one, one.closed, placement, register, now)
    )


def _shut(
    outage: Outage, closed: Span, placement: Placement, register: Register, now: datetime
) -> Iterator[Closure]:
    today, station = now.date(), placement.station
    if today in closed and today in placement.span:
        clock = now.replace(tzinfo=None)
        for shift in register.shifts:
            if shift.interval(today).start > clock:
                yield Closure(Span(today, today), outage.reason, shift.code, station=station)
    firsts = [day for day in (closed.first, placement.span.first) if day is not None]
    lasts = [day for day in (closed.last, placement.span.last) if day is not None]
    later = Span(max((today + DAY, *firsts)), min(lasts, default=None))
    if later.first is not None and (later.last is None or later.first <= later.last):
        yield Closure(later, outage.reason, station=station)


def counted(problem: Problem, found: Iterable[Outage], now: datetime) -> Problem:
    """The problem without the stations that outages close; the same one if they close none."""
    register = problem.register
    added = tuple(
        one
        for one in closures(found, register, now)
        if any(day in one.span for day in problem.days)
    )
    if not added:
        return problem
    whole = replace(register, closures=(*register.closures, *added))
    return replace(problem, register=whole)


def concerning(
    problem: Problem, found: Iterable[Outage], now: datetime
) -> tuple[PlannedOutage, ...]:
    """The outages that whoever plans these weeks must know of; none for weeks that are over."""
    shown = (_planned(problem, one, now) for one in found)
    near = problem.first_day <= now.date() + AHEAD
    if problem.end_day <= now.date():
        return ()
    return tuple(
        one
        for one in shown
        if one.closed or (near and (one.stations or one.kind is OutageKind.WATER))
    )


def _planned(problem: Problem, one: Outage, now: datetime) -> PlannedOutage:
    mine = [place for place in problem.register.placements if place.machine == one.machine]
    days = [day for day in problem.days if day >= now.date()]
    placed = {place.station for place in mine for day in days if day in place.span}
    closed = tuple(
        day
        for day in days
        if one.closed is not None and day in one.closed and any(day in p.span for p in mine)
    )
    return PlannedOutage(one.machine, one.kind, one.reason, tuple(sorted(placed)), closed)


def outage_words(one: PlannedOutage) -> Words:
    """What whoever plans must know of one of them."""
    if not one.machine:
        return words("{reason}; decide before anybody is treated", reason=one.reason)
    if not one.closed:
        return words(
            "{machine} at {stations}: {reason}; its station is planned all the same",
            machine=one.machine, stations=one.stations, reason=one.reason,
        )  # fmt: skip
    return words(
        "{machine} at {stations}: closed {first} to {last}; {reason}",
        machine=one.machine, stations=one.stations, first=one.closed[0], last=one.closed[-1],
        reason=one.reason,
    )  # fmt: skip


def with_machines(short: Unplaced, problem: Problem, found: Iterable[PlannedOutage]) -> Words:
    """Why a patient goes without a place, and which machines are out of use where the seats are
    that would be needed."""
    wanted = {
        (obstacle.place.zone, day)
        for obstacle in short.obstacles
        if obstacle.place.cap is Cap.STATIONS
        for day in obstacle.place.days or problem.days
    }
    there = tuple(
        words("{machine} ({reason})", machine=one.machine, reason=one.reason)
        for one in found
        if {(problem.station[at].zone, day) for at in one.stations for day in one.closed} & wanted
    )
    if not there:
        return short.words
    return words("{why}; out of use there: {machines}", why=short.words, machines=there)
