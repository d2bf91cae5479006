"""The times of a plan: every scene at its best, within the time there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.choreography import Choreography, Cue, Pace
from domain.frozen import in_weeks
from domain.plan import Plan
from domain.problem import Problem
from scheduler.choreography.scene import Promises, Scene, scenes
from scheduler.choreography.solve import Limits, Times, solve, without_search
from scheduler.choreography.strain import Strain, total
from scheduler.effort import Effort
from scheduler.planner import Onlooker

_NOTHING = Promises()
_STEADY = 10.0
"""Of the solver's own seconds, for each of the two questions about a scene, so that a search
that ignores the clock ends as well."""
_PATIENCE = 4.0
"""How many times its even share of what is left one scene may take: most take far less."""


@dataclass(frozen=True, slots=True)
class Flowed:
    """The times, what they cost and the least that is proven, figure by figure for those
    before it as they were found; `open` scenes are not proven."""

    choreography: Choreography
    cost: Strain
    bound: Strain
    scenes: int
    open: int
    seconds: float

    @property
    def proven(self) -> bool:
        """True if no times are better."""
        return self.open == 0


def choreograph(
    problem: Problem,
    plan: Plan,
    pace: Pace,
    effort: Effort,
    onlooker: Onlooker,
    promises: Promises = _NOTHING,
) -> Flowed:
    """Times for every session of the plan at a place and in a shift that the center has.

    Nobody begins before the shift, every session keeps its minutes, and no rule of a patient is
    broken that beginning with the shift keeps. What cannot be had is settled in the order of
    `Strain`. With seconds in the effort it may end unproven; then it says so.
    """
    begin = onlooker.clock()
    known = Plan.of(plan.first_day, plan.weeks, in_weeks(problem, plan))
    todo = scenes(problem, known, pace, promises)
    found = []
    for number, scene in enumerate(todo):
        left = _left(effort, onlooker.clock() - begin, len(todo) - number)
        limits = Limits(left, _STEADY, effort.seed, onlooker.stop)
        found.append(without_search(scene) if left == 0.0 else solve(scene, limits))
    return Flowed(
        Choreography.of(_cues(todo, found)),
        total(times.cost for times in found),
        total(times.bound for times in found),
        len(todo),
        sum(not times.proven for times in found),
        onlooker.clock() - begin,
    )


def _left(effort: Effort, spent: float, scenes_left: int) -> float | None:
    """Seconds for each of the two questions about the next scene."""
    if effort.deterministic or effort.seconds is None:
        return None
    left = max(0.0, effort.seconds - spent)
    return min(left, _PATIENCE * left / scenes_left) / 2


def _cues(todo: tuple[Scene, ...], found: list[Times]) -> Iterator[Cue]:
    for scene, times in zip(todo, found, strict=True):
        for entry, delay in zip(scene.entries, times.delays, strict=True):
            row = entry.row
            yield Cue(row.day, row.shift, row.patient, delay, entry.nurse)
