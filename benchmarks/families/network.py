"""A group of centers, planned side by side on one machine."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import median, seconds, share
from benchmarks.records import Records
from benchmarks.rows import Network
from benchmarks.scale import Scale
from benchmarks.tables import goal, table


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    arguments = {
        "machines": scale.center.machines,
        "patients": scale.center.patients,
        "centers": seeds or scale.centers,
        "processes": scale.workers,
        "limit": scale.limit,
    }
    return [Job("network", arguments, patience=scale.limit * scale.centers + 120)]


def _report(records: Records) -> str:
    headings = ("Group", "wall time", "slots proven", "stations proven", "legal",
                "short of sessions", "a center, median", "a center, worst",
                "memory of a process")  # fmt: skip
    rows: Sequence[Network] = records.rows
    return table(headings, (_line(row) for row in rows))


def _line(row: Network) -> list[str]:
    return [
        f"{row.centers} centers, {row.processes} processes",
        goal(seconds(row.wall), 60, row.wall, seconds),
        share(row.slots_proven, row.centers),
        share(row.seats_proven, row.centers),
        share(row.legal, row.centers),
        str(row.short),
        seconds(median(row.each)),
        seconds(max(row.each)),
        f"{row.memory_mib} MiB",
    ]


NETWORK = Family("network", "A group of centers", Network, _jobs, _report)
