"""What the family `remedies` measures."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.figures import seconds


@dataclass(frozen=True, slots=True)
class Remedies:
    """What would close the shortage of a week with too many patients.

    `seconds` from the problem to all answers. Of the `found` remedies, by kind, `judged` seat
    everybody concerned in a plan that the check finds legal; `least` are proven to be the least
    of their kind; `useless` kinds are proven not to be enough. `counted` if counting seats
    alone proves the shortage, `fewest` if what is missing is proven to be the least.
    """

    machines: int
    patients: int
    more: int
    seed: int
    seconds: float
    shortages: int
    unsettled: int
    missing: int
    counted: bool
    fewest: bool
    found: list[str]
    minutes: list[int]
    judged: int
    least: int
    useless: list[str]
    open: list[str]

    def brief(self) -> str:
        """What the progress line says of it."""
        return f"{seconds(self.seconds)}, {self.missing} missing, {len(self.found)} remedies"
