"""Alarms as tests say them: minutes after eight o'clock, one gateway unless told otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.alarm import AlarmEdge, EdgePhase, Inactivation, MachineState, Priority
from domain.alarm_life import AlarmLife, Told, raised
from domain.telemetry import Event, EventKind, Generation, Key, Origin

EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
BOOT_A, BOOT_B = "a" * 32, "b" * 32


def at(minutes: float) -> datetime:
    """So many minutes after eight."""
    return EIGHT + timedelta(minutes=minutes)


def told(seq: int, minutes: float | None = None, boot: str = BOOT_A) -> Told:
    """A message; by default its number is its minute."""
    return Told(at(seq if minutes is None else minutes), boot, seq)


def edge(
    phase: EdgePhase = EdgePhase.START,
    state: MachineState = MachineState.ACTIVE,
    priority: Priority = Priority.HIGH,
    code: str = "venous_pressure",
    inactivation: Inactivation = Inactivation.ENABLED,
) -> AlarmEdge:
    """A machine's word; at an end the state is inactive unless it is latched."""
    if phase is EdgePhase.END and state is MachineState.ACTIVE:
        state = MachineState.INACTIVE
    return AlarmEdge(code, phase, priority, False, state, inactivation)


def event(
    seq: int,
    said: AlarmEdge | str,
    machine: str = "HD-01",
    boot: str = BOOT_A,
    minutes: float | None = None,
) -> Event:
    """An alarm, or the new state of the wire as text."""
    moment = at(seq if minutes is None else minutes)
    origin = Origin("gw", "jsdt3", Generation.TEST, moment)
    key = Key(machine, boot, seq)
    if isinstance(said, str):
        return Event(key, origin, EventKind.LINK, text=said)
    return Event(key, origin, EventKind.ALARM, said)


def alarm(priority: Priority = Priority.HIGH, number: int = 1, machine: str = "HD-01") -> AlarmLife:
    """An alarm raised at one minute past eight."""
    return raised(machine, number, edge(priority=priority), told(1), Generation.TEST)
