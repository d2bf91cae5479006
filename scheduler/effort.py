"""How hard a search may try, and the world that watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ortools.util.python.solve_interrupter import SolveInterrupter


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try. Without `seconds` the search runs to its proof; `deterministic` also
    ignores the clock and uses one worker, so that the same input gives the same plan.
    `joint_seconds` may go into placing stations over all timetables that are equally good, not
    only for the one found; a deterministic run leaves that out."""

    seconds: float | None = 60.0
    seed: int = 1
    workers: int = 2
    deterministic: bool = False
    joint_seconds: float = 10.0

    @property
    def threads(self) -> int:
        """Threads that a solver may use."""
        return 1 if self.deterministic else self.workers


@dataclass(frozen=True, slots=True)
class Watch:
    """The outside world: a clock, a way to be stopped, and somebody who looks on."""

    clock: Callable[[], float]
    deadline: float | None
    stop: SolveInterrupter
    report: Callable[[int, int], None]

    def seconds_left(self) -> float | None:
        """Seconds until the deadline, not below 0; `None` without one."""
        return None if self.deadline is None else max(0.0, self.deadline - self.clock())

    @property
    def over(self) -> bool:
        """True once the deadline has passed or somebody said stop."""
        return bool(self.stop.interrupted) or self.seconds_left() == 0.0
