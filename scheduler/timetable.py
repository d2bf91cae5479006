"""Who comes when: the choice of one week for every patient, as a sparse integer program.

Stations are not decided here. Columns are whole weeks (`weeks`), so that gaps, rest, work and
all personal costs are inside a column; rows are only what patients share. All numbers are
integers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from domain.calendar import Turn
from scheduler.capacity_rows import CapacityRow, capacity_rows
from scheduler.model import PROMISES, Model
from scheduler.program import Columns, Ints
from scheduler.weeks import Berth, Weeks, may_follow, weeks_of


@dataclass(frozen=True, slots=True)
class Timetable:
    """Minimize the cost, tier by tier: one column for each group, within shared rows.

    `weeks[g]` are the columns of group g, one patient's weeks from one Monday; the column
    number of its first is `first[g]`. `tier_cost` has a line for each column and one more for
    each overflow, a column for each of `tiers`. `columns.cost` is left at 0 for `staged`.
    """

    weeks: tuple[Weeks, ...]
    first: Ints
    tiers: tuple[int, ...]
    tier_cost: Ints
    columns: Columns
    limit: Ints
    overflow_row: Ints
    overflow_most: Ints

    def entries(self, column: int) -> tuple[tuple[int, int], ...]:
        """The rows that a column uses, each with how much."""
        at = slice(self.columns.start[column], self.columns.start[column + 1])
        rows, values = self.columns.row[at], self.columns.value[at]
        return tuple(zip(rows.tolist(), values.tolist(), strict=True))

    def berths(self, column: int) -> tuple[str, tuple[Berth, ...]]:
        """The patient and the berths of a column."""
        group = int(np.searchsorted(self.first, column, side="right")) - 1
        weeks = self.weeks[group]
        picked = weeks.choice[column - int(self.first[group])]
        return weeks.patient, tuple(weeks.berths[i] for i in picked if i >= 0)


def build_timetable(model: Model) -> Timetable:
    """All columns and rows of the model's horizon."""
    problem = model.problem
    zones = tuple((code, model.mask(there)) for code, there in problem.zone_stations.items())
    tiers = tiers_of(model)
    weeks = tuple(
        weeks_of(model, patient, monday, zones, tiers)
        for patient in sorted(problem.patient)
        for monday in problem.mondays
    )
    return timetable_of(model, weeks)


def timetable_of(
    model: Model, weeks: tuple[Weeks, ...], tiers: tuple[int, ...] | None = None
) -> Timetable:
    """These columns and the rows that they share: all of the model's weeks, or some of them.
    `tiers` are those that the weeks' costs speak of, if they are not just the model's own."""
    rows = _Rows(model, tiers_of(model) if tiers is None else tiers)
    rows.share_capacity(weeks)
    rows.share_excess(crowd=len({one.patient for one in weeks}))
    rows.share_company()
    rows.share_borders()
    return rows.assemble(weeks)


def tiers_of(model: Model) -> tuple[int, ...]:
    """The tiers that the timetable can cost something in, first to last."""
    found = {tier for _, tier in model.turn_charges}
    found |= {c.tier for charges in model.count_charges.values() for c in charges}
    found |= {c.tier for charges in model.day_charges.values() for c in charges}
    found |= {tier for charges in model.shift_charges.values() for tier, _ in charges}
    found |= {tier for charges in model.missing_charges.values() for tier, _ in charges}
    found |= {c.tier for c in model.excesses} | {c.tier for c in model.together}
    return tuple(sorted(found | ({PROMISES} if any(model.promises.values()) else set())))


def seat_rows(model: Model, groups: tuple[Weeks, ...]) -> Iterator[CapacityRow]:
    """The first rows of these weeks' timetable, in order: what its zones can hold."""
    seats: defaultdict[tuple[str, Turn], list[int]] = defaultdict(list)
    for weeks in groups:
        for berth in weeks.berths:
            seats[berth.zone, berth.turn].append(berth.seats)
    for (zone, turn), sets in seats.items():
        yield from capacity_rows(model, zone, turn, sets)


class _Rows:
    """Rows as they are found, then the matrix."""

    def __init__(self, model: Model, tiers: tuple[int, ...]) -> None:
        self._model = model
        self._tiers = tiers
        self._limit: list[int] = []
        self._overflow: list[tuple[int, tuple[int, ...], int]] = []
        self._by_seats: defaultdict[tuple[str, Turn], list[tuple[int, int]]] = defaultdict(list)
        self._by_berth: defaultdict[tuple[str, Turn], list[int]] = defaultdict(list)
        self._by_turn: defaultdict[tuple[str, Turn], list[tuple[int, int]]] = defaultdict(list)
        self._by_first_day: defaultdict[tuple[str, date], list[tuple[int, int]]]
        self._by_first_day = defaultdict(list)
        self._by_last_day: defaultdict[tuple[str, date], list[tuple[int, int]]]
        self._by_last_day = defaultdict(list)

    def _new(self, limit: int) -> int:
        self._limit.append(limit)
        return len(self._limit) - 1

    def _pay(self, row: int, tier: int, weight: int, most: int) -> None:
        """Let the row be exceeded by up to `most` units, each at a price."""
        cost = tuple(weight if tier == one else 0 for one in self._tiers)
        self._overflow.append((row, cost, most))

    def share_capacity(self, groups: tuple[Weeks, ...]) -> None:
        """No more patients depend on a set of stations than it can hold."""
        for row in seat_rows(self._model, groups):
            self._by_seats[row.zone, row.turn].append((row.seats, self._new(row.limit)))

    def share_excess(self, crowd: int) -> None:
        """Crowds above what is free, of so many patients in all."""
        for excess in self._model.excesses:
            row, most = self._new(excess.free), crowd
            if self._model.one_per_station:
                most = min(crowd, len(self._model.problem.zone_stations[excess.zone]))
            self._pay(row, excess.tier, excess.weight, most * len(excess.turns))
            for turn in excess.turns:
                self._by_berth[excess.zone, turn].append(row)

    def share_company(self) -> None:
        """Two patients, one without the other."""
        for pair in self._model.together:
            for turn in self._model.problem.turns:
                for here, apart in ((pair.first, pair.second), (pair.second, pair.first)):
                    row = self._new(0)
                    self._by_turn[here, turn].append((row, 1))
                    self._by_turn[apart, turn].append((row, -1))
                    self._pay(row, pair.tier, pair.weight, 1)

    def share_borders(self) -> None:
        """Inside the horizon the last day of a week and the first of the next must be legal."""
        problem = self._model.problem
        for patient in sorted(problem.patient):
            for monday, following in pairwise(problem.mondays):
                for last in (monday + timedelta(days=k) for k in range(7)):
                    begins = [following + timedelta(days=k) for k in range(7)]
                    bad = [d for d in begins if not may_follow(self._model, patient, last, d)]
                    if bad:
                        row = self._new(1)
                        self._by_last_day[patient, last].append((row, 1))
                        for day in bad:
                            self._by_first_day[patient, day].append((row, 1))

    # --- matrix -----------------------------------------------------------------------------

    def assemble(self, weeks: tuple[Weeks, ...]) -> Timetable:
        """Put everything into one matrix."""
        entries = [self._entries(one) for one in weeks]
        sizes = np.array([len(one.cost) for one in weeks], np.int64)
        nothing = np.zeros(1, np.int64)
        count = int(sizes.sum())
        width = (0, len(self._tiers))
        paid = [cost for _, cost, _ in self._overflow]
        extra = np.array(paid, np.int64).reshape(len(paid), len(self._tiers))
        return Timetable(
            weeks=weeks,
            first=np.concatenate([nothing, np.cumsum(sizes)]),
            tiers=self._tiers,
            tier_cost=np.concatenate([np.empty(width, np.int64), *(w.cost for w in weeks), extra]),
            columns=Columns(
                group=np.repeat(np.arange(len(weeks)), sizes),
                cost=np.zeros(count, np.int64),
                mark=np.arange(count),
                start=np.concatenate([nothing, *(one[0] for one in entries)]).cumsum(),
                row=np.concatenate([nothing[:0], *(one[1] for one in entries)]),
                value=np.concatenate([nothing[:0], *(one[2] for one in entries)]),
            ),
            limit=np.array(self._limit, np.int64),
            overflow_row=np.array([row for row, _, _ in self._overflow], np.int64),
            overflow_most=np.array([most for _, _, most in self._overflow], np.int64),
        )

    def _entries(self, weeks: Weeks) -> tuple[Ints, Ints, Ints]:
        """Per column the number of entries; then all entries' rows and values."""
        per_berth = [list(self._of_berth(weeks.patient, berth)) for berth in weeks.berths]
        rows, values = _table(per_berth)
        picked = np.where(weeks.choice >= 0, weeks.choice, len(per_berth))
        shape = (len(picked), picked.shape[1] * rows.shape[1])
        at, coefficients = rows[picked].reshape(shape), values[picked].reshape(shape)
        for column, by_day in ((0, self._by_first_day), (1, self._by_last_day)):
            days = (weeks.monday + timedelta(days=k) for k in range(7))
            ends, signs = _table([by_day.get((weeks.patient, day), []) for day in days])
            at = np.concatenate([at, ends[weeks.days[:, column]]], axis=1)
            coefficients = np.concatenate([coefficients, signs[weeks.days[:, column]]], axis=1)
        used = at >= 0
        return used.sum(axis=1), at[used], coefficients[used]

    def _of_berth(self, patient: str, berth: Berth) -> Iterator[tuple[int, int]]:
        for seats, row in self._by_seats.get((berth.zone, berth.turn), ()):
            if berth.seats | seats == seats:
                yield row, 1
        for row in self._by_berth.get((berth.zone, berth.turn), ()):
            yield row, 1
        yield from self._by_turn.get((patient, berth.turn), ())


def _table(entries: list[list[tuple[int, int]]]) -> tuple[Ints, Ints]:
    """Ragged (row, value) lists as two padded arrays, with an empty last line for padding."""
    width = max((len(one) for one in entries), default=0)
    rows = np.full((len(entries) + 1, width), -1, np.int64)
    values = np.zeros((len(entries) + 1, width), np.int64)
    for index, one in enumerate(entries):
        for place, (row, value) in enumerate(one):
            rows[index, place] = row
            values[index, place] = value
    return rows, values
