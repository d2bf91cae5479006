"""What the process of a search needs to know besides what the order's row says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JobOrder:
    """`job` is the number of the row; the rest is how this center searches."""

    database: str
    center: str
    job: int
    history_weeks: int
    workers: int
    seed: int
    deterministic: bool
