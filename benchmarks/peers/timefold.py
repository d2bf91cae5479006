"""Timefold as a peer: the timetable's tables out, the chosen columns back."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.peers.timefold_setup import run_command, why_not
from scheduler.program import Ints
from scheduler.timetable import Timetable

TIERS = 3


class NotRun(Exception):
    """Timefold cannot run here; the text says why."""


def timefold(timetable: Timetable, start: Ints | None, seconds: float, seed: int) -> Ints:
    """The columns chosen after so many seconds; `start` are columns to begin from.

    Raises NotRun if there is no Java or no Timefold, or if it fails.
    """
    reason = why_not()
    if reason is not None:
        raise NotRun(reason)
    with TemporaryDirectory() as folder:
        problem, plan = Path(folder) / "problem.txt", Path(folder) / "plan.txt"
        problem.write_text("\n".join(problem_lines(timetable, start)), encoding="utf-8")
        command = run_command(problem, plan, seconds, seed)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise NotRun(f"not run: java failed: {last}")
        return np.array(plan.read_text(encoding="utf-8").split(), np.int64)


def problem_lines(timetable: Timetable, start: Ints | None) -> Iterator[str]:
    """The file that `Timetable.java` reads: counts of patients' weeks, rows and tiers; limits;
    most excess; prices by row; then for each week its number of columns, the column to start
    from (-1: none), and its columns: number, pattern, costs by tier, number of rows used, and
    those with what is used.

    Raises ValueError for a timetable with other tiers or with several prices for one row.
    """
    rows = len(timetable.limit)
    if len(timetable.tiers) != TIERS:
        raise ValueError(f"{len(timetable.tiers)} tiers: the Java program has {TIERS}")
    if len(set(timetable.overflow_row.tolist())) < len(timetable.overflow_row):
        raise ValueError("a row with several prices")
    most = np.zeros(rows, np.int64)
    most[timetable.overflow_row] = timetable.overflow_most
    price = np.zeros((rows, TIERS), np.int64)
    price[timetable.overflow_row] = timetable.tier_cost[len(timetable.columns) :]
    yield _line(len(timetable.weeks), rows, TIERS)
    yield _line(*timetable.limit)
    yield _line(*most)
    yield from (_line(*one) for one in price)
    patterns: dict[tuple[tuple[str, object], ...], int] = {}
    for group in range(len(timetable.weeks)):
        first, last = int(timetable.first[group]), int(timetable.first[group + 1])
        yield _line(last - first, -1 if start is None else int(start[group]))
        for column in range(first, last):
            berths = timetable.berths(column)[1]
            key = tuple(sorted((one.zone, one.turn) for one in berths))
            number = patterns.setdefault(key, len(patterns))
            yield _line(column, number, *timetable.tier_cost[column], *_used(timetable, column))


def _used(timetable: Timetable, column: int) -> list[int]:
    columns = timetable.columns
    entries = slice(columns.start[column], columns.start[column + 1])
    pairs = np.stack([columns.row[entries], columns.value[entries]], axis=1)
    return [len(pairs), *pairs.ravel().tolist()]


def _line(*numbers: int | np.int64) -> str:
    return " ".join(str(int(number)) for number in numbers)
