"""What is due at a center: maintenance, tests of water and dialysate, disinfection, and what a
bad result asks for; the most pressing first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from domain.care import CareEvent, CareLimit
from domain.maintenance import MaintenancePlan, MaintenanceWork, Wear, wear
from domain.opening import EVERY_DAY, OpenDays
from domain.readiness import ReadyState, readiness
from domain.water import (
    MACHINE_EVERY,
    WATER_TEST,
    WATER_TESTS,
    Grade,
    Medium,
    SamplingPoint,
    WaterLimit,
    WaterResult,
    grade,
    latest_results,
    limit_of,
    rotation,
)
from domain.words import Words, words

SOON = timedelta(days=14)
"""What comes due within this is shown as soon."""
SOON_SHARE = 0.9
"""And so is what has used up so much of its hours or treatments."""


class DueKind(StrEnum):
    """What has to be done."""

    RESULT = "bad result"
    DISINFECTION = "disinfection"
    MAINTENANCE = "maintenance"
    WATER = "water test"
    DIALYSATE = "dialysate test"


class Urgency(StrEnum):
    """How pressing, most first."""

    OVERDUE = "overdue"
    NOW = "now"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: at which machine or sampling point, what, until when, why, and on whose
    word. `on` is missing where it does not go by date; `share` is how much of hours or
    treatments is used up."""

    kind: DueKind
    urgency: Urgency
    subject: str
    code: str
    title: Words
    on: date | None
    reason: Words
    share: float | None = None
    source: str = ""


@dataclass(frozen=True)
class CareFacts:
    """All that `due` goes by. `machines` are models by code; limits are the center's own rows,
    for which the standard ones stand in; on days that are not `open_days` no test is due that
    is made every few days."""

    machines: Mapping[str, str]
    plans: tuple[MaintenancePlan, ...] = ()
    works: tuple[MaintenanceWork, ...] = ()
    events: tuple[CareEvent, ...] = ()
    points: tuple[SamplingPoint, ...] = ()
    limits: tuple[WaterLimit, ...] = ()
    results: tuple[WaterResult, ...] = ()
    care_limits: tuple[CareLimit, ...] = ()
    open_days: OpenDays = EVERY_DAY

    @cached_property
    def last(self) -> Mapping[tuple[str, str], WaterResult]:
        """The latest sample's result by point and test."""
        rows = sorted(latest_results(self.results).values(), key=lambda one: one.day)
        return {(one.point, one.test): one for one in rows}

    @cached_property
    def events_of(self) -> Mapping[str, tuple[CareEvent, ...]]:
        """The events by machine."""
        found: dict[str, list[CareEvent]] = {}
        for event in self.events:
            found.setdefault(event.machine, []).append(event)
        return {machine: tuple(rows) for machine, rows in found.items()}


def due(facts: CareFacts, now: datetime) -> tuple[Due, ...]:
    """Everything with an interval, sorted by urgency. `now` has the center's time zone, which
    says what today is."""
    found = (
        *_bad_results(facts, now.date()),
        *_disinfections(facts, now),
        *maintenance_due(facts, now),
        *_water(facts, now.date()),
        *_dialysate(facts, now.date()),
    )
    return tuple(sorted(found, key=_order))


def _order(one: Due) -> tuple[object, ...]:
    urgencies, kinds = list(Urgency), list(DueKind)
    return (
        urgencies.index(one.urgency),
        kinds.index(one.kind),
        one.on or date.min,
        -(one.share or 0.0),
        one.subject,
        one.code,
    )


def urgency_of(on: date, today: date) -> Urgency:
    """By date: overdue from the day after."""
    if on < today:
        return Urgency.OVERDUE
    if on == today:
        return Urgency.NOW
    return Urgency.SOON if on <= today + SOON else Urgency.LATER


# --- each kind --------------------------------------------------------------------------------


def _bad_results(facts: CareFacts, today: date) -> Iterator[Due]:
    for (point, test), result in facts.last.items():
        limit = limit_of(facts.limits, test, result.medium, result.day)
        graded = grade(result, limit)
        if limit is None or graded not in (Grade.ACT, Grade.FAILED):
            continue
        urgency = Urgency.OVERDUE if graded is Grade.FAILED else Urgency.NOW
        title, reason = WATER_TEST[test].title, _remedy(facts, result, graded)
        yield Due(
            DueKind.RESULT, urgency, point, test, title, min(result.day, today), reason,
            source=limit.source,
        )  # fmt: skip


def _remedy(facts: CareFacts, result: WaterResult, graded: Grade) -> Words:
    value, unit = result.value, WATER_TEST[result.test].unit
    if graded is Grade.ACT:
        return words(
            "{value} {unit} of {day}: above the action level; act and sample again",
            value=value, unit=unit, day=result.day,
        )  # fmt: skip
    if result.medium is Medium.WATER:
        return words(
            "{value} {unit} of {day}: over the limit; disinfect the water plant, sample again",
            value=value, unit=unit, day=result.day,
        )  # fmt: skip
    return words(
        "{value} {unit} of {day}: over the limit; if the water is good, sample every machine"
        " of model {model}",
        value=value, unit=unit, day=result.day, model=facts.machines.get(result.point, "-"),
    )  # fmt: skip


def _disinfections(facts: CareFacts, now: datetime) -> Iterator[Due]:
    for machine in facts.machines:
        found = readiness(machine, facts.events_of.get(machine, ()), now, facts.care_limits)
        if found.state in (ReadyState.DIRTY, ReadyState.BLOCKED):
            yield Due(
                DueKind.DISINFECTION, Urgency.NOW, machine, found.state.value,
                words("disinfection"), None, found.reason or words("dirty"),
            )  # fmt: skip


def maintenance_due(facts: CareFacts, now: datetime) -> Iterator[Due]:
    """Where each machine stands in each plan that is for it."""
    for plan in facts.plans:
        for machine, model in facts.machines.items():
            if plan.model in ("", model):
                events = facts.events_of.get(machine, ())
                yield _worn(wear(machine, plan, facts.works, events, now), now.date())


def _worn(found: Wear, today: date) -> Due:
    plan, share = found.plan, found.share
    by_date = Urgency.LATER if found.on is None else urgency_of(found.on, today)
    if share is None:
        urgency, reason = Urgency.OVERDUE, words("never recorded")
    else:
        worn = {name: part for name, part in found.shares.items() if name != "days"}
        most = max(worn.values(), default=0.0)
        by_use = (
            Urgency.OVERDUE if most >= 1 else
            Urgency.SOON if most >= SOON_SHARE else Urgency.LATER
        )  # fmt: skip
        urgency = min(by_date, by_use, key=list(Urgency).index)
        reason = _wear_words(found)
    return Due(
        DueKind.MAINTENANCE, urgency, found.machine, plan.code,
        words("{name}", name=plan.title), found.on, reason, share, plan.source,
    )  # fmt: skip


def _wear_words(found: Wear) -> Words:
    """The criterion that comes first, in its own unit."""
    plan, use = found.plan, found.use
    if found.first == "days" or use is None:
        return words("every {days} days", days=plan.every_days or 0)
    if found.first == "hours":
        done, whole = int(use.hours), plan.every_hours or 0
        if use.whole:
            return words("{done} of {whole} operating hours", done=done, whole=whole)
        return words("at least {done} of {whole} operating hours", done=done, whole=whole)
    done, whole = use.treatments, plan.every_treatments or 0
    if use.whole:
        return words("{done} of {whole} treatments", done=done, whole=whole)
    return words("at least {done} of {whole} treatments", done=done, whole=whole)


def _water(facts: CareFacts, today: date) -> Iterator[Due]:
    points = [one for one in facts.points if one.retired is None or today < one.retired]
    for test, limit in _tested(facts, Medium.WATER, today):
        for point in points:
            last = facts.last.get((point.code, test))
            yield _sampling(point.code, limit, last, facts.open_days, today)


def _dialysate(facts: CareFacts, today: date) -> Iterator[Due]:
    for test, limit in _tested(facts, Medium.DIALYSATE, today):
        last = {machine: facts.last.get((machine, test)) for machine in facts.machines}
        days = {machine: row.day if row else None for machine, row in last.items()}
        coming = rotation(days, limit.every, today)
        for machine, day in days.items():
            if coming is not None and machine in coming.machines:
                yield _turn(machine, limit, coming.on, day, today)
            elif day is not None and MACHINE_EVERY.after(day) <= today + SOON:
                yield _turn(machine, limit, MACHINE_EVERY.after(day), day, today)


def _turn(machine: str, limit: WaterLimit, on: date, last: date | None, today: date) -> Due:
    """A machine's turn in the rotation, or its year that has gone by."""
    if last is not None:
        on = min(on, MACHINE_EVERY.after(last))
    reason = (
        words("this machine was never sampled") if last is None
        else words("last sampled on {day}; each machine within a year", day=last)
    )  # fmt: skip
    return Due(
        DueKind.DIALYSATE, urgency_of(on, today), machine, limit.test,
        WATER_TEST[limit.test].title, on, reason, source=limit.source,
    )  # fmt: skip


def _sampling(
    point: str, limit: WaterLimit, last: WaterResult | None, open_days: OpenDays, today: date
) -> Due:
    on = today if last is None else limit.every.after(last.day)
    if limit.every.short:
        on = open_days.first_from(on)
    reason = (
        words("never sampled here")
        if last is None
        else words("last sampled on {day}", day=last.day)
    )
    return Due(
        DueKind.WATER, urgency_of(on, today), point, limit.test, WATER_TEST[limit.test].title, on,
        reason, source=limit.source,
    )  # fmt: skip


def _tested(facts: CareFacts, medium: Medium, today: date) -> Iterable[tuple[str, WaterLimit]]:
    rows = ((test.code, limit_of(facts.limits, test.code, medium, today)) for test in WATER_TESTS)
    return ((test, limit) for test, limit in rows if limit is not None)
