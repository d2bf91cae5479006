"""Many serial lines in one gateway."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import percent
from benchmarks.records import Records
from benchmarks.rows import Polled
from benchmarks.scale import Scale
from benchmarks.tables import goal, table


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """`seeds` stands for the number of repetitions here."""
    arguments = {"lines": scale.lines, "baud": 9600, "seconds": scale.stream}
    job = Job("lines", arguments, patience=scale.stream + 180)
    return [job] * (seeds or scale.stream_seeds)


def _report(records: Records) -> str:
    rows: Sequence[Polled] = records.rows
    if not rows:
        return "No results.\n"
    headings = ("Lines", "replies stored a second", "missed", "of a core", "memory at its peak")
    return table(headings, (_line(row) for row in rows))


def _line(row: Polled) -> list[str]:
    used = row.cpu / row.seconds
    return [
        f"{row.lines} at {row.baud} baud",
        f"{row.good / row.seconds:.1f}",
        str(row.missed),
        goal(percent(used), 0.08, used, percent),
        f"{row.peak_mib:.0f} MiB",
    ]


LINES = Family("lines", "Serial lines", Polled, _jobs, _report)
