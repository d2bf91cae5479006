"""What is true of a simulated machine at one moment; each protocol says of it what it can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.alarm import Direction, EdgePhase, Inactivation, MachineState, Priority
from domain.telemetry import MODE_OF, Mode, Phase


@dataclass(frozen=True, slots=True)
class TrueAlarm:
    """An alarm at the machine; `began` and `now` in seconds of the twin's own time."""

    code: str
    priority: Priority
    began: float
    direction: Direction | None = None
    state: MachineState = MachineState.ACTIVE
    inactivation: Inactivation = Inactivation.ENABLED
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class AlarmChange:
    """An alarm that has begun, changed or ended since the last moment."""

    alarm: TrueAlarm
    phase: EdgePhase


@dataclass(frozen=True, slots=True)
class Truth:
    """One moment. `values` are exact, by quantity name, and hold what the machine measures in
    this phase and nothing else; `clock` is the machine's own clock, which may be wrong;
    `nibp_at` that clock at the last cuff measurement. `changes` are the alarms' changes since
    the moment before. `patient` is the id typed in at the machine, which must not leave the
    gateway."""

    seconds: float
    serial: str
    model: str
    powered: bool
    phase: Phase
    clock: datetime
    values: Mapping[str, float]
    modality: str = "HD"
    bypass: bool = False
    pump_on: bool = False
    alarms: tuple[TrueAlarm, ...] = ()
    changes: tuple[AlarmChange, ...] = ()
    nibp_at: datetime | None = None
    patient: str = ""
    operating_hours: float = 0.0
    treatments: int = 0

    @property
    def mode(self) -> Mode | None:
        """The phase in the words of the guide."""
        return MODE_OF[self.phase]
