"""Staggered begins: what they cost to find, and what they bring on the floor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.choreography_rows import Choreographed, Floor
from benchmarks.family import Family, Job
from benchmarks.figures import median, number, p95, percentile, seconds, share
from benchmarks.records import Records
from benchmarks.scale import Scale
from benchmarks.tables import table

_RUNS = 20


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    size = scale.center
    return [
        Job(
            "choreography",
            {
                "machines": size.machines,
                "patients": size.patients,
                "seed": seed,
                "limit": scale.limit,
                "workers": scale.workers,
                "runs": _RUNS,
            },
            patience=10 * scale.limit + 120,
        )
        for seed in range(1, (seeds or scale.seeds) + 1)
    ]


def _report(records: Records) -> str:
    rows: Sequence[Choreographed] = records.rows
    if not rows:
        return "No results.\n"
    first = rows[0]
    head = (
        f"{first.machines} machines, {first.patients} patients, {len(rows)} seeds; each day played"
        f" {_RUNS} times with random durations.\n\n"
    )
    return head + _search(rows) + "\n" + _floor(rows)


def _search(rows: Sequence[Choreographed]) -> str:
    times = [row.seconds for row in rows]
    scenes, left = sum(row.scenes for row in rows), sum(row.open for row in rows)
    lines = [
        ["seconds for a week, median", seconds(median(times))],
        ["the same, p95", seconds(p95(times))],
        ["parts proven optimal", share(scenes - left, scenes)],
        ["weeks in which nothing is too close", share(sum(row.smooth for row in rows), len(rows))],
        ["minutes too close, of all weeks", str(sum(row.crowded for row in rows))],
        ["the same, proven least", str(sum(row.crowded_bound for row in rows))],
        ["later begin, minutes a session", number(_later(rows), 1)],
    ]
    return table(("Search", "found"), lines)


def _later(rows: Sequence[Choreographed]) -> float:
    return sum(row.waited for row in rows) / sum(row.sessions for row in rows)


def _floor(rows: Sequence[Choreographed]) -> str:
    figures: tuple[tuple[str, Callable[[list[Floor]], str]], ...] = (
        ("played: most at once, median of nurses and days", lambda f: _peak(f, 0.5)),
        ("the same, p95", lambda f: _peak(f, 0.95)),
        ("the same, worst", lambda f: _peak(f, 1.0)),
        ("minutes that a task waits for hands, median", lambda f: _wait(f, 5)),
        ("the same, 90th percentile", lambda f: _wait(f, 9)),
        ("minutes from the door to the needle", lambda f: _mean(f, lambda one: one.seat_minutes)),
        ("minutes over the day's end", lambda f: _mean(f, lambda one: one.overtime_minutes)),
    )
    at_once, staggered = (
        list(floors) for floors in zip(*(row.floors for row in rows), strict=True)
    )
    lines = [["by the plan: most tasks of a nurse at once", *_planned(rows)]]
    lines += [[name, of(at_once), of(staggered)] for name, of in figures]
    return table(("On the floor", "all at once", "staggered"), lines)


def _planned(rows: Sequence[Choreographed]) -> list[str]:
    return [str(max(row.peak_at_once for row in rows)), str(max(row.peak for row in rows))]


def _peak(floors: list[Floor], part: float) -> str:
    every = [peak for one in floors for peak, count in enumerate(one.peaks) for _ in range(count)]
    return str(percentile(every, part))


def _wait(floors: list[Floor], tenth: int) -> str:
    """The median over weeks of a tenth of each."""
    return number(median(one.waits[tenth] for one in floors), 1)


def _mean(floors: list[Floor], of: Callable[[Floor], float]) -> str:
    return number(sum(map(of, floors)) / len(floors), 1)


CHOREOGRAPHY = Family(
    "choreography", "Staggered begins on the floor", Choreographed, _jobs, _report
)
