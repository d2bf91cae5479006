"""What happens to a machine besides alarms, as far as its care goes: phases and lost wires from
the wire, disinfections, residue tests, blocks and meter readings from people.

One stream in the order of time; readiness and the use of a machine are read off it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.alarm import EdgePhase
from domain.alarm_life import Told
from domain.telemetry import Event, EventKind, LinkStatus, Phase
from domain.words import Words, words


class CareKind(StrEnum):
    """What happened; the first four come by wire, the rest from people."""

    PHASE = "phase"
    LINK_LOST = "link lost"
    LINK_BACK = "link back"
    BLOOD_LEAK = "blood leak"
    DISINFECTED = "disinfected"
    RESIDUE_CLEAR = "residue clear"
    BLOCKED = "blocked"
    RELEASED = "released"
    METER = "meter"


class Method(StrEnum):
    """How a machine was disinfected."""

    HEAT = "heat"
    CHEMICAL = "chemical"


@dataclass(frozen=True, slots=True)
class CareEvent:
    """One thing that happened. `who` is empty for what came by wire. `minutes` and `method`
    belong to a disinfection, `hours` and `treatments` to a reading of the machine's meters,
    `back` to a block: the day on which the machine is expected back, if anybody knows."""

    machine: str
    at: datetime
    kind: CareKind
    phase: Phase | None = None
    who: str = ""
    text: str = ""
    method: Method | None = None
    minutes: float | None = None
    hours: float | None = None
    treatments: int | None = None
    told: Told | None = None
    back: date | None = None


@dataclass(frozen=True, slots=True)
class CareLimit:
    """A limit of care from a day on, with its source; a center's own row takes precedence, and
    has `who` entered it. Of two rows of one day the later entered counts."""

    code: str
    valid_from: date
    value: float
    unit: str
    source: str
    who: str = ""


IDLE, HEAT, CHEMICAL, UNTOLD = "idle_hours", "heat_minutes", "chemical_minutes", "wire_minutes"
SERVICE = "service_days"
_SINCE = date(2021, 1, 1)
_COURSE = words("Usual course of the method; the maker's manual decides: check it")

STANDARD_CARE_LIMITS: tuple[CareLimit, ...] = (
    CareLimit(HEAT, _SINCE, 20, "min", str(_COURSE)),
    CareLimit(CHEMICAL, _SINCE, 25, "min", str(_COURSE)),
    CareLimit(
        UNTOLD, _SINCE, 25, "min",
        str(words("The wire does not tell the method: the longer of the two")),
    ),
    CareLimit(
        IDLE, _SINCE, 48, "h",
        str(words("Practice: disinfected again after 24 to 48 h idle; the center decides")),
    ),
    CareLimit(
        SERVICE, _SINCE, 1, "d",
        str(words("Practice: a technician is there by the next day; the center decides")),
    ),
)  # fmt: skip
"""Least minutes of a disinfection by method, the hours after which a ready machine is
disinfected again, and the days for which the planner counts on no machine whose blocking
maintenance is overdue, from tomorrow on."""
CARE_LIMIT_WORDS: dict[str, Words] = {
    HEAT: words("least minutes of a disinfection by heat"),
    CHEMICAL: words("least minutes of a chemical disinfection"),
    UNTOLD: words("least minutes of a disinfection of which the wire does not tell the method"),
    IDLE: words("hours of standing idle until a machine is disinfected again"),
    SERVICE: words("days, after today, until an overdue maintenance can be done"),
}


def care_limit(rows: Iterable[CareLimit], code: str, day: date) -> CareLimit:
    """The row in force on a day: the center's latest, else the standard one. Rows are in the
    order in which they were entered."""
    own = [row for row in rows if row.code == code and row.valid_from <= day]
    standard = [row for row in STANDARD_CARE_LIMITS if row.code == code]
    return max(reversed(own), key=lambda row: row.valid_from) if own else standard[0]


def care_event(event: Event) -> CareEvent | None:
    """What an event of the wire means for care; `None` if nothing."""
    machine, told = event.key.machine, Told.by(event)
    match event.kind:
        case EventKind.PHASE if event.text in set(Phase):
            return CareEvent(machine, told.at, CareKind.PHASE, Phase(event.text), told=told)
        case EventKind.LINK:
            back = event.text == LinkStatus.ONLINE
            kind = CareKind.LINK_BACK if back else CareKind.LINK_LOST
            return CareEvent(machine, told.at, kind, text=event.text, told=told)
        case EventKind.ALARM if event.alarm is not None and event.alarm.code == "blood_leak":
            if event.alarm.phase is EdgePhase.START:
                return CareEvent(machine, told.at, CareKind.BLOOD_LEAK, told=told)
    return None


def in_time(events: Iterable[CareEvent]) -> tuple[CareEvent, ...]:
    """In the order in which things happened, also if they were told later."""
    return tuple(sorted(events, key=_moment))


def _moment(event: CareEvent) -> tuple[datetime, str, int]:
    told = event.told
    return (event.at, told.boot if told else "", told.seq if told else 0)


def meter_before(events: Iterable[CareEvent], reading: CareEvent) -> CareEvent | None:
    """The machine's last reading before this one if this one is below it, which is a typing
    mistake unless the meter was replaced; `None` if it has grown."""
    own = (
        one for one in events
        if one.machine == reading.machine and one.kind is CareKind.METER and one.at <= reading.at
    )  # fmt: skip
    last = max(own, key=lambda one: one.at, default=None)
    if last is None:
        return None
    less_hours = (reading.hours or 0) < (last.hours or 0)
    less_treatments = (reading.treatments or 0) < (last.treatments or 0)
    return last if less_hours or less_treatments else None


METHOD_WORDS: dict[Method, Words] = {
    Method.HEAT: words("heat"),
    Method.CHEMICAL: words("chemical"),
}
