"""Many centers at once, by as many processes as there are cores, one worker each."""

from __future__ import annotations

import resource
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from time import perf_counter

from benchmarks.measure.instance import register_of
from benchmarks.measure.judged import short_of
from benchmarks.measure.watched import watch
from benchmarks.rows import Network
from db.sample.spec import FIRST_MONDAY
from domain.problem import Problem
from domain.register import Register
from scheduler.effort import Effort


@dataclass(frozen=True, slots=True)
class _Center:
    seconds: float
    slots_proven: bool
    seats_proven: bool
    legal: bool
    short: int


def measure(machines: int, patients: int, centers: int, processes: int, limit: float) -> Network:
    """Seeds from 1 up. The centers are made before, starting the processes counts."""
    registers = [register_of(machines, patients, seed) for seed in range(1, centers + 1)]
    begin = perf_counter()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(partial(_plan, limit), registers))
    wall = perf_counter() - begin
    return Network(
        centers=centers,
        processes=processes,
        wall=wall,
        each=[round(one.seconds, 3) for one in found],
        slots_proven=sum(one.slots_proven for one in found),
        seats_proven=sum(one.seats_proven for one in found),
        legal=sum(one.legal for one in found),
        short=sum(one.short for one in found),
        memory_mib=round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    )


def _plan(limit: float, register: Register) -> _Center:
    run = watch(
        Problem(register, FIRST_MONDAY), Effort(seconds=limit, workers=1, joint_seconds=0.0)
    )
    verdict = run.planned.verdict
    proven = run.slots_proven, run.seats_proven
    return _Center(run.seconds, *proven, verdict.legal, short_of(verdict))
