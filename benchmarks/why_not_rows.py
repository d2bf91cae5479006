"""What the family on "why not?" measures: one row a center."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.figures import seconds


@dataclass(frozen=True, slots=True)
class WhyNotAsks:
    """Questions about one center's week, each answered from nothing. `told` counts answers by
    kind; seconds are those until it is known what blocks, where something does, and of whole
    answers. `wrong` answers did not hold when looked at again; `rough` blocks were not shown to
    be smallest. An `overfull` center wants 5 % more sessions than it has slots."""

    machines: int
    patients: int
    seed: int
    overfull: bool
    told: dict[str, int]
    explained: list[float]
    answered: list[float]
    wrong: int
    rough: int

    def brief(self) -> str:
        """What the progress line says of it."""
        return f"{len(self.answered)} asks, worst {seconds(max(self.answered))}, {self.wrong} wrong"
