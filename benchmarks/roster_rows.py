"""What the roster family measures: a row is one roster by one solver."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.figures import seconds

HIGHS_FLOW = "HiGHS, flow of duties"


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A roster. Seconds with building the model; no cost means that nothing was found, no
    bound that none was told."""

    peer: str
    name: str
    people: int
    days: int
    seed: int
    limit: float
    seconds: float
    cost: int | None
    bound: int | None
    proven: bool
    legal: bool

    def brief(self) -> str:
        """What the progress line says of it."""
        proven = "proven" if self.proven else f"at least {self.bound}"
        return f"{self.cost}, {proven}, {seconds(self.seconds)}"
