"""The timetable's search: how soon it proves, how soon it is near."""

from __future__ import annotations

from benchmarks.measure.instance import problem_of
from benchmarks.measure.judged import judged, sessions_of, short_of
from benchmarks.measure.process import peak_mib
from benchmarks.measure.watched import SLOTS, Watch, gap_after, gaps, reached, watch
from benchmarks.rows import Slots
from scheduler.effort import Effort
from scheduler.greedy import greedy
from scheduler.planner import build_model
from scheduler.tiers import guide
from scheduler.timetable import build_timetable

NEAR = 0.01
SOON = 10.0


def measure(
    machines: int,
    patients: int,
    seed: int,
    limit: float,
    workers: int,
    *,
    history: bool = True,
    slots_only: bool = True,
) -> Slots:
    """One instance."""
    problem = problem_of(machines, patients, seed, history=history)
    run = watch(problem, Effort(seconds=limit, workers=workers), slots_only=slots_only)
    memory = peak_mib()
    model = build_model(problem)
    timetable = build_timetable(model)
    by_greedy = sessions_of(timetable, greedy(timetable, frozenset(problem.history)))
    known = tuple(gaps(run, guide(timetable).factor))
    near = reached(known, NEAR)
    verdict = run.planned.verdict
    return Slots(
        machines=machines,
        patients=patients,
        seed=seed,
        limit=limit,
        slots_only=slots_only,
        build=run.build_seconds,
        end=run.slots_end - run.build_seconds,
        proven=run.slots_proven,
        near=None if near is None else near - run.build_seconds,
        gap_soon=gap_after(known, SOON),
        gap=_gap(run),
        whole=run.seconds,
        memory_mib=memory,
        legal=verdict.legal,
        short=short_of(verdict),
        greedy_short=judged(model, timetable, by_greedy).short,
        plan_gap=None if slots_only else run.plan_gap,
    )


def _gap(run: Watch) -> float:
    """Of the first tier that is not proven: what follows has no bound."""
    stages = [stage for stage in run.planned.run.stages if stage.name == SLOTS]
    return next((stage.gap for stage in stages if stage.gap > 0), 0.0)
