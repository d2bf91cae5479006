"""What a machine says in a minute, for tests: small events and samples at seconds after eight."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from dashboard.site import Site
from db.care.catching_up import catch_up
from db.telemetry.store import TelemetryStore
from domain.alarm import AlarmEdge, Direction, EdgePhase, MachineState, Priority
from domain.telemetry import (
    Entry,
    Event,
    EventKind,
    GatewayLife,
    Generation,
    Key,
    LinkCounters,
    LinkState,
    LinkStatus,
    Origin,
    Phase,
)
from tests.db.telemetry.world import BOOT, START, arrive, at, sample

__all__ = ["at"]


def event(
    seconds: float,
    kind: EventKind,
    text: str = "",
    alarm: AlarmEdge | None = None,
    values: dict[str, float] | None = None,
) -> Event:
    """An event of HD-1."""
    origin = Origin("gw", "jsdt3", Generation.TEST, at(seconds))
    key = Key("HD-1", BOOT, 1 + int(seconds) % 100_000)
    return Event(key, origin, kind, alarm, values or {}, text)


def phase(seconds: float, new: Phase) -> Event:
    return event(seconds, EventKind.PHASE, new.value)


def link(seconds: float, status: LinkStatus) -> Event:
    return event(seconds, EventKind.LINK, status.value)


def pressure(seconds: float, systolic: float, diastolic: float) -> Event:
    values = {"nibp_sys_mmhg": systolic, "nibp_dia_mmhg": diastolic}
    return event(seconds, EventKind.BLOOD_PRESSURE, values=values)


def alarm(
    seconds: float,
    what: EdgePhase = EdgePhase.START,
    code: str = "venous_pressure",
    state: MachineState = MachineState.ACTIVE,
    low: float | None = None,
    high: float | None = None,
) -> Event:
    edge = AlarmEdge(
        code, what, Priority.HIGH, True, state, direction=Direction.HIGH, value=310.0, low=low,
        high=high,
    )  # fmt: skip
    return event(seconds, EventKind.ALARM, alarm=edge)


def tell(site: Site, machine: str, entries: Iterable[Entry], moment: datetime) -> None:
    """Stores it as the machine's, as if it had begun at a moment; the wire is online and the
    ingest alive as of a second after the last of it."""
    store = TelemetryStore(site.here.telemetry, lambda: frozenset({machine}))
    made = [_at(one, machine, number, moment) for number, one in enumerate(entries, start=1)]
    store.settle([arrive(one, late=0.2) for one in made], [])
    now = site.clock()
    store.note(
        now,
        [
            LinkState(machine, "gw", BOOT, LinkStatus.ONLINE, moment, now,
                      LinkCounters(120, 110, 2, 1, 37))
        ],
        [],
        [GatewayLife("gw", BOOT, True, moment)],
    )  # fmt: skip
    store.beat("ingest", now)
    catch_up(site.here, now, site.escalation)


def _at(entry: Entry, machine: str, number: int, moment: datetime) -> Entry:
    ts = moment + (entry.origin.ts - START)
    return entry._replace(key=Key(machine, BOOT, number), origin=entry.origin._replace(ts=ts))


def treated(minutes: int = 20, step: int = 5) -> list[Entry]:
    """A treatment so far: priming, treatment, a blood pressure, an alarm that is there."""
    entries: list[Entry] = [phase(0, Phase.PRIMING), phase(30, Phase.TREATMENT)]
    entries += [
        sample(1, seconds=30 + second, venous_pressure_mmhg=120.0 + second % 7,
               arterial_pressure_mmhg=-140.0, uf_volume_ml=second / 6, uf_target_ml=2500.0,
               dialysate_cond_ms_cm=14.0)
        for second in range(0, minutes * 60, step)
    ]  # fmt: skip
    entries += [pressure(400, 132, 78), alarm(minutes * 60 - 60, low=20.0, high=300.0)]
    return sorted(entries, key=lambda one: one.origin.ts)


SHORT = timedelta(minutes=20, seconds=31)
"""From the begin of `treated` to just after its end."""
