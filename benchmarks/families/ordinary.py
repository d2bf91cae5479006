"""An ordinary week, from the database and back: is it fast, proven, and better than by hand?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import geometric_mean, median, p95, percent, seconds, share
from benchmarks.records import Records
from benchmarks.rows import EndToEnd
from benchmarks.scale import Scale
from benchmarks.tables import goal, table

_TIMES: tuple[tuple[str, Callable[[EndToEnd], float], float | None, float | None], ...] = (
    ("slots: search until proof or limit", lambda row: row.slots, 1.5, 3.0),
    ("slots with model and weeks", lambda row: row.build + row.slots, None, None),
    ("load from SQLite", lambda row: row.load, None, None),
    ("plan: build, slots, stations, check", lambda row: row.plan, None, None),
    ("check alone", lambda row: row.check, None, 0.05),
    ("save to SQLite", lambda row: row.save, None, None),
    ("**end to end**: load, plan, save", lambda row: row.whole, 3.0, 6.0),
    ("starting Python and loading the program", lambda row: row.start, None, None),
    ("greedy, for comparison", lambda row: row.greedy_seconds, None, None),
)
"""What is timed, with the goals for median and 95th percentile."""


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    size = scale.center
    return [
        Job(
            "end_to_end",
            {
                "machines": size.machines,
                "patients": size.patients,
                "seed": seed,
                "limit": scale.limit,
                "workers": scale.workers,
            },
            patience=10 * scale.limit + 120,
        )
        for seed in range(1, (seeds or scale.seeds) + 1)
    ]


def _report(records: Records) -> str:
    rows: Sequence[EndToEnd] = records.rows
    if not rows:
        return "No results.\n"
    first = rows[0]
    size = f"{first.machines} machines, {first.patients} patients, {len(rows)} seeds.\n\n"
    return size + _times(rows) + "\n" + _quality(rows)


def _times(rows: Sequence[EndToEnd]) -> str:
    lines = []
    for name, of, middle, high in _TIMES:
        values = [of(row) for row in rows]
        lines.append(
            [
                name,
                goal(seconds(median(values)), middle, median(values), seconds),
                goal(seconds(p95(values)), high, p95(values), seconds),
                seconds(max(values)),
            ]
        )
    return table(("Time", "median", "p95", "worst"), lines)


def _quality(rows: Sequence[EndToEnd]) -> str:
    count = len(rows)
    both = sum(row.slots_proven and row.seats_proven for row in rows)
    gaps = [row.joint_gap for row in rows if row.joint_gap is not None]
    memory = max(row.memory_mib for row in rows)
    lines = [
        ["slots proven optimal", share(sum(row.slots_proven for row in rows), count), ""],
        ["slots and stations proven optimal", share(both, count), "at least 95 %"],
        ["plans that the check finds legal", share(sum(row.legal for row in rows), count), "all"],
        ["patients short of sessions", str(sum(row.short for row in rows)), "the proven minimum"],
        ["the same, greedy", str(sum(row.greedy_short for row in rows)), ""],
        [
            "greedy's plans that break a hard rule",
            share(sum(not row.greedy_legal for row in rows), count),
            "",
        ],
        ["greedy's cost over ours, where it seats as many", _cost_ratio(rows), ""],
        ["slots and stations together: gap, median", _gap(median, gaps, count), "0.30 %"],
        ["slots and stations together: gap, worst", _gap(max, gaps, count), "0.30 %"],
        ["peak of memory, worst", f"{memory} MiB", "1536 MiB"],
    ]
    return table(("Quality", "found", "goal"), lines)


def _gap(of: Callable[[list[float]], float], gaps: list[float], count: int) -> str:
    return f"{percent(of(gaps))} ({share(len(gaps), count)})" if gaps else "not measured"


def _cost_ratio(rows: Sequence[EndToEnd]) -> str:
    """Of the last tier, where the earlier ones cost the same."""
    ratios = [
        row.greedy_cost[-1] / row.cost[-1]
        for row in rows
        if row.greedy_legal and row.greedy_cost[:-1] == row.cost[:-1] and row.cost[-1]
    ]
    return f"{geometric_mean(ratios):.3f} ({share(len(ratios), len(rows))})" if ratios else "never"


ORDINARY = Family("ordinary", "An ordinary week, end to end", EndToEnd, _jobs, _report)
