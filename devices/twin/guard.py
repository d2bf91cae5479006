"""What the machine watches in each phase, and the alarms it makes of it."""

from __future__ import annotations

from devices.twin.alarms import Alarms
from devices.twin.effects import Effects
from devices.twin.fluids import Fluids
from devices.twin.phases import Wanted
from devices.twin.pressures import ONCOTIC_MMHG
from devices.twin.session import Session
from devices.twin.windows import Centered, Window
from domain.alarm import Direction
from domain.telemetry import Phase

STILL_SECONDS = 120
"""The pump has stood so long that blood may clot."""

_SETTLE_SECONDS = 30.0
_SAME_ML_H = 20.0
_SYSTOLIC = (95.0, 170.0)
_PRESSURES = ("arterial_pressure", "venous_pressure", "inlet_pressure")
_SENSED = ("air", "blood_leak", "uf_deviation", "syringe")


class Guard:
    """The limits of one session, and how long the pump has stood. What only the venous side
    resists is told by its own, narrower window; the inlet's is for the dialyzer."""

    __slots__ = ("_arterial", "_cond", "_cuff_at", "_filtered", "_flow", "_goal_said", "_inlet",
                 "_senses_inlet", "_still", "_syringe_said", "_temp", "_tmp", "_venous",
                 "_wide_arterial", "_wide_venous")  # fmt: skip

    def __init__(self, senses_inlet: bool = True) -> None:
        self._senses_inlet = senses_inlet
        self._arterial = Centered(Window("arterial_pressure", 2, 0, 0), 55, 35)
        self._venous = Centered(Window("venous_pressure", 3, 0, 0), 20, 45)
        self._inlet = Centered(Window("inlet_pressure", 5, 0, 0), 75, 75)
        self._tmp = Centered(Window("tmp", 5, 0, 0), 40, 40)
        self._wide_arterial = Window("arterial_pressure", 1, -350, 300)
        self._wide_venous = Window("venous_pressure", 3, -100, 450)
        self._cond = Window("conductivity", 5, 0, 0)
        self._temp = Window("temperature", 5, 0, 0)
        self._flow = Window("dialysate_flow", 8, 0, 0)
        self._still = 0
        self._filtered = 0.0
        self._cuff_at = 0.0
        self._goal_said = self._syringe_said = False

    def enter(self, phase: Phase, now: float) -> None:
        """Limits for a phase: pressures are not watched until they have settled."""
        for centered in (self._arterial, self._venous, self._inlet, self._tmp):
            centered.widen(now, _SETTLE_SECONDS)
        self._wide_venous.high = 450 if phase is Phase.CONNECTING else 350

    def step(
        self, now: float, phase: Phase, session: Session, fluids: Fluids, wanted: Wanted,
        effects: Effects, alarms: Alarms,
    ) -> None:  # fmt: skip
        """One second with a patient connected."""
        self._standing(now, session, effects, alarms)
        if phase is Phase.TREATMENT:
            self._treating(now, session, alarms)
        elif not self._still:
            pressures = session.pressures
            self._judge(self._wide_arterial, pressures.arterial, now, alarms)
            self._judge(self._wide_venous, pressures.venous, now, alarms)
        if phase is not Phase.REINFUSION and wanted.flow > 0:
            self._fluid(now, session, fluids, wanted, alarms)
        for code in _SENSED:
            if code in effects.alarms:
                alarms.begin(code, now)
            elif code in alarms:
                alarms.over(code)

    def _standing(self, now: float, session: Session, effects: Effects, alarms: Alarms) -> None:
        """A stopped pump: pressures say nothing, and blood must not stand for long."""
        stopped = alarms.stops_pump or effects.pump_stopped
        if session.flow >= 5 and not stopped:
            if self._still:
                alarms.over("blood_pump_stop")
            self._still = 0
            return
        self._still += 1
        self._arterial.widen(now, _SETTLE_SECONDS)
        self._venous.widen(now, _SETTLE_SECONDS)
        self._inlet.widen(now, _SETTLE_SECONDS)
        if self._still == 4:
            for code in _PRESSURES:
                alarms.over(code)
        if self._still == STILL_SECONDS:
            alarms.begin("blood_pump_stop", now, value=0.0)

    def _treating(self, now: float, session: Session, alarms: Alarms) -> None:
        pressures = session.pressures
        if not self._still:
            self._around(self._arterial, pressures.arterial, now, alarms)
            self._around(self._venous, pressures.venous, now, alarms)
            if self._senses_inlet:
                self._around(self._inlet, pressures.inlet, now, alarms)
        self._membrane(now, session, alarms)
        self._advices(now, session, alarms)
        if session.cuff is not None and session.cuff.at != self._cuff_at:
            self._cuff(now, session, alarms)

    def _membrane(self, now: float, session: Session, alarms: Alarms) -> None:
        """TMP around its running value; while its alarm stops filtration, around the value
        without any."""
        if abs(session.filtered - self._filtered) > _SAME_ML_H and "tmp" not in alarms:
            self._filtered = session.filtered
            self._tmp.widen(now, 60)
        if "tmp" in alarms:
            self._filtered = -1.0
            self._tmp.center(ONCOTIC_MMHG)
        self._around(self._tmp, session.pressures.tmp, now, alarms)

    def _advices(self, now: float, session: Session, alarms: Alarms) -> None:
        if session.goal_met and not self._goal_said:
            self._goal_said = True
            alarms.begin("uf_goal", now, value=session.uf_ml, high=session.treatment.uf_ml)
        if session.syringe_empty and session.treatment.anticoag_ml_h and not self._syringe_said:
            self._syringe_said = True
            alarms.begin("syringe", now, value=session.anticoag_ml)

    def _cuff(self, now: float, session: Session, alarms: Alarms) -> None:
        """A pressure outside of its limits; ends with the next one inside."""
        assert session.cuff is not None
        self._cuff_at = session.cuff.at
        low, high = _SYSTOLIC
        value = session.cuff.systolic
        if low <= value <= high:
            alarms.over("blood_pressure")
            return
        direction = Direction.LOW if value < low else Direction.HIGH
        alarms.begin("blood_pressure", now, direction, value, low, high)

    def _fluid(
        self, now: float, session: Session, fluids: Fluids, wanted: Wanted, alarms: Alarms
    ) -> None:
        """Conductivity, temperature and flow, around what is set."""
        measuring = session.dialysance.disturbs(session.treated_s)
        self._cond.low = wanted.conductivity * 0.95
        self._cond.high = wanted.conductivity * 1.05 + (1.3 if measuring else 0.0)
        self._temp.low, self._temp.high = wanted.temperature - 1, min(40.5, wanted.temperature + 2)
        self._flow.low, self._flow.high = wanted.flow * 0.75, wanted.flow * 1.3
        self._judge(self._cond, fluids.conductivity, now, alarms)
        self._judge(self._temp, fluids.temperature, now, alarms)
        self._judge(self._flow, fluids.flow, now, alarms)

    def _around(self, centered: Centered, value: float, now: float, alarms: Alarms) -> None:
        if centered.look(now, value):
            _tell(centered.window, now, alarms)

    def _judge(self, window: Window, value: float, now: float, alarms: Alarms) -> None:
        if window.look(value):
            _tell(window, now, alarms)


def _tell(window: Window, now: float, alarms: Alarms) -> None:
    """A window's word to the alarms."""
    if window.direction is None:
        alarms.over(window.code)
        return
    alarms.begin(window.code, now, window.direction, window.value, window.low, window.high)
