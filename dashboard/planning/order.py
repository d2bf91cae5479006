"""What the process of a search needs to know besides what the order's row says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.choreography import STANDARD_PACE, Pace


@dataclass(frozen=True, slots=True)
class JobOrder:
    """`job` is the number of the row; the rest is how this center searches, and how closely
    nurses' tasks may follow each other."""

    database: str
    center: str
    job: int
    history_weeks: int
    workers: int
    seed: int
    deterministic: bool
    apart_minutes: int = STANDARD_PACE.apart
    latest_minutes: int = STANDARD_PACE.latest

    @property
    def pace(self) -> Pace:
        """How fast the center works."""
        return replace(STANDARD_PACE, apart=self.apart_minutes, latest=self.latest_minutes)
