"""How the time grows with the center."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import exponent, median, number, p95, percent, seconds, share
from benchmarks.records import Records
from benchmarks.rows import Slots
from benchmarks.scale import Scale, Size
from benchmarks.tables import table

_GOALS = {"100/800": "0.10 %", "500/4000": "0.50 %"}
"""Gaps at the limit, at most."""


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    count = seeds or scale.growth_seeds
    growing = [
        _job(scale, size, seed, scale.growth_limit, slots_only=True)
        for size in scale.growth
        for seed in range(1, count + 1)
    ]
    watched = [
        _job(scale, one.size, seed, one.seconds, slots_only=False)
        for one in scale.watched
        for seed in range(1, count + 1)
    ]
    return [*growing, *watched]


def _job(scale: Scale, size: Size, seed: int, limit: float, *, slots_only: bool) -> Job:
    arguments = {
        "machines": size.machines,
        "patients": size.patients,
        "seed": seed,
        "limit": limit,
        "workers": scale.workers,
        "slots_only": slots_only,
    }
    return Job("slots", arguments, patience=5 * limit + 300)


def _report(records: Records) -> str:
    rows: Sequence[Slots] = records.rows
    growing = [row for row in rows if row.slots_only]
    watched = [row for row in rows if not row.slots_only]
    return _growth(growing) + "\n" + _fits(growing) + "\n" + _watched(watched)


def _by_size(rows: Sequence[Slots]) -> dict[Size, list[Slots]]:
    found: defaultdict[Size, list[Slots]] = defaultdict(list)
    for row in rows:
        found[Size(row.machines, row.patients)].append(row)
    return found


def _growth(rows: Sequence[Slots]) -> str:
    headings = (
        "Center", "seeds", "build, median", "1 % gap, median", "1 % gap, p95",
        "proof, median", "proof, p95", "proven", "memory",
    )  # fmt: skip
    return table(headings, (_growth_line(size, mine) for size, mine in _by_size(rows).items()))


def _growth_line(size: Size, rows: Sequence[Slots]) -> list[str]:
    near = [row.near for row in rows if row.near is not None]
    every = len(near) == len(rows)
    ends = [row.end for row in rows]
    return [
        str(size),
        str(len(rows)),
        seconds(median(row.build for row in rows)),
        seconds(median(near)) if near else "never",
        seconds(p95(near)) if every else f"never on {len(rows) - len(near)}",
        seconds(median(ends)),
        seconds(p95(ends)),
        share(sum(row.proven for row in rows), len(rows)),
        f"{max(row.memory_mib for row in rows)} MiB",
    ]


def _fits(rows: Sequence[Slots]) -> str:
    """The exponents over all instances; those without a proof count with their limit."""
    near = [(row.machines, row.near) for row in rows if row.near is not None]
    ends = [(row.machines, row.end) for row in rows]
    lines = []
    for name, pairs, aim in (("a 1 % gap", near, "1.1"), ("proof or limit", ends, "")):
        sizes = [size for size, _ in pairs]
        found = "-"
        if len(set(sizes)) > 1:
            found = number(exponent(sizes, [max(0.001, time) for _, time in pairs]))
        lines.append([f"time to {name}", found, aim])
    return table(("Grows with machines to the power of", "found", "goal: at most"), lines)


def _watched(rows: Sequence[Slots]) -> str:
    headings = (
        "Large center", "seeds", "limit", "slots: gap, worst", "proven",
        "with stations: gap, median", "worst", "goal", "memory, worst", "short", "short, greedy",
    )  # fmt: skip
    return table(headings, (_watched_line(size, mine) for size, mine in _by_size(rows).items()))


def _watched_line(size: Size, rows: Sequence[Slots]) -> list[str]:
    whole = [row.plan_gap for row in rows if row.plan_gap is not None]
    return [
        str(size),
        str(len(rows)),
        f"{rows[0].limit:g} s",
        percent(max(row.gap for row in rows)),
        share(sum(row.proven for row in rows), len(rows)),
        percent(median(whole)) if whole else "-",
        percent(max(whole)) if whole else "-",
        _GOALS.get(str(size), ""),
        f"{max(row.memory_mib for row in rows)} MiB",
        str(sum(row.short for row in rows)),
        str(sum(row.greedy_short for row in rows)),
    ]


SIZES = Family("sizes", "Larger centers", Slots, _jobs, _report)
