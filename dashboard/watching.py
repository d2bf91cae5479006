"""What the board shows: the rows of a moment, made from what the databases hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from db.care.present import RECENT, Newest, Present
from devices.protocols.listed import PROTOCOL, PROTOCOLS
from domain.alarm import Priority
from domain.alarm_life import AlarmLife
from domain.alarm_response import escalated, escalations
from domain.board import STALE_PERIODS, BoardRow, Watched, board
from domain.fleet import FleetPattern, onsets, patterns
from domain.register import Register
from domain.telemetry import Mode

SILENT = timedelta(seconds=5)
"""An ingest that has not written for so long is taken to be dead."""
IDLE_FACTOR = 3
"""Gateways ask a machine outside of a treatment so many times more seldom."""
USUAL_PACE = 5.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The board at a moment. `silence` is how long ingest has not written, missing if it never
    has; `behind`: there are more events than could be looked at. `fresh_for` is how old a
    machine's newest sample may become before it is stale: whoever goes on showing these rows
    has to count on."""

    at: datetime
    zone: tzinfo
    rows: tuple[BoardRow, ...]
    patterns: tuple[FleetPattern, ...]
    silence: timedelta | None
    behind: bool
    fresh_for: Mapping[str, timedelta] = field(default_factory=dict)

    @property
    def blind(self) -> bool:
        """True if nothing on the board can be live."""
        return self.silence is None or self.silence > SILENT


def seen_at(
    there: Present,
    now: datetime,
    escalation: Mapping[Priority, timedelta],
    pace: float | None = None,
) -> Seen:
    """The board of what was there at `now`. `escalation` is after how long an alarm that nobody
    has seen comes to the top; `pace` are the seconds between samples, if lines are set otherwise
    than their protocols' usual."""
    lives = risen(there.alarms, escalation, now)
    watched = tuple(_watched(there, lives, now, pace))
    found = patterns(onsets(lives))
    return Seen(
        now,
        UTC if there.register is None else ZoneInfo(there.register.center.timezone),
        board(watched, now),
        tuple(one for one in found if now - one.onsets[-1].at <= RECENT),
        None if there.beat is None else max(timedelta(), now - there.beat),
        there.behind,
        {one.machine: STALE_PERIODS * timedelta(seconds=one.pace) for one in watched},
    )


def risen(
    lives: tuple[AlarmLife, ...], escalation: Mapping[Priority, timedelta], now: datetime
) -> tuple[AlarmLife, ...]:
    """Alarms, put to the top where nobody has seen them in time, stored so or not."""
    late = {(one.machine, one.number) for one in escalations(now, lives, escalation)}
    return tuple(
        escalated(life, now) if (life.machine, life.number) in late else life for life in lives
    )


def _watched(
    there: Present, lives: tuple[AlarmLife, ...], now: datetime, pace: float | None
) -> Iterable[Watched]:
    stations = _stations(there.register, now)
    newest = {one.sample.key.machine: one for one in there.newest}
    for machine in {*stations, *newest, *(wire.machine for wire in there.links)}:
        one = newest.get(machine)
        yield Watched(
            machine,
            _pace(one, pace),
            None if one is None else one.sample,
            None if one is None else one.at,
            tuple(wire for wire in there.links if wire.machine == machine),
            tuple(life for life in lives if life.machine == machine),
            stations.get(machine, ""),
        )


def _pace(one: Newest | None, asked: float | None) -> float:
    if one is None:
        return asked or USUAL_PACE
    name = one.sample.origin.protocol
    pace = asked or (PROTOCOL[name].pace if name in PROTOCOL else USUAL_PACE)
    seldom = one.sample.mode is not Mode.TREATMENT and name in _polled()
    return pace * IDLE_FACTOR if seldom else pace


@cache
def _polled() -> frozenset[str]:
    """Protocols in which we ask; in the others machines speak at their own pace."""
    return frozenset(one.name for one in PROTOCOLS if one.driver().poll())


def _stations(register: Register | None, now: datetime) -> dict[str, str]:
    """Every registered machine, and where it stands today."""
    if register is None:
        return {}
    today = now.astimezone(ZoneInfo(register.center.timezone)).date()
    placed = {one.machine: one.station for one in register.placements if today in one.span}
    return {one.code: placed.get(one.code, "") for one in register.machines}
