"""Why not? Questions at random: is each answered in time, and does each answer hold?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import median, p95, seconds
from benchmarks.records import Records
from benchmarks.scale import Scale
from benchmarks.tables import goal, table
from benchmarks.why_not_rows import WhyNotAsks

ASKS = 50
ANSWER, EXPLANATION = 3.0, 1.0
"""Seconds at most, each time."""


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """A tenth of the questions on a tiny scale."""
    size = scale.center
    asks = ASKS if size.machines > 8 else ASKS // 10
    return [
        Job(
            "why_not",
            {
                "machines": size.machines,
                "patients": size.patients,
                "seed": seed,
                "limit": scale.limit,
                "asks": asks,
                "overfull": overfull,
            },
            patience=10 * scale.limit + 60 * asks,
        )
        for overfull in (False, True)
        for seed in range(1, (seeds or min(scale.seeds, 5)) + 1)
    ]


def _report(records: Records) -> str:
    rows: Sequence[WhyNotAsks] = records.rows
    parts = [[row for row in rows if row.overfull is full] for full in (False, True)]
    return "\n".join(_part(part) for part in parts if part) or "No results.\n"


def _part(rows: Sequence[WhyNotAsks]) -> str:
    first = rows[0]
    kind = "5 % more sessions wanted than slots" if first.overfull else "97 % full"
    asks = sum(len(row.answered) for row in rows)
    told = sum((Counter(row.told) for row in rows), Counter())
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(told.items()))
    wrong, rough = sum(row.wrong for row in rows), sum(row.rough for row in rows)
    return (
        f"{first.machines} machines, {first.patients} patients, {kind}, seeds: {len(rows)}. "
        f"{asks} asks: {kinds}.\n\n{_times(rows)}\n"
        f"Answers that did not hold: {wrong} of {asks}. "
        f"Blocks not shown to be smallest: {rough}.\n"
    )


def _times(rows: Sequence[WhyNotAsks]) -> str:
    lines = []
    for name, values, most in (
        ("what blocks it", [one for row in rows for one in row.explained], EXPLANATION),
        ("the whole answer", [one for row in rows for one in row.answered], ANSWER),
    ):
        if values:
            worst = goal(seconds(max(values)), most, max(values), seconds)
            lines.append([name, seconds(median(values)), seconds(p95(values)), worst])
    return table(("Time until it is known", "median", "p95", "worst"), lines)


WHY_NOT = Family("why_not", "Why not?", WhyNotAsks, _jobs, _report)
