"""What it would take: are the answers there in seconds, proven and as small as can be?"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import median, p95, seconds, share
from benchmarks.records import Records
from benchmarks.remedies_rows import Remedies
from benchmarks.scale import Scale
from benchmarks.tables import table

_SHARE = 40
"""One patient too many for each so many."""
_QUESTION = 20.0
"""Seconds for each single question."""


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    size = scale.center
    return [
        Job(
            "remedies",
            {
                "machines": size.machines,
                "patients": size.patients,
                "more": max(2, size.patients // _SHARE),
                "seed": seed,
                "limit": min(_QUESTION, scale.limit),
                "workers": scale.workers,
            },
            patience=900,
        )
        for seed in range(1, (seeds or scale.seeds) + 1)
    ]


def _report(records: Records) -> str:
    rows: Sequence[Remedies] = records.rows
    if not rows:
        return "No results.\n"
    first = rows[0]
    size = (
        f"{first.machines} machines, {first.patients} patients and {first.more} more, "
        f"{len(rows)} seeds.\n\n"
    )
    return size + _quality(rows) + "\n" + _kinds(rows)


def _quality(rows: Sequence[Remedies]) -> str:
    short = [row for row in rows if row.shortages]
    found = sum(len(row.found) for row in rows)
    lines = [
        ["all answers, median", seconds(median([row.seconds for row in rows]))],
        ["all answers, 95th percentile", seconds(p95([row.seconds for row in rows]))],
        ["all answers, worst", seconds(max(row.seconds for row in rows))],
        ["weeks that are short", share(len(short), len(rows))],
        ["of these, proven by counting seats alone", share(sum(r.counted for r in short),
                                                           len(short))],
        ["what is missing proven to be the least", share(sum(r.fewest for r in short),
                                                         len(short))],
        ["remedies with which the check seats everybody", share(sum(r.judged for r in rows),
                                                                found)],
        ["remedies proven to be the least of their kind", share(sum(r.least for r in rows),
                                                                found)],
    ]  # fmt: skip
    return table(("What", "found"), lines)


def _kinds(rows: Sequence[Remedies]) -> str:
    kinds = sorted({kind for row in rows for kind in (*row.found, *row.useless, *row.open)})
    lines = []
    for kind in kinds:
        hours = [
            minutes / 60
            for row in rows
            for name, minutes in zip(row.found, row.minutes, strict=True)
            if name == kind
        ]
        lines.append(
            [
                kind,
                str(len(hours)),
                f"{median(hours):.1f}" if hours else "",
                str(sum(kind in row.useless for row in rows)),
                str(sum(kind in row.open for row in rows)),
            ]
        )
    return table(
        ("Kind", "closes it", "nurse hours, median", "proven not enough", "not settled"), lines
    )


REMEDIES = Family("remedies", "What it would take", Remedies, _jobs, _report)
