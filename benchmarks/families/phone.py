"""A patient's page on a phone with a slow line."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import seconds
from benchmarks.records import Records
from benchmarks.rows import PhonePage
from benchmarks.scale import Scale
from benchmarks.tables import goal, table

BYTES, PAINT = 10_000, 1.0
"""Of the first view, and seconds until it is there."""
_HEADINGS = ("Language", "bytes over the line", "painted", "worst")


def _jobs(_scale: Scale, seeds: int | None) -> Sequence[Job]:
    """`seeds` stands for the number of visits here."""
    return [
        Job("phone", {"language": language, "repeats": seeds or 10}, patience=300)
        for language in ("en-GB", "zh-CN")
    ]


def _report(records: Records) -> str:
    rows: Sequence[PhonePage] = records.rows
    return table(_HEADINGS, map(_line, rows)) if rows else "No results.\n"


def _line(row: PhonePage) -> list[str]:
    if row.note:
        return [row.language, row.note, "", ""]
    return [
        row.language,
        goal(str(row.size), BYTES, row.size, lambda most: f"{most:.0f}"),
        goal(seconds(row.paint), PAINT, row.paint, seconds),
        seconds(row.paint_worst),
    ]


PHONE = Family("phone", "A patient's page on a slow line", PhonePage, _jobs, _report)
