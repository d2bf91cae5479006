"""Patients and nurses together: what it brings against one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import seconds
from benchmarks.records import Records
from benchmarks.scale import Scale
from benchmarks.tables import table
from benchmarks.together_rows import AFTER, TOGETHER, TogetherRow

_AWAY = 5
"""Nurses on leave: none to four."""
_SEARCH = 15.0
"""Seconds of each search; there are several in a loop."""
_HEADINGS = (
    "Nurses on leave", "way", "sessions planned", "missed", "planned without a nurse",
    "not held in all", "nurse duties missing", "first tier at least", "legal with the roster",
    "time",
)  # fmt: skip


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """`seeds` is how many steps of leave are measured."""
    full = scale.center.machines > 4
    sample, steps = ("shexian", _AWAY) if full else ("xiamao", 1)
    return [
        Job(
            "together",
            {
                "way": way,
                "sample": sample,
                "away": away,
                "limit": min(_SEARCH, scale.limit),
                "workers": scale.workers,
            },
            patience=900,
        )
        for away in range(min(steps, seeds or steps))
        for way in (AFTER, TOGETHER)
    ]


def _report(records: Records) -> str:
    rows: Sequence[TogetherRow] = records.rows
    if not rows:
        return "No results.\n"
    ordered = sorted(rows, key=lambda row: (row.sample, row.away, row.way))
    return f"Sample `{rows[0].sample}`.\n\n{table(_HEADINGS, map(_line, ordered))}"


def _line(row: TogetherRow) -> list[str]:
    return [
        str(row.away),
        row.way,
        str(row.sessions),
        str(row.missed),
        str(row.over),
        str(row.missed + row.over),
        str(row.nurses_missing),
        f"{row.shortage} of at least {row.least}",
        "yes" if row.legal else "no",
        seconds(row.seconds),
    ]


TOGETHER_FAMILY = Family("together", "Patients and nurses together", TogetherRow, _jobs, _report)
