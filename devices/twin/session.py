"""One treatment at a machine, from priming to rinse-back: pump, filtration, what adds up.

Nothing in here knows of alarms but what they make the machine do (`Orders`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from random import Random

from devices.twin.dialysance import Dialysance
from devices.twin.effects import Effects
from devices.twin.kinetics import Urea, clearance, effective_flow, watson_l
from devices.twin.pressures import ACCESS_MMHG, Pressures, Tubing
from devices.twin.script import Modality, TwinTreatment
from devices.twin.volume import Circulation, Cuff
from domain.telemetry import Phase

MINIMUM_UF_ML_H = 50.0
"""Once the goal is reached, so that no fluid filters back."""

_RAMP_ML_MIN = 15.0
_SALINE_HCT = 0.0
_CUFF_MINUTES, _CUFF_MINUTES_UNWELL = 30.0, 5.0
_HEPARIN_ENDS_MINUTES = 30.0
_NEAR = 0.01
_MOST_EXTRA_MINUTES = 45.0
"""If more than this part of the fluid is missing at the end, so much longer at the most."""

_SAG = 0.3
"""Of a fall of blood pressure, in the access."""

_CATCH_UP = 1.4
"""After a pause the rate may be so many times the first one; what is still missing then is
made up for by a longer treatment."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What alarms and hands make the machine do in this second."""

    pump: bool
    bypass: bool
    uf: bool


class Session:
    """Everything that is counted or measured for one patient."""

    __slots__ = (
        "_chance", "_cuff_due", "_dialyzed", "_first_rate", "_latest", "_lead_s", "_lot_ml",
        "_symptom_seen", "_uf_was", "anticoag_ml", "blood_ml", "body", "clearance", "cuff",
        "dialysance", "error", "filtered", "flow", "goal_met", "minutes", "pressures", "removed_ml",
        "set_flow", "stopped_s", "substituted_ml", "substituting", "treated_s", "treatment",
        "uf_ml", "uf_rate", "uf_rate_set", "urea", "wall_s", "water_l",
    )  # fmt: skip

    def __init__(self, treatment: TwinTreatment, chance: Random) -> None:
        self.treatment, self._chance = treatment, chance
        who = treatment.person
        self.water_l = watson_l(who.male, who.age, who.height_cm, who.dry_kg)
        self.urea = Urea(self.water_l, who.urea_mmol_l)
        self.body = Circulation(who, chance)
        self.dialysance = Dialysance(chance)
        access = chance.uniform(*ACCESS_MMHG[treatment.access])
        clots = chance.uniform(0.05, 0.3)
        tube = Tubing(treatment.gauge, access, treatment.kuf_ml_h_mmhg, clots)
        self.pressures = Pressures(tube, chance)
        self.error = chance.uniform(-0.01, 0.01)
        self.minutes = treatment.minutes
        self._latest = treatment.minutes + _MOST_EXTRA_MINUTES
        self._lead_s = chance.uniform(30, 200) if chance.random() < 0.9 else -60.0
        self._first_rate = self._due_rate(treatment.uf_ml, 0.0)
        self.uf_rate_set = self._first_rate
        self.flow = self.set_flow = self.filtered = self.clearance = self.uf_rate = 0.0
        self.uf_ml = self.removed_ml = self.blood_ml = 0.0
        self.substituting = 0.0
        self.anticoag_ml = self.substituted_ml = self._lot_ml = 0.0
        self.treated_s = self.stopped_s = self.wall_s = 0.0
        self._dialyzed = 0
        self.goal_met = False
        self._uf_was = True
        self._symptom_seen = False
        self._cuff_due = chance.uniform(90, 240)
        self.cuff: Cuff | None = None

    # -- what is derived

    @property
    def worn(self) -> float:
        """The part of the treatment that is over."""
        return min(1.0, self.treated_s / (self.minutes * 60))

    @property
    def left_min(self) -> float:
        """Minutes to go."""
        return max(0.0, self.minutes - self.treated_s / 60)

    @property
    def done(self) -> bool:
        """The time is over."""
        return self.treated_s >= self.minutes * 60

    @property
    def effective_flow(self) -> float:
        """What the pump truly moves now, mL/min."""
        return effective_flow(self.flow, self.pressures.arterial)

    @property
    def hct_pct(self) -> float:
        """The hematocrit now."""
        return self.body.volume.hct_pct(self.treatment.person.hct_pct)

    @property
    def substitution_rate(self) -> float:
        """mL/min, while it runs."""
        return self.treatment.substitution_l * 1000 / self.minutes

    @property
    def anticoag_rate(self) -> float:
        """mL/h now: none in the last half hour, none from an empty syringe."""
        ends = self.left_min <= _HEPARIN_ENDS_MINUTES
        return 0.0 if ends or self.syringe_empty else self.treatment.anticoag_ml_h

    @property
    def syringe_empty(self) -> bool:
        """All of it is given."""
        return self.anticoag_ml >= self.treatment.syringe_ml

    # -- seconds

    def prime(self, second: int, flow: float, effects: Effects) -> None:
        """A second with saline in the lines, before or after the patient."""
        self.flow += (flow - self.flow) * 0.2
        self.set_flow = flow
        self.pressures.step(second, self.flow, 0.0, _SALINE_HCT, 0.0, effects)

    def step(self, second: int, phase: Phase, aim: float, orders: Orders, effects: Effects) -> None:
        """A second with the patient connected; `aim` is the pump's speed set."""
        self._pump(aim, orders.pump)
        filtered = 0.0
        if phase is Phase.TREATMENT:
            filtered = self._treat(orders, effects)
        else:
            self.uf_rate = 0.0
        self.filtered = filtered
        self.pressures.step(second, self.flow, filtered, self.hct_pct, self.worn, effects)

    def _pump(self, aim: float, on: bool) -> None:
        self.set_flow = aim
        if not on:
            self.flow = self.flow * 0.2 if self.flow > 5 else 0.0
        elif self.flow < aim:
            self.flow = min(aim, self.flow + _RAMP_ML_MIN)
        else:
            self.flow = aim

    def _treat(self, orders: Orders, effects: Effects) -> float:
        """Time, fluid, blood; returns all that is filtered, in mL/h."""
        self.wall_s += 1
        self._cuffs()
        ecum = self.treatment.modality is Modality.ECUM
        running = orders.pump and (ecum or not orders.bypass)
        self.substituting = self.substitution_rate if running else 0.0
        if orders.pump:
            self.blood_ml += self.effective_flow / 60
        else:
            self.stopped_s += 1
        filtered = self._filter(running and orders.uf, effects.uf_error)
        if running:
            self._run()
            filtered += self.substituting * 60
        if self.done:
            self._extend()
        self.dialysance.step(self.treated_s, running, self.clearance)
        if self.wall_s % 60 == 0:
            self._minute()
        return filtered

    def _run(self) -> None:
        self.treated_s += 1
        self.substituted_ml += self.substitution_rate / 60
        self.anticoag_ml += self.anticoag_rate / 3600
        self._dialyzed += 1

    def _filter(self, on: bool, error: float) -> float:
        """Fluid of this second; the machine counts one volume, another one has gone."""
        on = on and not self.body.uf_off
        if on and not self._uf_was:
            self._catch_up()
        self._uf_was = on
        self.uf_rate = self.uf_rate_set if on else 0.0
        if not on:
            return 0.0
        counted = self.uf_rate / 3600
        self.uf_ml += counted
        self.removed_ml += counted * (1 + self.error + error)
        self._lot_ml += counted * (1 + self.error + error)
        if not self.goal_met and self.uf_ml >= self.treatment.uf_ml:
            self.goal_met = True
            self.uf_rate_set = min(MINIMUM_UF_ML_H, self._first_rate)
        return self.uf_rate

    def _due_rate(self, missing_ml: float, treated_s: float) -> float:
        left = max(600.0, self.minutes * 60 - self._lead_s - treated_s)
        return missing_ml / left * 3600

    def _catch_up(self) -> None:
        """After a pause staff set the rate anew, and more time if that is not enough."""
        if self.goal_met:
            return
        missing = self.treatment.uf_ml - self.uf_ml
        due = self._due_rate(missing, self.treated_s)
        most = self._first_rate * _CATCH_UP
        if due > most:
            ends = self.treated_s + missing / most * 3600 + self._lead_s
            self.minutes = max(self.minutes, float(ceil(ends / 60)))
        self.uf_rate_set = min(due, most)

    def _extend(self) -> None:
        """The time is over and fluid is still missing: some minutes more, not without end."""
        missing = self.treatment.uf_ml - self.uf_ml
        if missing > _NEAR * self.treatment.uf_ml and self.minutes < self._latest:
            self.minutes += 5.0

    def _cuffs(self) -> None:
        """Every half hour, and when the patient feels unwell; it takes most of a minute."""
        episode = self.body.episode
        unwell = episode is not None and self.body.minute >= episode.act
        if unwell and not self._symptom_seen:
            self._cuff_due = self.wall_s + self._chance.uniform(30, 60)
        self._symptom_seen = unwell
        if self.wall_s >= self._cuff_due:
            self.cuff = self.body.cuff(self.wall_s)
            wait = _CUFF_MINUTES_UNWELL if unwell else _CUFF_MINUTES
            self._cuff_due = self.wall_s + wait * 60 + self._chance.uniform(-15, 15)

    def _minute(self) -> None:
        plan = self.treatment
        substituted = self.substitution_rate if self._dialyzed else 0.0
        filtration = self.uf_rate / 60 + substituted
        dry = plan.modality in {Modality.HF, Modality.ECUM}
        dialysate = 0.0 if dry else plan.dialysate_flow_ml_min
        self.clearance = clearance(self.effective_flow, dialysate, plan.koa_ml_min, filtration)
        self.urea.step(1.0, self.clearance * self._dialyzed / 60, self._lot_ml)
        self.body.step(self._lot_ml)
        self.pressures.sag_mmhg = _SAG * self.body.fall_mmhg
        self._dialyzed = 0
        self._lot_ml = 0.0
