"""A run of the planner as its onlooker sees it, and what can be read from that.

Everything is taken from the planner's public face: the progress it tells and the run it
returns. No clock but the onlooker's is involved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from ortools.util.python.solve_interrupter import SolveInterrupter

from domain.problem import Problem
from scheduler.effort import Effort
from scheduler.planner import Onlooker, Planned, Progress, make_plan

SLOTS = "timetable"
JOINT = "joint"
"""The stage of stations, where its bound holds for all timetables as good as the chosen one."""


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

    @property
    def slots_proven(self) -> bool:
        """True if the run claims the timetable's optimum in every tier."""
        return all(one.gap == 0.0 for one in self.planned.run.stages if one.name == SLOTS)

    @property
    def seats_proven(self) -> bool:
        """True if the run claims the optimum of the stations for its timetable or for all."""
        return all(one.gap == 0.0 for one in self.planned.run.stages if one.name != SLOTS)

    @property
    def plan_gap(self) -> float:
        """Costs of all tiers added up, each as its last stage left it, against their bounds:
        that of the stations holds for the timetable found."""
        last = {stage.tier: stage for stage in self.planned.run.stages}.values()
        cost = sum(stage.cost for stage in last)
        return (cost - sum(stage.bound for stage in last)) / max(1, cost)

    @property
    def joint_gap(self) -> float | None:
        """Costs of slots and stations together against a bound of both, tiers added up, each as
        its last stage left it (`joint` after `seating`); `None`
        unless the timetable is proven. Stations cost nothing at least, and no less than the
        bound if it holds for all timetables."""
        if not self.slots_proven:
            return None
        last = {stage.tier: stage for stage in self.planned.run.stages}.values()
        cost = sum(stage.cost for stage in last)
        bound = sum(stage.bound for stage in last if stage.name in {SLOTS, JOINT})
        return (cost - bound) / max(1, cost)


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


def gaps(run: Watch, rough_factor: Sequence[int]) -> Iterator[tuple[float, float]]:
    """Seconds since the run's begin, and the timetable's relative gap known by then.

    An exact moment counts once all more important tiers are proven. A rough one has the tiers
    weighed, by `rough_factor` (`scheduler.tiers.guide`); its bound holds for the last tier if
    nothing has to be paid in the others, so it counts if the run ends that way.
    """
    moments = run.slots
    exact = moments[-1].tiers
    free = not any(_paid_before(run))
    proven: dict[tuple[int, ...], bool] = {}
    for moment in moments:
        if moment.rough:
            if free:
                cost, bound = (_weighed(of, rough_factor) for of in (moment.cost, moment.bound))
                yield moment.seconds, (cost - bound) / max(1, cost)
            continue
        proven[moment.tiers] = gap_of(moment) == 0.0
        if moment.tiers == exact and all(ok for t, ok in proven.items() if t != exact):
            yield moment.seconds, gap_of(moment)


def gap_of(moment: Progress) -> float:
    """The relative gap of the first tier that is not proven."""
    for cost, bound in zip(moment.cost, moment.bound, strict=False):
        if bound < cost:
            return (cost - bound) / cost
    return 0.0


def gap_after(known: Iterable[tuple[float, float]], seconds: float) -> float | None:
    """The smallest gap known by then; `None` if none was."""
    return min((gap for when, gap in known if when <= seconds), default=None)


def reached(known: Iterable[tuple[float, float]], gap: float) -> float | None:
    """When the gap was this small; `None` for never."""
    return next((when for when, mine in known if mine <= gap), None)


def _paid_before(run: Watch) -> Iterator[int]:
    """What the plan costs in the tiers before the timetable's last."""
    stages = [stage for stage in run.planned.run.stages if stage.name == SLOTS]
    return (stage.cost for stage in stages[:-1])


def _weighed(parts: Sequence[int], factor: Sequence[int]) -> int:
    return sum(part * one for part, one in zip(parts, factor, strict=True))
