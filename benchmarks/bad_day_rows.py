"""What the family on bad days measures: one row a center."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.figures import seconds


@dataclass(frozen=True, slots=True)
class BadWednesday:
    """Half of the stations lost on Wednesday after the morning, and missed sessions and swaps of
    the week before that. `over` and `bound` are days above the longest gap; `wrong` hard rules
    broken besides waits that are told. `made_up` counts missed sessions with a legal offer."""

    machines: int
    patients: int
    seed: int
    took: float
    over: int
    bound: int
    beyond: int
    order_proven: bool
    wrong: int
    offers_took: tuple[float, ...]
    made_up: int
    swaps_took: tuple[float, ...]

    @property
    def proven(self) -> bool:
        """True if no plan has a shorter worst wait."""
        return self.bound >= self.over

    def brief(self) -> str:
        """What the progress line says of it."""
        said = "proven" if self.proven else "not proven"
        return f"{seconds(self.took)}, {self.over} days over, {self.beyond} people, {said}"
