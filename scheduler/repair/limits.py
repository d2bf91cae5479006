"""What a repair may do, as whoever orders it says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RepairLimits:
    """At most so many `patients` get other times; `None`: as many as it takes.

    Who leaves home within `underway_minutes` counts as on the way and keeps the turn if that is
    possible. A session that is broken off counts as held from `counts_from` percent of its
    minutes on: a proposal of this product, for the doctor to set.
    """

    patients: int | None = None
    underway_minutes: int = 15
    counts_from: int = 50
