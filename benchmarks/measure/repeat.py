"""The same plan again and again, in deterministic mode."""

from __future__ import annotations

from time import perf_counter

from benchmarks.measure.instance import problem_of
from benchmarks.measure.watched import watch
from benchmarks.rows import Repeat
from db.fingerprint import of_plan
from scheduler.effort import Effort


def measure(machines: int, patients: int, process: int, reruns: int) -> Repeat:
    """Seed 1's center, its problem built anew for every run."""
    begin = perf_counter()
    effort = Effort(seconds=None, deterministic=True)
    prints = [
        of_plan(watch(problem_of(machines, patients, 1), effort).planned.plan)
        for _ in range(reruns)
    ]
    return Repeat(machines, patients, process, prints, perf_counter() - begin)
