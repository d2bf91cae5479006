"""Jobs, and whether a job leaves room for a standing week on the machine.

Written in minutes of a fortnight that repeats, because a big center tries many thousands of
jobs. The limits are the center's rule rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from random import Random

from db.sample.chains import Seat
from db.sample.shifts import WORKDAYS
from db.sample.spec import FIRST_MONDAY, CenterSpec
from domain.calendar import Parity
from domain.center import Center, Shift
from domain.patient import WorkShift
from domain.rulebook import STANDARD_ROWS, rule_row

_DAY = 24 * 60
_LATE = 22 * 60


class Job(StrEnum):
    """Sorts of working hours."""

    DAY = "day"
    EVENING = "evening"
    ROTATING = "rotating by fortnight"
    OVERNIGHT = "overnight"
    SEWING = "sewing upstairs"


JOB_SHARES = {Job.DAY: 0.58, Job.EVENING: 0.20, Job.ROTATING: 0.20, Job.OVERNIGHT: 0.02}

_EARLY = (("07:30", "13:30"), ("08:00", "14:00"), ("08:30", "14:00"), ("09:00", "15:00"))
_MID = (("08:00", "13:00"), ("09:00", "16:00"), ("10:00", "16:00"), *_EARLY)
_AFTER = (("14:00", "20:00"), ("15:00", "21:00"), ("16:00", "21:30"), ("17:00", "22:00"))
_GUARD = (("22:00", "04:00"), ("23:00", "05:00"))
_SEWING = (("07:30", "13:30"), ("13:30", "19:30"), ("08:00", "14:00"), ("14:00", "20:00"))
_FULL = ("08:00", "16:00")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the center says about time: shift windows, ways in and out, limits."""

    shifts: dict[str, tuple[int, int, bool]]
    arrive: int
    leave: int
    rest: int
    load: int


def frame_of(spec: CenterSpec, center: Center) -> Frame:
    """The frame for the week to be planned."""

    def limit(rule: str) -> int:
        own = rule_row(spec.rules, rule, FIRST_MONDAY).limit
        return own if own is not None else rule_row(STANDARD_ROWS, rule, FIRST_MONDAY).limit or 0

    return Frame(
        {shift.code: _window(shift) for shift in spec.shifts},
        center.arrive_before_minutes,
        center.leave_after_minutes,
        limit("night_rest"),
        limit("daily_load"),
    )


def _window(shift: Shift) -> tuple[int, int, bool]:
    start, end = _minutes(shift.start), _minutes(shift.end)
    end += _DAY if end <= start else 0
    return start, end - start - shift.turnover_minutes, shift.night or end > _LATE


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


@dataclass(frozen=True, slots=True)
class Habits:
    """What of a patient decides whether work and sessions go together."""

    minutes: int
    travel: int
    recovery: int


def fits(
    frame: Frame,
    habits: Habits,
    jobs: Sequence[WorkShift],
    odd: Sequence[Seat],
    even: Sequence[Seat],
) -> bool:
    """True if no session of the fortnight, nor of its repetition, speaks against the jobs:
    presence and hours do not touch, recovery and rest are kept, no day is too long."""
    blocks = _blocks(jobs)
    sessions = [(s.weekday - 1, s) for s in odd] + [(s.weekday + 6, s) for s in even]
    return all(_free(frame, habits, blocks, day, seat) for day, seat in sessions)


def _blocks(jobs: Sequence[WorkShift]) -> dict[int, list[tuple[int, int, WorkShift]]]:
    found: dict[int, list[tuple[int, int, WorkShift]]] = {}
    for job in jobs:
        start, end = _minutes(job.start), _minutes(job.end)
        end += _DAY if end <= start else 0
        for week, parity in enumerate((Parity.ODD, Parity.EVEN)):
            if job.parity.covers(parity):
                for weekday in job.weekdays:
                    found.setdefault(7 * week + weekday - 1, []).append((start, end, job))
    return found


def _free(
    frame: Frame,
    habits: Habits,
    blocks: dict[int, list[tuple[int, int, WorkShift]]],
    day: int,
    seat: Seat,
) -> bool:
    begin, _, late = frame.shifts[seat.shift]
    end = begin + habits.minutes
    ready = end + max(habits.recovery, frame.rest if late else 0)
    load = habits.minutes
    for near in (-1, 0, 1, 2):
        for start, finish, job in blocks.get((day + near) % 14, ()):
            offset, away = near * _DAY, job.transfer_minutes
            opens, closes = start + offset, finish + offset
            if opens - away < end + frame.leave and begin - frame.arrive < closes + away:
                return False
            if begin <= opens < ready:
                return False
            if near == 0:
                load += closes - opens + 2 * max(habits.travel, job.travel_minutes)
    return load <= frame.load


# --- which jobs there are -------------------------------------------------------------------


def offers(
    rng: Random, job: Job, patient: str, dialysis_days: frozenset[int]
) -> Iterator[tuple[WorkShift, ...]]:
    """Some jobs of the sort, in random order: all workdays, and only the days in between."""
    between = WORKDAYS - dialysis_days
    weeks = [frozenset({1, 2, 3, 4, 5}), WORKDAYS, between]
    rng.shuffle(weeks)
    travel = rng.choice((5, 10, 15, 20, 30)) if job is not Job.SEWING else 3
    changing = 15 if job is Job.SEWING else 0
    for weekdays in weeks:
        for rhythm in _hours(rng, job, full=weekdays == between):
            if weekdays:
                yield tuple(
                    WorkShift(
                        patient,
                        weekdays,
                        time.fromisoformat(start),
                        time.fromisoformat(end),
                        travel,
                        changing,
                        parity=parity,
                        workshop=job is Job.SEWING,
                    )
                    for parity, (start, end) in rhythm
                )


Rhythm = tuple[tuple[Parity, tuple[str, str]], ...]


def _hours(rng: Random, job: Job, *, full: bool) -> list[Rhythm]:
    if job is Job.ROTATING:
        pairs = [(rng.choice(_EARLY), rng.choice(_AFTER)), (rng.choice(_AFTER), rng.choice(_EARLY))]
        rng.shuffle(pairs)
        return [((Parity.ODD, odd), (Parity.EVEN, even)) for odd, even in pairs]
    hours = {
        Job.DAY: _MID,
        Job.EVENING: _AFTER,
        Job.OVERNIGHT: _GUARD,
        Job.SEWING: _SEWING,
    }[job]
    chosen = rng.sample(hours, min(3, len(hours)))
    if full and job in {Job.DAY, Job.SEWING}:
        chosen.insert(0, _FULL)
    return [((Parity.EVERY, one),) for one in chosen]
