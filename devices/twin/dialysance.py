"""Online clearance as machines measure it: a step of conductivity, and its echo.

Every 25 to 30 minutes the inlet is raised by 1 mS/cm for two minutes; the value comes some
minutes later, is about the effective clearance, and is not there after an interruption.
"""

from __future__ import annotations

from random import Random

STEP_MS_CM = 1.0
_STEP_SECONDS = 120
_SETTLE_SECONDS = 420
"""Until the step no longer shows in the conductivity."""


class Dialysance:
    """The meter of one session. Seconds of treated time."""

    __slots__ = ("_answer_at", "_began", "_chance", "_due", "_kt_ml", "_shows_until", "_since",
                 "clearance")  # fmt: skip

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._due = chance.uniform(16 * 60, 24 * 60)
        self._began = self._answer_at = float("inf")
        self._kt_ml = self._since = self._shows_until = 0.0
        self.clearance: float | None = None

    def step(self, treated: float, running: bool, clearance_ml_min: float) -> None:
        """One second; `running`: neither the pump is stopped nor bypass on."""
        if treated < self._due:
            return
        if self._began > treated:
            self._began = treated
            self._shows_until = treated + _SETTLE_SECONDS
            self._answer_at = treated + self._chance.uniform(180, 300)
        if not running:
            self._next(treated)
        elif treated >= self._answer_at:
            self._answer(treated, clearance_ml_min)

    def _answer(self, treated: float, clearance_ml_min: float) -> None:
        self.clearance = clearance_ml_min * self._chance.gauss(1.0, 0.02)
        self._kt_ml += self.clearance * (treated - self._since) / 60
        self._since = treated
        self._next(treated)

    def _next(self, treated: float) -> None:
        self._due = treated + self._chance.uniform(25 * 60, 30 * 60) - (treated - self._began)
        self._due = max(self._due, self._began + _SETTLE_SECONDS + 60)
        self._began = self._answer_at = float("inf")

    def step_ms_cm(self, treated: float) -> float:
        """What is added to the conductivity now."""
        return STEP_MS_CM if 0 <= treated - self._began < _STEP_SECONDS else 0.0

    def disturbs(self, treated: float) -> bool:
        """True while the step shows in the conductivity."""
        return treated < self._shows_until

    def ktv(self, water_l: float) -> float:
        """Kt/V so far, by the values that have come."""
        return self._kt_ml / 1000 / water_l
