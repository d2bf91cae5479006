"""A simulated machine: one physics, whatever protocol says it.

It has no clock and no chance of its own: time is what `advance` is told has passed, chance
comes from the seed. Inside, time goes in whole seconds, so that the course does not depend
on the size of the steps.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from devices.twin.incidents import of_fault
from devices.twin.outcome import Outcome
from devices.twin.phases import PREPARING, WITH_PATIENT
from devices.twin.script import Fault, Modality, TwinTreatment
from devices.twin.truth import Truth
from devices.twin.values import LACKS, shown
from devices.twin.works import Works
from domain.telemetry import Phase

_GRAIN = 1e-9
"""Seconds that are lost in adding up tenths count as passed."""

_NAMED = PREPARING | WITH_PATIENT | {Phase.DRAIN}
"""While the patient's id is on the screen."""

_NIGHT_HOURS = frozenset({22, 23, 0, 1, 2, 3, 4, 5})
_NIGHT_PACE = 1.5
"""At night staff take so many times as long to come."""


class Twin:
    """One machine over time. `seed` and `serial` settle its whole course, `clock` is what its
    own clock shows at the begin and may be wrong. It stands idle until it is assigned a
    treatment. `staff_pace` is how many times as long as usual staff take to come."""

    def __init__(self, serial: str, model: str, seed: int, clock: datetime) -> None:
        self.serial, self.model = serial, model
        self.staff_pace = 1.0
        self._clock = clock
        lacks = LACKS.get(model, frozenset())
        self._works = Works(f"{seed}/{serial}", "inlet_pressure_mmhg" not in lacks)
        self._chance = Random(f"{seed}/{serial}/faults")
        self._second = 0
        self._part = 0.0

    def assign(self, treatment: TwinTreatment) -> None:
        """A treatment to come; one whose start has passed begins as soon as can be."""
        waiting = self._works.waiting
        waiting.append(treatment)
        waiting.sort(key=lambda one: one.start)

    def inflict(self, fault: Fault) -> None:
        """Something goes wrong, now or at the fault's second."""
        self._works.incidents.expect([of_fault(fault, self._second, self._chance)])

    def advance(self, seconds: float) -> Truth:
        """Lets so much time pass, and says what is true then."""
        self.run(seconds)
        return self.look()

    def run(self, seconds: float) -> None:
        """Lets time pass. Raises ValueError if it is to run backwards."""
        if seconds < 0:
            raise ValueError(f"time does not run backwards: {seconds} s")
        self._part += seconds
        while self._part >= 1 - _GRAIN:
            self._part = max(0.0, self._part - 1)
            if self._second % 60 == 0:
                self._works.alarms.staff = self.staff_pace * self._night_pace()
            self._second += 1
            self._works.tick(float(self._second))

    def look(self) -> Truth:
        """What is true now; the alarms' changes since the last look go with it."""
        works = self._works
        session, phase = works.session, works.course.phase
        values = shown(
            phase, self._second - works.course.since, works.fluids, session, works.bypass,
            self.model,
        )  # fmt: skip
        return Truth(
            seconds=self.seconds,
            serial=self.serial,
            model=self.model,
            powered=self.powered,
            phase=phase,
            clock=self._shows(self.seconds),
            values=values,
            modality=str(session.treatment.modality) if session else str(Modality.HD),
            bypass=works.bypass,
            pump_on=session is not None and session.flow > 0,
            alarms=works.alarms.now,
            changes=works.alarms.taken(),
            nibp_at=self._nibp_at() if "nibp_sys_mmhg" in values else None,
            patient=session.treatment.patient if session and phase in _NAMED else "",
            operating_hours=works.on_seconds / 3600,
            treatments=works.treatments,
        )

    @property
    def seconds(self) -> float:
        """Its own time."""
        return self._second + self._part

    @property
    def phase(self) -> Phase:
        """Where it is in its course."""
        return self._works.course.phase

    @property
    def powered(self) -> bool:
        """It is switched on and has power."""
        return self.phase is not Phase.OFF

    @property
    def silent(self) -> bool:
        """Its line is dead although it works: for whoever simulates the line."""
        return self._works.effects.silent

    @property
    def waiting(self) -> tuple[TwinTreatment, ...]:
        """Treatments to come, the next one first."""
        return tuple(self._works.waiting)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of the treatments that are over."""
        return tuple(self._works.outcomes)

    def _shows(self, seconds: float) -> datetime:
        """Its clock at that second."""
        return self._clock + timedelta(seconds=seconds + self._works.clock_jump)

    def _nibp_at(self) -> datetime | None:
        at = self._works.cuff_at
        return None if at is None else self._shows(at).replace(microsecond=0)

    def _night_pace(self) -> float:
        return _NIGHT_PACE if self._shows(self._second).hour in _NIGHT_HOURS else 1.0
