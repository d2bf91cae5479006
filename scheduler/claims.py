"""What a run may claim of its plan: what is proven, and what is only the best found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.plan import Run, Status
from domain.words import Words, words

_TIMES, _TOGETHER = "timetable", "joint"
"""The stages in which days and shifts are settled, and stations over all that are as good."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about the plan; `proven` if nothing is left open in it."""

    words: Words
    proven: bool


def claims(run: Run) -> Iterator[Claim]:
    """One or two sentences, the weightiest first."""
    seconds = f"{run.seconds:.1f}"
    if run.interrupted:
        said = words("Stopped after {seconds} s with the best plan so far.", seconds=seconds)
        yield Claim(said, proven=False)
    times_proven = all(stage.gap == 0 for stage in run.stages if stage.name == _TIMES)
    if not times_proven:
        if not run.interrupted:
            said = words(
                "The time was up after {seconds} s; the best plan so far.", seconds=seconds
            )
            yield Claim(said, proven=False)
        return
    if run.status is Status.OPTIMAL and _over_all(run):
        yield Claim(
            words("Proven in {seconds} s: no plan is better.", seconds=seconds), proven=True
        )
        return
    said = words("Proven in {seconds} s: no days and shifts are better.", seconds=seconds)
    yield Claim(said, proven=True)
    if run.status is Status.OPTIMAL:
        said = words("Proven for these days and shifts: no stations are better.")
        yield Claim(said, proven=True)
    else:
        yield Claim(words("The stations are the best that were found."), proven=False)


def _over_all(run: Run) -> bool:
    """True if the stations were not only placed for the days and shifts found."""
    last = run.stages[-1]
    return last.name == _TOGETHER or last.cost == 0
