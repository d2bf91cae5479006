"""What is over cannot be planned any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from domain.calendar import Turn
from domain.draft import Move
from domain.plan import Assignment, Plan
from domain.problem import Problem


def is_over(problem: Problem, turn: Turn, now: datetime) -> bool:
    """True if the turn's window has ended; `now` is the center's local time.

    A turn that is under way is not over: a patient whose machine dies in it must be moved. Of a
    shift that the center no longer has only the day is known.
    """
    shift = problem.shift.get(turn.shift)
    if shift is None:
        return turn.day < now.date()
    return shift.interval(turn.day).end <= now.replace(tzinfo=None)


def over(problem: Problem, moves: Iterable[Move], now: datetime) -> tuple[Turn, ...]:
    """The turns that are over and that some moves would change, in order."""
    rows = [row for move in moves for row in (move.before, move.after) if row is not None]
    return _over(problem, rows, now)


def rewritten(problem: Problem, before: Plan, after: Plan, now: datetime) -> tuple[Turn, ...]:
    """The turns that are over and in which two plans differ, in order."""
    return _over(problem, set(before.assignments) ^ set(after.assignments), now)


def _over(problem: Problem, rows: Iterable[Assignment], now: datetime) -> tuple[Turn, ...]:
    return tuple(sorted({row.turn for row in rows if is_over(problem, row.turn, now)}))
