"""A run of the planner as its onlooker sees it, and what can be read from that.

Everything is taken from the planner's public face: the progress it tells and the run it
returns. No clock but the onlooker's is involved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from ortools.util.python.solve_interrupter import SolveInterrupter

from domain.problem import Problem
from scheduler.planner import Onlooker, Planned, Progress, make_plan
from scheduler.search import Effort

SLOTS = "timetable"
SEATS = "seating"


@dataclass(frozen=True, slots=True)
class Watch:
    """A run: what it told, in order, and what came out after so many seconds."""

    told: tuple[Progress, ...]
    planned: Planned
    seconds: float

    @property
    def slots(self) -> tuple[Progress, ...]:
        """What was told of the timetable."""
        return tuple(moment for moment in self.told if moment.stage == SLOTS)

    @property
    def build_seconds(self) -> float:
        """Until the search began: rules to model to weeks, and the greedy's plan."""
        return self.slots[0].seconds

    @property
    def slots_end(self) -> float:
        """When the timetable was done with, proven or out of time: the next stage's start."""
        others = (moment.seconds for moment in self.told if moment.stage != SLOTS)
        return min(others, default=self.seconds)

    def proven(self, stage: str) -> bool:
        """True if the run claims the stage's optimum in every tier."""
        found = [one for one in self.planned.run.stages if one.name == stage]
        return bool(found) and all(one.gap == 0.0 for one in found)


def watch(problem: Problem, effort: Effort, *, slots_only: bool = False) -> Watch:
    """Plans. With `slots_only` the run is stopped when it comes to the next stage."""
    told: list[Progress] = []
    stop = SolveInterrupter()

    def tell(moment: Progress) -> None:
        told.append(moment)
        if slots_only and moment.stage != SLOTS:
            stop.interrupt()

    begin = perf_counter()
    planned = make_plan(problem, effort, Onlooker(perf_counter, stop, tell))
    return Watch(tuple(told), planned, perf_counter() - begin)


def gap_of(moment: Progress) -> float:
    """The relative gap of the first tier that is not proven."""
    for cost, bound in zip(moment.cost, moment.bound, strict=False):
        if bound < cost:
            return (cost - bound) / cost
    return 0.0


def gap_after(moments: Sequence[Progress], seconds: float) -> float | None:
    """The gap so many seconds after the run's begin; `None` while an earlier program, with
    more important tiers, was still open."""
    last = moments[-1].tiers
    so_far = [moment for moment in moments if moment.seconds <= seconds]
    if not so_far or so_far[-1].tiers != last or not _earlier_proven(so_far):
        return None
    return gap_of(so_far[-1])


def reached(moments: Sequence[Progress], gap: float) -> float | None:
    """Seconds from the run's begin until the gap was this small for all tiers."""
    last = moments[-1].tiers
    for index, moment in enumerate(moments):
        if moment.tiers == last and gap_of(moment) <= gap:
            return moment.seconds if _earlier_proven(moments[: index + 1]) else None
    return None


def _earlier_proven(moments: Sequence[Progress]) -> bool:
    """True if every program before the last one told of was solved."""
    ends = {moment.tiers: moment for moment in moments}
    return all(gap_of(end) == 0.0 for tiers, end in ends.items() if tiers != moments[-1].tiers)
