"""The same centers as if they had never been planned."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import median, p95, percent, seconds, share
from benchmarks.records import Records
from benchmarks.rows import Slots
from benchmarks.scale import Scale
from benchmarks.tables import goal, table


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    size = scale.center
    return [
        Job(
            "slots",
            {
                "machines": size.machines,
                "patients": size.patients,
                "seed": seed,
                "limit": scale.growth_limit,
                "workers": scale.workers,
                "history": False,
            },
            patience=5 * scale.growth_limit + 120,
        )
        for seed in range(1, (seeds or scale.seeds) + 1)
    ]


def _report(records: Records) -> str:
    rows: Sequence[Slots] = records.rows
    if not rows:
        return "No results.\n"
    ends = [row.end for row in rows]
    middle = median(ends)
    soon = [row.gap_soon for row in rows if row.gap_soon is not None]
    within = sum(gap <= 0.005 for gap in soon)
    lines = [
        ["until proof or limit, median", goal(seconds(middle), 20, middle, seconds)],
        ["until proof or limit, p95", seconds(p95(ends))],
        ["proven", share(sum(row.proven for row in rows), len(rows))],
        ["within 0.5 % after 10 s", share(within, len(rows))],
        ["gap after 10 s, median", percent(median(soon)) if soon else "no bound"],
        ["gap after 10 s, worst", percent(max(soon)) if len(soon) == len(rows) else "no bound"],
        ["gap at the end, worst", percent(max(row.gap for row in rows))],
        ["patients short of sessions", str(sum(row.short for row in rows))],
        ["the same, greedy", str(sum(row.greedy_short for row in rows))],
        ["peak of memory, worst", f"{max(row.memory_mib for row in rows)} MiB"],
    ]
    first = rows[0]
    size = f"{first.machines} machines, {first.patients} patients, {len(rows)} seeds.\n\n"
    return size + table(("From scratch", "found"), lines)


SCRATCH = Family("scratch", "The same centers without last week", Slots, _jobs, _report)
