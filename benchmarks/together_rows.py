"""What the family of patients and nurses together measures."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.figures import seconds

AFTER, TOGETHER = "one after the other", "together"


@dataclass(frozen=True, slots=True)
class TogetherRow:
    """A week in which so many nurses are on leave, planned in one of two ways.

    `missed` are sessions that patients go without; `over` patients who were planned for and
    have no nurse of the roster who may care for them, so that their sessions cannot be held
    either. `shortage` is what the plan's first tier costs, `least` what it must cost with any
    roster. `legal`: the plan is, with the nurses of the roster.
    """

    way: str
    sample: str
    away: int
    seconds: float
    sessions: int
    missed: int
    over: int
    nurses_missing: int
    shortage: int
    least: int
    rounds: int
    legal: bool

    def brief(self) -> str:
        """What the progress line says of it."""
        return f"{self.missed} missed, {self.over} without a nurse, {seconds(self.seconds)}"
