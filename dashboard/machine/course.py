"""What a machine's curves show of a stretch: values with their gaps, pressures of the patient,
alarms and the limits that were told with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from dashboard.machine.stretches import Strip, strips
from db.telemetry.read import Point, events, minute_trend, trend
from domain.alarm import ALARM_KIND, AlarmEdge, Direction, EdgePhase, MachineState, Priority
from domain.telemetry import Event, EventKind, LinkStatus

CURVES = (
    "arterial_pressure_mmhg",
    "venous_pressure_mmhg",
    "tmp_mmhg",
    "uf_volume_ml",
    "uf_target_ml",
    "blood_flow_ml_min",
    "dialysate_cond_ms_cm",
    "dialysate_temp_c",
)
SHORT = timedelta(minutes=40)
"""Up to this every sample is shown, beyond it minutes."""
SAMPLE_GAP, MINUTE_GAP = timedelta(seconds=45), timedelta(seconds=90)
"""Two points that are farther apart have a gap between them; machines that stand idle are asked
every fifteen seconds."""
_NOT_COMPUTED = timedelta(minutes=3)
"""The newest minutes are shown by samples."""
_BEFORE = timedelta(days=2)
"""So far back the phase at the begin of a stretch is looked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A point of a curve; `run` counts the pieces between which nothing is known."""

    at: datetime
    low: float
    mean: float
    high: float
    run: int


@dataclass(frozen=True, slots=True)
class Pressure:
    """A blood pressure that was taken."""

    at: datetime
    systolic: float
    diastolic: float
    pulse: float | None


@dataclass(frozen=True, slots=True)
class AlarmTime:
    """An alarm's time at the machine: `end` is missing if it had not ended within the stretch;
    `lost`: it ends because the wire was lost. `low` and `high` are the limits that the machine
    told with it."""

    code: str
    direction: Direction | None
    priority: Priority
    first: datetime
    end: datetime | None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that is drawn from `first` to `end`. `fine`: every sample is there, not only
    minutes."""

    first: datetime
    end: datetime
    curves: dict[str, tuple[Reading, ...]]
    pressures: tuple[Pressure, ...]
    alarms: tuple[AlarmTime, ...]
    strips: tuple[Strip, ...]
    fine: bool

    @property
    def empty(self) -> bool:
        """True if the machine said nothing at all."""
        return not (any(self.curves.values()) or self.pressures or self.alarms or self.strips)


def course(connection: sa.Connection, machine: str, first: datetime, end: datetime) -> Course:
    """Reads it. A short stretch is shown by samples; a longer one by minutes, whose last one or
    two are not computed yet and come from samples."""
    fine = end - first <= SHORT
    said = [one.event for one in events(connection, machine, first - _BEFORE, end)]
    within = [one for one in said if one.origin.ts >= first]
    return Course(
        first,
        end,
        {name: _curve(connection, machine, name, first, end, fine=fine) for name in CURVES},
        pressures(within),
        alarm_times(within),
        strips(said, first, end),
        fine,
    )


def _curve(
    connection: sa.Connection, machine: str, name: str, first: datetime, end: datetime, *,
    fine: bool,
) -> tuple[Reading, ...]:  # fmt: skip
    if fine:
        return runs(trend(connection, machine, name, first, end), SAMPLE_GAP)
    points = minute_trend(connection, machine, name, first, end)
    newer = points[-1].at + timedelta(minutes=1) if points else first
    tail = trend(connection, machine, name, max(newer, end - _NOT_COMPUTED), end)
    middles = (replace(one, at=one.at + timedelta(seconds=30)) for one in points)
    return runs((*middles, *tail), MINUTE_GAP)


def runs(points: Sequence[Point], gap: timedelta) -> tuple[Reading, ...]:
    """The points in pieces: two that are farther apart than `gap` are never joined."""
    found: list[Reading] = []
    run, before = 0, None
    for one in points:
        if before is not None and one.at - before > gap:
            run += 1
        before = one.at
        found.append(Reading(one.at, one.low, one.mean, one.high, run))
    return tuple(found)


def pressures(said: Iterable[Event]) -> tuple[Pressure, ...]:
    """The blood pressures among what was said; one without both its values is left out."""
    rows = ((one.origin.ts, one.values) for one in said if one.kind is EventKind.BLOOD_PRESSURE)
    return tuple(
        Pressure(at, values["nibp_sys_mmhg"], values["nibp_dia_mmhg"], values.get("pulse_bpm"))
        for at, values in rows
        if {"nibp_sys_mmhg", "nibp_dia_mmhg"} <= set(values)
    )


def alarm_times(said: Iterable[Event]) -> tuple[AlarmTime, ...]:
    """When each alarm was there, in the order in which they began. One that was only heard to go
    on or to end began before, or unheard: it is there from the first word on it. What becomes of
    one while the wire is lost nobody knows: it is not drawn as if it went on."""
    there: dict[str, AlarmTime] = {}
    found: list[AlarmTime] = []
    for event in said:
        at, edge = event.origin.ts, event.alarm
        if event.kind is EventKind.LINK and event.text != LinkStatus.ONLINE:
            found += [replace(one, end=at, lost=True) for one in there.values()]
            there.clear()
        if edge is None or edge.code not in ALARM_KIND:
            continue
        one = there.pop(edge.code, None)
        if edge.state is MachineState.UNKNOWN:
            found += [] if one is None else [replace(one, end=at, lost=True)]
            continue
        one = one or _begun(edge, at)
        if edge.phase is EdgePhase.END and edge.state is not MachineState.LATCHED:
            found.append(replace(one, end=at))
        else:
            there[edge.code] = one
    return tuple(sorted((*found, *there.values()), key=lambda one: (one.first, one.code)))


def _begun(edge: AlarmEdge, at: datetime) -> AlarmTime:
    return AlarmTime(
        edge.code, edge.direction, edge.priority, at, None, edge.value, edge.low, edge.high
    )
