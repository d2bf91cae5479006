"""The wall of machines in real browsers."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import percent, seconds
from benchmarks.records import Records
from benchmarks.rows import Wall
from benchmarks.scale import Scale
from benchmarks.tables import goal, table

P99 = 1.5
"""Seconds from a machine's event until its tile is painted."""
SHARE = 0.10
"""Of a core, for the server."""
_HEADINGS = ("Page", "machines", "in browsers", "other readers",
             "alarm to screen, median", "p99", "not shown",
             "value to screen, median", "p99", "server's share of a core", "memory")  # fmt: skip
_PAGES = {"staff": "staff's screen", "display": "display"}


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """`seeds` stands for the number of repetitions here."""
    pages, readers = scale.wall_viewers
    return [
        Job(
            "wall",
            {
                "page": page,
                "machines": scale.wall_machines,
                "pages": pages,
                "readers": readers,
                "seconds": 4 * scale.stream if scale.stream < 10 else scale.stream,
            },
            patience=scale.stream + 600,
        )
        for _ in range(seeds or 1)
        for page in _PAGES
    ]


def _report(records: Records) -> str:
    rows: Sequence[Wall] = records.rows
    if not rows:
        return "No results.\n"
    return table(_HEADINGS, (_line(row) for row in rows))


def _line(row: Wall) -> list[str]:
    start = [_PAGES[row.page], str(row.machines), str(row.pages), str(row.readers)]
    if row.note:
        return [*start, row.note, *[""] * 6]
    used = row.cpu / row.seconds
    return [
        *start,
        seconds(row.alarm_median),
        goal(seconds(row.alarm_p99), P99, row.alarm_p99, seconds),
        str(row.lost),
        seconds(row.value_median),
        seconds(row.value_p99),
        goal(percent(used), SHARE, used, percent),
        f"{row.memory_mib:.0f} MiB",
    ]


WALL = Family("wall", "The wall in real browsers", Wall, _jobs, _report)
