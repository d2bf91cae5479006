"""The live table as data: one row a machine, worst first.

Stale is never live: a value older than three sample periods keeps its number only to be shown
struck through with its age. Missing is shown as missing. No color and no language in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from domain.alarm import Direction, MachineState, Priority
from domain.alarm_life import AlarmLife, rank
from domain.telemetry import Generation, LinkState, LinkStatus, Mode, Phase, Sample, Validity

STALE_PERIODS = 3
"""A value older than so many sample periods is stale."""

BOARD_QUANTITIES = (
    "time_remaining_min",
    "arterial_pressure_mmhg",
    "venous_pressure_mmhg",
    "tmp_mmhg",
    "uf_volume_ml",
    "uf_target_ml",
    "dialysate_cond_ms_cm",
    "dialysate_temp_c",
    "blood_flow_ml_min",
    "dialysate_flow_ml_min",
    "uf_rate_ml_h",
    "nibp_sys_mmhg",
    "nibp_dia_mmhg",
    "pulse_bpm",
)
"""What a row shows, the most wanted first."""


class Shown(StrEnum):
    """How a value may be shown: as live, as doubtful, struck through, or as missing."""

    LIVE = "live"
    DOUBTFUL = "doubtful"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Reading:
    """A value on the board; there is none where it is missing."""

    value: float | None
    shown: Shown


class Level(IntEnum):
    """How bad a row is; the higher, the nearer to the top. A machine on a patient of which
    nothing is heard is worse than a medium alarm that is."""

    CALM = 0
    UNSEEN_END = 1
    STALE = 2
    LOW_ALARM = 3
    LOST = 4
    MEDIUM_ALARM = 5
    LOST_ON_PATIENT = 6
    HIGH_ALARM = 7


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of a machine: its newest sample and when that was by *our* clock, its
    wires (several gateways may claim one machine), the seconds between samples, its alarms."""

    machine: str
    pace: float
    sample: Sample | None = None
    at: datetime | None = None
    links: tuple[LinkState, ...] = ()
    alarms: tuple[AlarmLife, ...] = ()
    station: str = ""
    phase_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoardAlarm:
    """An open alarm on the board. `age` counts from its latest begin."""

    number: int
    code: str
    direction: Direction | None
    priority: Priority
    state: MachineState
    times: int
    age: timedelta
    seen_by: str
    holder: str
    escalated: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A machine on the board. `age` is that of the newest sample, `fresh` whether it is young
    enough; `phase` is the last one heard and only as fresh as the row. `link` is missing where
    no gateway has ever spoken of the machine; `claims` are the gateways if several do."""

    machine: str
    station: str
    level: Level
    generation: Generation | None
    mode: Mode | None
    phase: Phase | None
    phase_since: datetime | None
    bypass: bool | None
    fresh: bool
    age: timedelta | None
    link: LinkStatus | None
    link_since: datetime | None
    claims: tuple[str, ...]
    readings: Mapping[str, Reading]
    alarms: tuple[BoardAlarm, ...]


_ON_PATIENT = frozenset({Phase.CONNECTING, Phase.TREATMENT, Phase.REINFUSION})


def board(watched: Iterable[Watched], now: datetime) -> tuple[BoardRow, ...]:
    """The rows at a moment, worst first; equally bad ones by the age of their alarms, then by
    machine."""
    return tuple(sorted((_row(one, now) for one in watched), key=_order))


def is_fresh(at: datetime | None, now: datetime, pace: float) -> bool:
    """True if a sample of that moment may still be shown as live."""
    return at is not None and now - at <= STALE_PERIODS * timedelta(seconds=pace)


def _row(one: Watched, now: datetime) -> BoardRow:
    sample, fresh = one.sample, is_fresh(one.at, now, one.pace)
    link = max(one.links, key=lambda state: state.since, default=None)
    alarms = tuple(
        sorted((_alarm(life, now) for life in one.alarms if life.open), key=_alarm_order)
    )
    phase = None if sample is None else sample.phase
    return BoardRow(
        machine=one.machine,
        station=one.station,
        level=_level(alarms, phase, link, sample, fresh=fresh),
        generation=None if sample is None else sample.origin.generation,
        mode=None if sample is None else sample.mode,
        phase=phase,
        phase_since=one.phase_since,
        bypass=None if sample is None else sample.bypass,
        fresh=fresh,
        age=None if one.at is None else max(timedelta(), now - one.at),
        link=None if link is None else link.status,
        link_since=None if link is None else link.since,
        claims=_claims(one.links),
        readings={name: _reading(sample, name, fresh=fresh) for name in BOARD_QUANTITIES},
        alarms=alarms,
    )


def _claims(links: Iterable[LinkState]) -> tuple[str, ...]:
    """The gateways that say to hear the machine now, if there are several."""
    online = sorted(state.gateway for state in links if state.status is LinkStatus.ONLINE)
    return tuple(online) if len(online) > 1 else ()


def _reading(sample: Sample | None, name: str, *, fresh: bool) -> Reading:
    value = None if sample is None else sample.values.get(name)
    quality = Validity.VALID if sample is None else sample.quality.get(name, Validity.VALID)
    if value is None or quality in (Validity.NOT_AVAILABLE, Validity.INVALID):
        return Reading(None, Shown.MISSING)
    if not fresh:
        return Reading(value, Shown.STALE)
    return Reading(value, Shown.DOUBTFUL if quality is Validity.QUESTIONABLE else Shown.LIVE)


def _alarm(life: AlarmLife, now: datetime) -> BoardAlarm:
    return BoardAlarm(
        life.number,
        life.code,
        life.direction,
        life.priority,
        life.state,
        life.times,
        max(timedelta(), now - life.began),
        life.seen_by,
        life.holder,
        life.escalated_at is not None and life.fresh,
    )


def _level(
    alarms: Iterable[BoardAlarm],
    phase: Phase | None,
    link: LinkState | None,
    sample: Sample | None,
    *,
    fresh: bool,
) -> Level:
    levels = [_alarm_level(alarm) for alarm in alarms]
    lost = link is not None and link.status not in (LinkStatus.ONLINE, LinkStatus.STALE)
    if not fresh and phase in _ON_PATIENT:
        levels.append(Level.LOST_ON_PATIENT)
    elif lost and phase is not Phase.OFF:
        levels.append(Level.LOST)
    elif sample is not None and not fresh:
        levels.append(Level.STALE)
    return max(levels, default=Level.CALM)


def _alarm_level(alarm: BoardAlarm) -> Level:
    if alarm.state is MachineState.INACTIVE:
        return Level.UNSEEN_END
    match rank(alarm.priority):
        case 3:
            return Level.HIGH_ALARM
        case 2:
            return Level.MEDIUM_ALARM
        case _:
            return Level.LOW_ALARM


def _alarm_order(alarm: BoardAlarm) -> tuple[object, ...]:
    """What is there before what has ended, unseen before seen, oldest first."""
    seen = bool(alarm.seen_by)
    return (-_alarm_level(alarm), not alarm.escalated, seen, -alarm.age, alarm.number)


def _order(row: BoardRow) -> tuple[object, ...]:
    first = row.alarms[0] if row.alarms else None
    calm = (True, True, timedelta())
    alarm = calm if first is None else (not first.escalated, bool(first.seen_by), -first.age)
    return (-row.level, *alarm, row.machine)
