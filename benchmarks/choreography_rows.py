"""What the family `choreography` measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.figures import seconds


@dataclass(frozen=True, slots=True)
class Floor:
    """Days of a floor played with random durations. `peaks` counts nurses' days by the most
    tasks that the nurse had at once, from 0 up; `waits` are the minutes that tasks waited for
    hands, from the least to the most with a tenth of all tasks between two neighbors.
    `seat_minutes` is the mean from the door to the needle."""

    peaks: list[int]
    waits: list[float]
    seat_minutes: float
    overtime_minutes: float


@dataclass(frozen=True, slots=True)
class Choreographed:
    """The times of a week: how long the search took, what it proved, and what the week is like
    when played, everybody at the shift's begin and staggered: each the fields of a `Floor`.
    `peak` is by the plan alone."""

    machines: int
    patients: int
    seed: int
    sessions: int
    seconds: float
    scenes: int
    open: int
    crowded: int
    crowded_bound: int
    waited: int
    peak_at_once: int
    peak: int
    smooth: bool
    at_once: dict[str, Any]
    staggered: dict[str, Any]

    @property
    def floors(self) -> tuple[Floor, Floor]:
        """The floor with all at once, and staggered."""
        return Floor(**self.at_once), Floor(**self.staggered)

    def brief(self) -> str:
        """What the progress line says of it."""
        state = "proven" if not self.open else f"{self.open} of {self.scenes} open"
        return f"{seconds(self.seconds)}, {state}, peak {self.peak_at_once} -> {self.peak}"
