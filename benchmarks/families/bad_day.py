"""A bad day: is the worst wait proven, and how soon; make-up offers and swaps at once?"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.bad_day_rows import BadWednesday
from benchmarks.family import Family, Job
from benchmarks.figures import median, p95, seconds, share
from benchmarks.records import Records
from benchmarks.scale import Scale
from benchmarks.tables import table

_LIMIT = 120.0
"""Seconds of one bad day at most."""
_ASKS = 10
"""Missed sessions, and swaps, of each center."""


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    size = scale.center
    return [
        Job(
            "bad_day",
            {
                "machines": size.machines, "patients": size.patients, "seed": seed,
                "limit": _LIMIT, "plan_limit": scale.limit, "asks": _ASKS,
            },
            patience=10 * scale.limit + 2 * _LIMIT + 300,
        )
        for seed in range(1, (seeds or scale.seeds) + 1)
    ]  # fmt: skip


def _report(records: Records) -> str:
    rows: Sequence[BadWednesday] = records.rows
    if not rows:
        return "No results.\n"
    count, asks = len(rows), sum(len(row.offers_took) for row in rows)
    offers = [took for row in rows for took in row.offers_took]
    swaps = [took for row in rows for took in row.swaps_took]
    times = [row.took for row in rows]
    lines = [
        ["the rest of the week, half of the stations lost", *_times(times)],
        ["offers for a missed session", *_times(offers)],
        ["verdict on a swap", *_times(swaps)],
    ]
    facts = [
        ["worst wait equals its bound", share(sum(row.proven for row in rows), count)],
        ["fewest people above the line proven", share(sum(r.order_proven for r in rows), count)],
        ["days above the longest gap", _range([row.over for row in rows])],
        ["people above it", _range([row.beyond for row in rows])],
        ["hard rules broken otherwise", str(sum(row.wrong for row in rows))],
        ["missed sessions with a legal offer", share(sum(row.made_up for row in rows), asks)],
    ]
    first = rows[0]
    head = f"{first.machines} machines, {first.patients} patients, {count} seeds.\n\n"
    return (
        head
        + table(("Time", "median", "p95", "worst"), lines)
        + "\n"
        + table(("What", "found"), facts)
    )


def _times(values: Sequence[float]) -> tuple[str, str, str]:
    return seconds(median(values)), seconds(p95(values)), seconds(max(values))


def _range(values: Sequence[int]) -> str:
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low} to {high}"


BAD_DAY = Family("bad_day", "A bad Wednesday, make-up and swap", BadWednesday, _jobs, _report)
