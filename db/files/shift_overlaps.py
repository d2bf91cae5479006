"""Shifts that share hours: two sessions would need the same station at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import NamedTuple

from db.files.moments import WEEKDAY
from db.files.problems import FileProblem
from db.files.records import Record, Records
from domain.center import Shift
from domain.words import Label, words

_DAY = 24 * 60
_WEEK = 7 * _DAY


class _Hours(NamedTuple):
    start: int
    end: int
    record: Record
    weekday: int


def shift_overlaps(records: Records) -> Iterator[FileProblem]:
    """Each shift that begins, in minutes of the week, before another has ended; once a pair.

    Night shifts reach into the next day, those of Sunday into Monday.
    """
    hours = sorted(_week(records), key=lambda one: (one.start, one.record.line.number))
    again = [one._replace(start=one.start + _WEEK, end=one.end + _WEEK) for one in hours]
    told: set[tuple[int, int]] = set()
    longest: _Hours | None = None
    for one in [*hours, *again]:
        if longest is not None and one.start < longest.end:
            early, late = sorted((longest.record, one.record), key=lambda each: each.line.number)
            pair = (early.line.number, late.line.number)
            if pair not in told:
                told.add(pair)
                yield _overlap(records, early, late, one.weekday)
        if longest is None or one.end > longest.end:
            longest = one


def _week(records: Records) -> Iterator[_Hours]:
    for record in records.records:
        shift = record.row
        if isinstance(shift, Shift):
            for weekday in sorted(shift.weekdays):
                start = (weekday - 1) * _DAY + _minute(shift.start)
                length = (_minute(shift.end) - _minute(shift.start)) % _DAY or _DAY
                yield _Hours(start, start + length, record, weekday)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _overlap(records: Records, early: Record, late: Record, weekday: int) -> FileProblem:
    expected = words(
        "a start after the end of shift {shift} ({row}), which it overlaps on {weekday}",
        shift=early.values["code"],
        row=records.row_name(early),
        weekday=Label(WEEKDAY.show(weekday, "en"), WEEKDAY.show(weekday, "zh")),
    )
    return records.problem(late, "start", late.values["start"].isoformat("minutes"), expected)
