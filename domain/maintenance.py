"""Maintenance by date, operating hours or treatments, whichever comes first.

What the wire has not told is missing and never 0: a count that began after the last work is
"at least", and a plan that nobody has ever carried out is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.care import CareEvent, CareKind, in_time
from domain.telemetry import Phase
from domain.words import Label


@dataclass(frozen=True, slots=True)
class MaintenancePlan:
    """What is to be done again and again on machines of a model (empty: on all), at the latest
    after so many days, operating hours or treatments. At least one of the three is given.
    With `blocks`, nobody may be put on a machine on which it is overdue."""

    code: str
    title: Label
    model: str = ""
    every_days: int | None = None
    every_hours: int | None = None
    every_treatments: int | None = None
    source: str = ""
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class MaintenanceWork:
    """That it was done, by whom; `hours` and `treatments` as the machine's meters stood."""

    machine: str
    plan: str
    at: datetime
    who: str
    text: str = ""
    hours: float | None = None
    treatments: int | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """How much a machine has worked since a moment; `whole` is false where we began to listen
    only later, or the wire was lost, so that it is at least so much."""

    hours: float
    treatments: int
    whole: bool


_PATIENT = frozenset({Phase.CONNECTING, Phase.TREATMENT, Phase.REINFUSION})


def use_since(
    machine: str, events: Iterable[CareEvent], since: MaintenanceWork, until: datetime
) -> Use:
    """What the machine has done since a work. A meter read by a person at the work and again
    later counts for the time between; the wire for what came after."""
    own = in_time(one for one in events if one.machine == machine and one.at <= until)
    read = [one for one in own if one.kind is CareKind.METER and one.at >= since.at]
    last = next((one for one in reversed(read) if _answers(one, since)), None)
    start = since.at if last is None else last.at
    hours, treatments, whole = _by_wire(own, start, until)
    if last is None or since.hours is None or since.treatments is None:
        return Use(hours, treatments, whole)
    return Use(
        hours + (last.hours or 0.0) - since.hours,
        treatments + (last.treatments or 0) - since.treatments,
        whole,
    )


def _answers(event: CareEvent, work: MaintenanceWork) -> bool:
    """A meter that has gone on from where the work found it; one that was reset does not."""
    return (
        event.hours is not None
        and event.treatments is not None
        and work.hours is not None
        and work.treatments is not None
        and event.hours >= work.hours
        and event.treatments >= work.treatments
    )


def _by_wire(
    events: Iterable[CareEvent], start: datetime, until: datetime
) -> tuple[float, int, bool]:
    phase: Phase | None = None
    before, treated, on, whole = start, 0, timedelta(), False
    lost = False
    for event in events:
        if event.at > start:
            on += _running(phase, lost) * (event.at - before)
            before = event.at
        elif event.kind is CareKind.PHASE:
            whole = True
        if event.kind is CareKind.PHASE and event.phase is not None:
            begins = event.phase in _PATIENT and phase not in _PATIENT
            treated += begins and event.at > start
            phase, lost = event.phase, False
        elif event.kind in (CareKind.LINK_LOST, CareKind.LINK_BACK):
            lost = event.kind is CareKind.LINK_LOST
            whole = whole and not (lost and _running(phase, lost=False) and event.at > start)
    on += _running(phase, lost) * (until - before)
    return on / timedelta(hours=1), treated, whole


def _running(phase: Phase | None, lost: bool) -> int:
    return int(not lost and phase not in (None, Phase.OFF))


@dataclass(frozen=True, slots=True)
class Wear:
    """How far a plan's interval is used up on one machine. `shares` by criterion ("days",
    "hours", "treatments"), 1.0 being due; empty if it was never done. `on` is the day by date;
    `at_least` as in `Use`."""

    machine: str
    plan: MaintenancePlan
    last: MaintenanceWork | None
    shares: Mapping[str, float]
    on: date | None
    use: Use | None

    @property
    def share(self) -> float | None:
        """The criterion that comes first; `None` if it was never done."""
        return max(self.shares.values(), default=None)

    @property
    def first(self) -> str:
        """Which criterion that is; empty if it was never done."""
        return max(self.shares, key=lambda name: self.shares[name], default="")


def wear(
    machine: str,
    plan: MaintenancePlan,
    works: Iterable[MaintenanceWork],
    events: Iterable[CareEvent],
    now: datetime,
) -> Wear:
    """Where a machine stands in a plan's interval at a moment, whose time zone tells the day."""
    done = [one for one in works if one.machine == machine and one.plan == plan.code]
    done = [one for one in done if one.at <= now]
    if not done:
        return Wear(machine, plan, None, {}, None, None)
    last = max(done, key=lambda one: one.at)
    use = use_since(machine, events, last, now)
    shares: dict[str, float] = {}
    on = None
    if plan.every_days is not None:
        done_on = last.at.astimezone(now.tzinfo).date()
        on = done_on + timedelta(days=plan.every_days)
        shares["days"] = (now.date() - done_on).days / plan.every_days
    if plan.every_hours is not None:
        shares["hours"] = use.hours / plan.every_hours
    if plan.every_treatments is not None:
        shares["treatments"] = use.treatments / plan.every_treatments
    return Wear(machine, plan, last, shares, on, use)
