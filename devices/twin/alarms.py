"""The machine's own alarms: what each makes the machine do, how it ends, how it grows.

Codes, priorities and latching are those of `domain.alarm`; conditions come from the windows
(`windows.py`), from sensors and from other alarms. An alarm that latches, and an advice, stay
until somebody at the machine resets them; the others end by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from devices.twin.truth import AlarmChange, TrueAlarm
from domain.alarm import (
    ALARM_KIND,
    Direction,
    EdgePhase,
    Inactivation,
    MachineState,
    Priority,
)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What the machine does while the alarm is there. `grows` seconds later the alarm becomes
    one of high priority; `answer` are the seconds staff take to reset it."""

    stops_pump: bool = False
    bypass: bool = False
    uf_off: bool = False
    grows: float | None = None
    answer: tuple[float, float] | None = None


_HAND = (30.0, 120.0)

REACTIONS: Mapping[str, Reaction] = {
    "arterial_pressure": Reaction(stops_pump=True, uf_off=True, answer=_HAND),
    "venous_pressure": Reaction(stops_pump=True, uf_off=True, answer=_HAND),
    "inlet_pressure": Reaction(stops_pump=True, uf_off=True, answer=_HAND),
    "air": Reaction(stops_pump=True, uf_off=True, answer=(60, 180)),
    "blood_leak": Reaction(stops_pump=True, bypass=True, uf_off=True, answer=(120, 300)),
    "power": Reaction(bypass=True, uf_off=True, answer=(10, 60)),
    "tmp": Reaction(bypass=True, uf_off=True),
    "conductivity": Reaction(bypass=True, uf_off=True, grows=120),
    "temperature": Reaction(bypass=True, uf_off=True),
    "dialysate_flow": Reaction(bypass=True, uf_off=True),
    "uf_deviation": Reaction(uf_off=True),
    "blood_pump_stop": Reaction(grows=60),
    "blood_pressure": Reaction(),
    "uf_goal": Reaction(answer=_HAND),
    "syringe": Reaction(answer=_HAND),
    "self_test": Reaction(),
}

PATIENTS = frozenset(REACTIONS) - {"power", "self_test"}
"""Alarms that end when the patient has left."""


@dataclass(slots=True)
class _Live:
    alarm: TrueAlarm
    grow_at: float
    quiet_at: float
    reset_at: float


_NEVER = float("inf")


class Alarms:
    """Those there are, and what has changed since anybody looked."""

    __slots__ = ("_chance", "_live", "bypass", "changes", "raised", "staff", "stops_pump", "uf_off")

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._live: dict[str, _Live] = {}
        self.changes: list[AlarmChange] = []
        self.raised: list[str] = []
        self.staff = 1.0
        self.stops_pump = self.bypass = self.uf_off = False

    @property
    def now(self) -> tuple[TrueAlarm, ...]:
        """All there are, in the order of their begin."""
        return tuple(live.alarm for live in self._live.values())

    def __contains__(self, code: str) -> bool:
        return code in self._live

    def begin(
        self, code: str, now: float, direction: Direction | None = None,
        value: float | None = None, low: float | None = None, high: float | None = None,
    ) -> None:  # fmt: skip
        """The condition is there; nothing new if its alarm is."""
        if (live := self._live.get(code)) is not None:
            if live.alarm.state is MachineState.LATCHED:
                self._say(live, replace(live.alarm, state=MachineState.ACTIVE, value=value))
            return
        alarm = TrueAlarm(
            code, ALARM_KIND[code].priority, now, direction, value=value, low=low, high=high
        )
        reaction = REACTIONS[code]
        answer = self._chance.uniform(*(reaction.answer or _HAND)) * self.staff
        self._live[code] = _Live(
            alarm,
            _NEVER if reaction.grows is None else now + reaction.grows,
            now + answer * 0.4,
            _NEVER if reaction.answer is None else now + answer,
        )
        self.raised.append(code)
        self.changes.append(AlarmChange(alarm, EdgePhase.START))
        self._count()

    def over(self, code: str) -> None:
        """The condition has gone: the alarm ends, or waits for its reset."""
        live = self._live.get(code)
        if live is None or (live.reset_at < _NEVER and not ALARM_KIND[code].latches):
            return
        if live.reset_at == _NEVER:
            self._end(code)
        elif live.alarm.state is not MachineState.LATCHED:
            self._say(live, replace(live.alarm, state=MachineState.LATCHED))

    def step(self, now: float, cure: Callable[[str], bool]) -> None:
        """One second: staff silence and reset, alarms grow. `cure` puts the cause right and
        is false if that cannot be done yet."""
        for code, live in tuple(self._live.items()):
            if now >= live.grow_at:
                live.grow_at = _NEVER
                self._say(live, replace(live.alarm, priority=Priority.HIGH))
            if now >= live.quiet_at:
                live.quiet_at = _NEVER
                paused = Inactivation.AUDIO_PAUSED
                self._say(live, replace(live.alarm, inactivation=paused))
            if now >= live.reset_at:
                if cure(code):
                    self._end(code)
                else:
                    live.reset_at = now + 15

    def drop(self, codes: frozenset[str]) -> None:
        """Whatever of these there is ends: the patient has left, or the power has."""
        for code in codes & self._live.keys():
            self._end(code)

    def taken(self) -> tuple[AlarmChange, ...]:
        """What has changed since the last call."""
        changes = tuple(self.changes)
        self.changes.clear()
        return changes

    def _say(self, live: _Live, alarm: TrueAlarm) -> None:
        live.alarm = alarm
        self.changes.append(AlarmChange(live.alarm, EdgePhase.CONTINUE))

    def _end(self, code: str) -> None:
        live = self._live.pop(code)
        ended = replace(live.alarm, state=MachineState.INACTIVE)
        self.changes.append(AlarmChange(ended, EdgePhase.END))
        self._count()

    def _count(self) -> None:
        reactions = [REACTIONS[code] for code in self._live]
        self.stops_pump = any(one.stops_pump for one in reactions)
        self.bypass = any(one.bypass for one in reactions)
        self.uf_off = any(one.uf_off for one in reactions)
