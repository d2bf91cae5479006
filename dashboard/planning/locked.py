"""The promises of some weeks as a list, and which sessions of a plan could be promised. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.past import is_over
from domain.plan import Assignment, Lock, Plan
from domain.problem import Problem


@dataclass(frozen=True, slots=True)
class LockRow:
    """A promise in the weeks; `over` if its turn cannot be changed any more."""

    lock: Lock
    name: str
    over: bool


def lock_rows(problem: Problem, now: datetime) -> tuple[LockRow, ...]:
    """The promises in the problem's weeks, by time."""
    names = {one.code: one.name for one in problem.register.patients}
    inside = (lock for locks in problem.locks.values() for lock in locks)
    known = sorted(inside, key=lambda lock: (lock.day, _start(problem, lock), lock.patient))
    return tuple(
        LockRow(
            lock,
            names.get(lock.patient, lock.patient),
            is_over(problem, lock.turn, now),
        )
        for lock in known
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which sessions are meant; nothing chosen of a kind means all of that kind."""

    patients: frozenset[str] = frozenset()
    turns: frozenset[tuple[str, str]] = frozenset()
    zones: frozenset[str] = frozenset()


def promisable(
    problem: Problem, plan: Plan, chosen: Chosen, now: datetime
) -> tuple[Assignment, ...]:
    """The plan's sessions that are meant, still ahead, and not promised yet."""
    held: Collection[tuple[object, ...]] = {
        (lock.patient, lock.day, lock.shift) for locks in problem.locks.values() for lock in locks
    }
    return tuple(
        row
        for row in plan.assignments
        if _meant(problem, row, chosen)
        and (row.patient, row.day, row.shift) not in held
        and row.patient in problem.patient
        and not is_over(problem, row.turn, now)
    )


def as_locks(rows: Iterable[Assignment], *, stations: bool) -> tuple[Lock, ...]:
    """Promises of sessions, with their stations or of any station."""
    return tuple(
        Lock(row.patient, row.day, row.shift, row.station if stations else None) for row in rows
    )


def _meant(problem: Problem, row: Assignment, chosen: Chosen) -> bool:
    return (
        (not chosen.patients or row.patient in chosen.patients)
        and (not chosen.turns or (row.day.isoformat(), row.shift) in chosen.turns)
        and (not chosen.zones or problem.station[row.station].zone in chosen.zones)
    )


def _start(problem: Problem, lock: Lock) -> object:
    shift = problem.shift.get(lock.shift)
    return (shift is None, str(shift.start) if shift else lock.shift)
