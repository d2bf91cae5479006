"""Rosters: the public instances against their best known costs, and a synthetic ward.

The instances are their authors' and not part of this project: whoever has them names their
folder in the environment variable `CLEARSHIFT_ROSTER_INSTANCES`, in which they are called
`Instance1.txt` and so on. Without it only the ward is measured.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.family import Family, Job
from benchmarks.figures import median, p95, percent, seconds, share
from benchmarks.peers.names import OURS
from benchmarks.records import Records
from benchmarks.roster_rows import HIGHS_FLOW, RosterRow
from benchmarks.scale import Scale
from benchmarks.tables import goal, table

FOLDER = "CLEARSHIFT_ROSTER_INSTANCES"

BEST_KNOWN = (607, 828, 1001, 1716, 1143, 1950, 1056, 1300, 439, 4631, 3443, 4040)
"""Of the instances 1 to 12, in order, as published for the benchmark by 2024."""

_SHORT, _LONG = 60.0, 600.0
"""Seconds an instance: the first six must be at their best known cost after the shorter time."""

_HARD = (5, 6, 7, 8, 9, 12)
"""Instances that take more than the shorter time to prove."""

_WARD, _WARD_SECONDS = 40, 3.0
"""Nurses of the ward, and the seconds within which its four weeks are to be proven."""


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """`seeds` is the number of wards."""
    full = scale.center.machines > 4
    return [*_wards(scale, seeds, full), *(_instances(scale) if full else ())]


def _wards(scale: Scale, seeds: int | None, full: bool) -> Iterator[Job]:
    nurses, weeks = (_WARD, 4) if full else (5, 1)
    for seed in range(1, (seeds or scale.seeds) + 1):
        for peer in (OURS, HIGHS_FLOW):
            yield _job(peer, "ward", "", (nurses, weeks, seed), scale.limit, scale.workers)


def _instances(scale: Scale) -> Iterator[Job]:
    folder = os.environ.get(FOLDER)
    for number in range(1, len(BEST_KNOWN) + 1) if folder else ():
        file = str(Path(folder or "") / f"Instance{number}.txt")
        for limit in (_SHORT, _LONG) if number in _HARD else (_SHORT,):
            for peer in (OURS, HIGHS_FLOW):
                yield _job(peer, str(number), file, (0, 0, 1), limit, scale.workers)


def _job(
    peer: str, name: str, file: str, size: tuple[int, int, int], limit: float, workers: int
) -> Job:
    nurses, weeks, seed = size
    arguments = {
        "peer": peer,
        "name": name,
        "file": file,
        "nurses": nurses,
        "weeks": weeks,
        "seed": seed,
        "limit": limit,
        "workers": workers,
    }
    return Job("roster", arguments, patience=2 * limit + 120)


def _report(records: Records) -> str:
    rows: Sequence[RosterRow] = records.rows
    wards = [row for row in rows if row.name == "ward"]
    public = [row for row in rows if row.name != "ward"]
    parts = [_ward_table(wards)] if wards else []
    if public:
        parts.append(f"The public instances, best known costs beside ours:\n\n{_table(public)}")
    return "\n".join(parts) or "No results.\n"


_WARD_HEADINGS = ("Ward", "seeds", "proven", "median", "p95", "cost over bound, worst")


def _ward_table(rows: Sequence[RosterRow]) -> str:
    return table(_WARD_HEADINGS, (
        _ward_line(peer, [row for row in rows if row.peer == peer])
        for peer in (OURS, HIGHS_FLOW) if any(row.peer == peer for row in rows)
    ))  # fmt: skip


def _ward_line(peer: str, rows: Sequence[RosterRow]) -> list[str]:
    times = [row.seconds for row in rows]
    worst = p95(times)
    gaps = [gap for row in rows if (gap := _gap(row)) is not None]
    return [
        f"{peer}, {rows[0].people} nurses, {rows[0].days} days",
        str(len(rows)),
        share(sum(row.proven for row in rows), len(rows)),
        seconds(median(times)),
        goal(seconds(worst), _WARD_SECONDS if peer == OURS else None, worst, seconds),
        percent(max(gaps)) if gaps else "-",
    ]


_HEADINGS = ("Instance", "best known", "who", "limit", "cost", "above best", "bound", "proven",
             "seconds", "legal")  # fmt: skip


def _table(rows: Sequence[RosterRow]) -> str:
    return table(_HEADINGS, (_line(row) for row in rows))


def _line(row: RosterRow) -> list[str]:
    best = BEST_KNOWN[int(row.name) - 1]
    above = "-" if row.cost is None else percent((row.cost - best) / best)
    return [
        row.name,
        str(best),
        row.peer,
        seconds(row.limit),
        "-" if row.cost is None else str(row.cost),
        above,
        "-" if row.bound is None else str(row.bound),
        "yes" if row.proven else "no",
        seconds(row.seconds),
        "yes" if row.legal else "no",
    ]


def _gap(row: RosterRow) -> float | None:
    if row.proven:
        return 0.0
    if row.cost is None or row.bound is None or not row.cost:
        return None
    return (row.cost - row.bound) / row.cost


ROSTER = Family("roster", "Nurse rosters", RosterRow, _jobs, _report)
