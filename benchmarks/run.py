"""Running a family: every measurement in a fresh process, one line of progress for each.

This process stays small and loads no solver: on Linux a child's memory peak is never less
than what its parent held when starting it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.family import Family, Job
from benchmarks.records import Failure, Records
from benchmarks.scale import Scale
from benchmarks.surroundings import surroundings

ROOT = Path(__file__).parents[1]


def run_family(
    family: Family, scale: Scale, seeds: int | None, tell: Callable[[str], None]
) -> Records:
    """Measures everything of the family, and tells of every measurement when it is done."""
    around = surroundings()
    jobs = family.jobs(scale, seeds)
    found: list[Any] = []
    for number, (job, result, seconds) in enumerate(_results(family, jobs), 1):
        found.append(result)
        outcome = f"failed: {result.reason}" if isinstance(result, Failure) else result.brief()
        tell(f"{family.name} {number}/{len(jobs)}  {_named(job)}: {outcome}  [{seconds:.1f} s]")
    failures = tuple(one for one in found if isinstance(one, Failure))
    return Records(around, tuple(one for one in found if not isinstance(one, Failure)), failures)


def _named(job: Job) -> str:
    return ", ".join(f"{name} {value}" for name, value in job.arguments.items())


def _results(family: Family, jobs: Sequence[Job]) -> Iterator[tuple[Job, Any, float]]:
    def timed(job: Job) -> tuple[Job, Any, float]:
        begin = perf_counter()
        result = measured(job, family.row)
        return job, result, perf_counter() - begin

    with ThreadPoolExecutor(family.at_once) as pool:
        yield from pool.map(timed, jobs)


def measured(job: Job, row: type[Any]) -> Any:
    """The row that a fresh process finds, or a `Failure`."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "row.json"
        command = [sys.executable, "-m", "benchmarks.child", job.task]
        try:
            done = subprocess.run(
                [*command, json.dumps(job.arguments), str(file)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=job.patience,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Failure(job.task, job.arguments, f"no result after {job.patience:g} s")
        if done.returncode or not file.exists():
            last = (done.stderr.strip().splitlines() or [""])[-1]
            return Failure(job.task, job.arguments, f"exit code {done.returncode}: {last}"[:500])
        return row(**json.loads(file.read_text(encoding="utf-8")))
