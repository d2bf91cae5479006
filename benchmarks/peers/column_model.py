"""The timetable's own program, every column listed: what our search solves, for a solver."""

from __future__ import annotations

import numpy as np

from benchmarks.measure.judged import sessions_of
from benchmarks.peers.linear import Floats, Linear
from scheduler.program import Ints
from scheduler.timetable import Timetable


def column_model(timetable: Timetable) -> Linear:
    """One binary for each week of each patient, and one integer for each row's excess."""
    columns, groups = timetable.columns, len(timetable.weeks)
    count, extra = len(columns), np.arange(len(timetable.overflow_row))
    everyone, everything = np.ones(groups), np.arange(count)
    row = [columns.group, columns.row + groups, timetable.overflow_row + groups]
    at = [everything, np.repeat(everything, np.diff(columns.start)), count + extra]
    value = [np.ones(count, np.int64), columns.value, -np.ones(len(extra), np.int64)]
    rows, ats, values = _once(np.concatenate(row), np.concatenate(at), np.concatenate(value))
    return Linear(
        tier_cost=timetable.tier_cost,
        upper=np.concatenate([np.ones(count), timetable.overflow_most]).astype(float),
        whole=np.ones(count + len(extra), np.bool_),
        least=np.concatenate([everyone, np.full(len(timetable.limit), -np.inf)]),
        most=np.concatenate([everyone, timetable.limit.astype(float)]),
        row=rows,
        at=ats,
        value=values,
        sessions=lambda ones: sessions_of(timetable, ones[ones < count]),
    )


def column_start(timetable: Timetable, chosen: Ints) -> Floats:
    """Chosen columns as a complete solution."""
    count = len(timetable.columns)
    values = np.zeros(count + len(timetable.overflow_row))
    values[chosen] = 1.0
    used = timetable.columns.take(np.sort(chosen)).usage(len(timetable.limit))
    over = used - timetable.limit
    values[count:] = np.maximum(0, over[timetable.overflow_row])
    return values


def _once(row: Ints, at: Ints, value: Ints) -> tuple[Ints, Ints, Ints]:
    """Entries of one variable in one row added up."""
    order = np.lexsort((at, row))
    row, at, value = row[order], at[order], value[order]
    fresh = np.concatenate([[True], (np.diff(row) != 0) | (np.diff(at) != 0)])
    return row[fresh], at[fresh], np.add.reduceat(value, np.flatnonzero(fresh))
