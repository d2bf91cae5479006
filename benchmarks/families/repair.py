"""Repair after a machine has failed: are the fewest moves proven in time?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from benchmarks.family import Family, Job
from benchmarks.figures import median, p95, percent, seconds, share
from benchmarks.records import Records
from benchmarks.repair_rows import Mending
from benchmarks.scale import Scale
from benchmarks.tables import goal, table
from db.sample.size import ORDINARY

_LOOSE = 0.9
_LIMIT = 20.0
"""Seconds of one repair at most."""
_SMALL, _LARGE = 1.0, 5.0
"""Goals for the 95th percentile: of one center, and of a pool of thousands."""
_POOL = 1000
"""Patients from which on it is a pool."""


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """The ordinary center loose and full, and the largest of all full."""
    center, pool = scale.center, scale.watched[-1].size
    count = seeds or scale.seeds
    # (machines, patients, share, seeds, seconds for the plan in force)
    asked = (
        (center.machines, None, _LOOSE, count, scale.limit),
        (center.machines, center.patients, ORDINARY, count, scale.limit),
        (pool.machines, pool.patients, ORDINARY, min(count, 5), 4 * scale.limit),
    )
    return [
        Job(
            "repair",
            {
                "machines": machines, "patients": patients, "share": tight, "seed": seed,
                "limit": _LIMIT, "plan_limit": plan_limit,
            },
            patience=10 * plan_limit + 600,
        )
        for machines, patients, tight, many, plan_limit in asked
        for seed in range(1, many + 1)
    ]  # fmt: skip


def _report(records: Records) -> str:
    rows: Sequence[Mending] = records.rows
    if not rows:
        return "No results.\n"
    ordered = sorted(rows, key=_center)
    groups = [list(mine) for _, mine in groupby(ordered, key=_center)]
    return table(
        (
            "Center", "seeds", "median", "p95", "worst", "proven", "sessions hit",
            "patients moved", "sessions out", "people asked", "found illegal",
        ),
        (_line(mine) for mine in groups),
    )  # fmt: skip


def _center(row: Mending) -> tuple[int, float]:
    return row.machines, row.share


def _line(rows: Sequence[Mending]) -> list[str]:
    first, times = rows[0], [row.took for row in rows]
    most = _SMALL if first.patients < _POOL else _LARGE
    return [
        f"{first.machines}/{first.patients}, {percent(first.share)} full",
        str(len(rows)),
        seconds(median(times)),
        goal(seconds(p95(times)), most, p95(times), seconds),
        seconds(max(times)),
        share(sum(row.proven for row in rows), len(rows)),
        _range([row.hit for row in rows]),
        _range([row.moved[0] for row in rows]),
        _range([row.unplaced[0] for row in rows]),
        _range([row.asked for row in rows]),
        str(sum(row.wrong > 0 for row in rows)),
    ]


def _range(values: Sequence[int]) -> str:
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low} to {high}"


REPAIR = Family("repair", "A machine fails on Wednesday", Mending, _jobs, _report)
