"""The week board in a real browser."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import seconds
from benchmarks.records import Records
from benchmarks.rows import WeekBoard
from benchmarks.scale import Scale
from benchmarks.tables import goal, table

PAINT, MOVE = 2.0, 0.5
"""Seconds, of the center that was promised."""
_HEADINGS = ("Center", "sessions", "first paint, warm", "worst", "verdict of a place",
             "a move", "worst")  # fmt: skip


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """`seeds` stands for the number of visits and of moves here."""
    return [
        Job(
            "week",
            {"machines": size.machines, "patients": size.patients, "repeats": seeds or 5},
            patience=1200,
        )
        for size in scale.weeks
    ]


def _report(records: Records) -> str:
    rows: Sequence[WeekBoard] = records.rows
    if not rows:
        return "No results.\n"
    return table(_HEADINGS, (_line(row, row is rows[0]) for row in rows))


def _line(row: WeekBoard, promised: bool) -> list[str]:
    start = [f"{row.machines}/{row.patients}", str(row.sessions)]
    if row.note:
        return [*start, row.note, *[""] * 4]
    paint, move = seconds(row.paint), seconds(row.move)
    if promised:
        paint, move = goal(paint, PAINT, row.paint, seconds), goal(move, MOVE, row.move, seconds)
    return [
        *start, paint, seconds(row.paint_worst), seconds(row.verdict), move,
        seconds(row.move_worst),
    ]  # fmt: skip


WEEK = Family("week", "The week board in a real browser", WeekBoard, _jobs, _report)
