"""What the family on repairs measures: one row a center."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.figures import seconds


@dataclass(frozen=True, slots=True)
class Mending:
    """One station lost on Wednesday after the morning. `share` is the center's tightness; `hit`
    sessions of that station were still to come. `asked` people entered the search; what counts
    is found and bound of sessions without a place, patients and sessions at other times.
    `wrong`: hard rules broken for somebody who is not left out, by the judge's count."""

    machines: int
    patients: int
    share: float
    seed: int
    hit: int
    asked: int
    took: float
    unplaced: tuple[int, int]
    moved: tuple[int, int]
    sessions: tuple[int, int]
    stations: tuple[int, int]
    wrong: int

    @property
    def proven(self) -> bool:
        """True if sessions without a place, patients and sessions moved are proven least."""
        measures = (self.unplaced, self.moved, self.sessions)
        return all(found <= bound for found, bound in measures)

    def brief(self) -> str:
        """What the progress line says of it."""
        said = "proven" if self.proven else "not proven"
        return f"{seconds(self.took)}, {self.moved[0]} moved, {self.unplaced[0]} out, {said}"
