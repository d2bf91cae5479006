"""What goes on inside of a simulated machine, second by second: its course from switching on
to disinfection, what happens to it, and what it makes of that. Seconds of its own time."""

from __future__ import annotations

from random import Random

from devices.twin.alarms import PATIENTS, REACTIONS, Alarms
from devices.twin.effects import NOTHING, Effects
from devices.twin.fluids import Fluids
from devices.twin.guard import Guard
from devices.twin.incidents import Incident, Incidents, by_chance
from devices.twin.outcome import Outcome, outcome
from devices.twin.phases import (
    AFTER,
    IDLE_SECONDS,
    LEAD_SECONDS,
    PREPARING,
    WITH_PATIENT,
    Course,
    Wanted,
)
from devices.twin.power import Power, Turn
from devices.twin.script import FaultKind, Modality, TwinTreatment
from devices.twin.session import Orders, Session
from domain.telemetry import Phase

_ROOM = frozenset({FaultKind.WATER, FaultKind.MAINS, FaultKind.SILENCE, FaultKind.CLOCK})
"""What does not end with a treatment."""

_NO_FLUID = Wanted(0.0, 20.0, 0.0)
_READY_FOR = Wanted(14.0, 36.5, 500.0)
_SELF_TEST_FAILS = 0.01
_FLOW_PRIMING = 120.0

_NEED_SECONDS = {
    Phase.SELF_TEST: LEAD_SECONDS - 120,
    Phase.PRIMING: 20 * 60,
    Phase.DISINFECTION: LEAD_SECONDS + 45 * 60,
}
"""Before the next start, for a phase to take its time."""


class Works:
    """The state of one machine; `seed` names all chance in it. Not every model has a sensor at
    the dialyzer's inlet."""

    def __init__(self, seed: str, senses_inlet: bool = True) -> None:
        self._seed, self._senses_inlet = seed, senses_inlet
        self._chance = Random(f"{seed}/works")
        self.course = Course(Random(f"{seed}/course"))
        self.fluids = Fluids(Random(f"{seed}/fluids"))
        self.alarms = Alarms(Random(f"{seed}/alarms"))
        self.incidents = Incidents()
        self.waiting: list[TwinTreatment] = []
        self.session: Session | None = None
        self.effects: Effects = NOTHING
        self.outcomes: list[Outcome] = []
        self.treatments = 0
        self.on_seconds = 0
        self.bypass = False
        self.clock_jump = 0.0
        self.cuff_at: float | None = None
        self._power = Power(Random(f"{seed}/power"))
        self._guard = Guard(self._senses_inlet)
        self._began = 0.0
        self._taken = 0
        self._failed = False
        self._boots_to = Phase.IDLE
        self._heat_c = 83.0

    def tick(self, now: float) -> None:
        """One second."""
        self.effects, begun = self.incidents.step(now)
        for incident in begun:
            self._strike(incident, now)
        self._mains(now)
        self._move(now)
        if self.course.phase is Phase.OFF:
            return
        self.on_seconds += 1
        wanted = self._wanted(now)
        self.fluids.step(wanted, self._added(), self.effects)
        self.bypass = self._bypassed(wanted)
        if self.session is not None:
            self._attend(self.session, now, wanted)
        self.alarms.step(now, self.incidents.cure)

    def _strike(self, incident: Incident, now: float) -> None:
        """What an incident does once, when it begins."""
        if incident.kind is FaultKind.CLOCK:
            self.clock_jump += incident.end - incident.begin
        if incident.kind is FaultKind.HYPOTENSION and self.session is not None:
            self.session.body.give_way(incident.strength)
        if incident.kind is FaultKind.SELF_TEST and self.course.phase is Phase.SELF_TEST:
            self._fail(now, incident.end - now)

    def _added(self) -> float:
        """What is added to the conductivity to measure clearance."""
        if self.session is None or self.course.phase is not Phase.TREATMENT:
            return 0.0
        return self.session.dialysance.step_ms_cm(self.session.treated_s)

    def _attend(self, session: Session, now: float, wanted: Wanted) -> None:
        phase, alarms = self.course.phase, self.alarms
        if phase in WITH_PATIENT:
            pump = not (alarms.stops_pump or self.effects.pump_stopped)
            orders = Orders(pump, self.bypass, not (alarms.uf_off or self.bypass))
            before = session.cuff
            session.step(int(now), phase, self._pump_aim(session, now), orders, self.effects)
            if session.cuff is not before:
                self.cuff_at = now
            self._guard.step(now, phase, session, self.fluids, wanted, self.effects, alarms)
        elif phase in {Phase.PRIMING, Phase.READY}:
            session.prime(int(now), _FLOW_PRIMING, self.effects)

    def _pump_aim(self, session: Session, now: float) -> float:
        """The speed that staff have set."""
        course, full = self.course, session.treatment.blood_flow_ml_min
        if course.phase is Phase.TREATMENT:
            return full
        if course.phase is Phase.REINFUSION:
            return min(120.0, full)
        part = (now - course.since) / (course.until - course.since)
        low = min(150.0, full)
        return min(100.0, full) if part < 0.4 else low + (full - low) * (part - 0.4) / 0.6

    def _wanted(self, now: float) -> Wanted:
        if self.effects.mains_out:
            return _NO_FLUID
        set_to = _READY_FOR
        if self.session is not None:
            plan = self.session.treatment
            dry = self.course.phase is Phase.TREATMENT and plan.modality is Modality.ECUM
            flow = 0.0 if dry else plan.dialysate_flow_ml_min
            set_to = Wanted(plan.conductivity_ms_cm, plan.temperature_c, flow)
        return self.course.wanted(now, set_to, self._heat_c)

    def _bypassed(self, wanted: Wanted) -> bool:
        """By an alarm, or because the fluid is not right yet."""
        if self.course.phase in WITH_PATIENT:
            return self.alarms.bypass
        if self.course.phase not in PREPARING:
            return False
        near = abs(self.fluids.conductivity - wanted.conductivity) < 0.5
        return not (near and abs(self.fluids.temperature - wanted.temperature) < 1)

    # -- the course

    def _move(self, now: float) -> None:
        """Goes on to the next phase when it is time."""
        course, session = self.course, self.session
        match course.phase:
            case Phase.OFF | Phase.IDLE:
                self._rest(now)
            case Phase.READY:
                if session is None or now >= session.treatment.start:
                    self._next(now)
            case Phase.TREATMENT:
                if session is None or session.done:
                    self._finish(now, aborted=False)
                    self._next(now)
            case Phase.SELF_TEST if now >= course.until and self._fails():
                self._fail(now, self._chance.uniform(240, 600))
            case Phase.PRIMING if self.bypass:
                pass
            case _ if now >= course.until:
                self._next(now)

    def _rest(self, now: float) -> None:
        """Switched on for the next treatment, or off when nothing is near."""
        if self._power.dead:
            return
        lead = self.waiting[0].start - LEAD_SECONDS if self.waiting else None
        if lead is not None and now >= lead:
            self._take(now)
        elif self.course.phase is Phase.IDLE and self._taken:
            near = lead is not None and lead - now < IDLE_SECONDS
            if now - self.course.since > IDLE_SECONDS and not near:
                self.course.enter(Phase.OFF, now)

    def _take(self, now: float) -> None:
        """The next treatment is prepared."""
        self._taken += 1
        chance = Random(f"{self._seed}/treatment {self._taken}")
        self.session = Session(self.waiting.pop(0), chance)
        self._guard = Guard(self._senses_inlet)
        self._failed = False
        self.course.enter(Phase.SELF_TEST, now, self._late(Phase.SELF_TEST, now))

    def _next(self, now: float) -> None:
        phase = AFTER[self.course.phase]
        self.course.enter(phase, now, self._late(phase, now))
        if phase in WITH_PATIENT:
            self._guard.enter(phase, now)
        match phase:
            case Phase.PRIMING:
                self.alarms.over("self_test")
            case Phase.TREATMENT if self.session is not None:
                self._began = now
                self.treatments += 1
                self.alarms.raised.clear()
                self.incidents.expect(by_chance(self._chance, now, self.session.minutes))
            case Phase.DRAIN:
                self._part()
            case Phase.DISINFECTION:
                self._heat_c = self._chance.uniform(81.5, 83.5)
            case _:
                pass

    def _late(self, phase: Phase, now: float) -> bool:
        """True if the phase must be short for the next treatment to begin in time."""
        need = _NEED_SECONDS.get(phase)
        coming = self.waiting[0] if self.waiting else None
        if phase in PREPARING and self.session is not None:
            coming = self.session.treatment
        return need is not None and coming is not None and coming.start - now < need

    def _fails(self) -> bool:
        """True if the self test that ends now has failed, for the first time."""
        if self._failed:
            return False
        return self._chance.random() < _SELF_TEST_FAILS

    def _fail(self, now: float, seconds: float) -> None:
        self._failed = True
        self.course.until = max(self.course.until, now + seconds)
        self.alarms.begin("self_test", now)

    def _finish(self, now: float, aborted: bool) -> None:
        if self.session is not None:
            raised = self.alarms.raised
            self.outcomes.append(outcome(self.session, self._began, now, raised, aborted))

    def _part(self) -> None:
        """The patient leaves: what concerned the patient is over."""
        self.alarms.drop(PATIENTS)
        self.incidents.leave(_ROOM)

    def _mains(self, now: float) -> None:
        phase = self.course.phase
        if phase is Phase.OFF and not self._power.dead:
            return
        match self._power.step(now, self.effects.mains_out, phase in WITH_PATIENT):
            case Turn.FAILS:
                self.alarms.begin("power", now)
            case Turn.BACK:
                self.alarms.over("power")
            case Turn.DIES:
                self._die(now)
            case Turn.BOOTS:
                self.course.enter(self._boots_to, now)
            case Turn.NONE:
                pass

    def _die(self, now: float) -> None:
        """No power at all. Without a patient everything is done again; a patient has been
        helped off by hand, and the machine must be disinfected."""
        phase = self.course.phase
        if phase is Phase.TREATMENT:
            self._finish(now, aborted=True)
        if phase in PREPARING:
            self._boots_to = Phase.SELF_TEST
        else:
            self._boots_to = Phase.IDLE if phase is Phase.IDLE else Phase.DISINFECTION
            self.session = None
            self._part()
        self.alarms.drop(frozenset(REACTIONS))
        self.bypass = False
        self.course.enter(Phase.OFF, now)
