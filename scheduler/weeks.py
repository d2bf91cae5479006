"""All weeks that one patient could have: the walks through the turns that the rules allow.

A week is a set of berths, a berth being one turn in one zone. Days are walked first, since
gap and rest rules speak of days only; the berths of the days then multiply out as arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from domain.calendar import DAY, Turn, days_from
from domain.need import treated_elsewhere_between
from scheduler.model import PROMISES, CountCharge, Model
from scheduler.program import Ints


@dataclass(frozen=True, slots=True)
class Berth:
    """One turn in one zone, and the stations there that the patient may use, as bits."""

    turn: Turn
    zone: str
    seats: int


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks of one patient from one Monday. Row 0 is the unplaced week.

    `choice[i]` indexes `berths`, padded with -1 (shape: weeks x most sessions); `cost[i]` has
    one column for each of the tiers; `days[i]` are the first and last session day as days
    from Monday, -1 for the unplaced week.
    """

    patient: str
    monday: date
    berths: tuple[Berth, ...]
    choice: NDArray[np.int16]
    cost: Ints
    days: NDArray[np.int8]


def weeks_of(
    model: Model, patient: str, monday: date, zones: Sequence[tuple[str, int]], tiers: Sequence[int]
) -> Weeks:
    """Enumerate. `zones` are codes with their stations as bits; `tiers` the cost columns."""
    berths = _berths(model, patient, monday, zones)
    pricing = _Pricing(model, patient, monday, berths, tiers)
    choices: list[NDArray[np.int16]] = [np.empty((1, 0), np.int16)]
    costs = [pricing.of((), choices[0])]
    days = [np.full((1, 2), -1, np.int8)]
    for walk, grid in _walks(model, patient, monday, berths):
        choices.append(grid)
        costs.append(pricing.of(walk, grid))
        ends = np.array([[(walk[0] - monday).days, (walk[-1] - monday).days]], np.int8)
        days.append(np.repeat(ends, len(grid), axis=0))
    return Weeks(
        patient,
        monday,
        berths,
        _stacked(choices),
        np.concatenate(costs),
        np.concatenate(days),
    )


def _berths(
    model: Model, patient: str, monday: date, zones: Sequence[tuple[str, int]]
) -> tuple[Berth, ...]:
    found = []
    for day in days_from(monday, 7):
        for turn in model.problem.turns_on(day):
            seats = model.allowed(patient, turn)
            for zone, stations in zones:
                if seats & stations:
                    found.append(Berth(turn, zone, seats & stations))
    return tuple(found)


def _walks(
    model: Model, patient: str, monday: date, berths: tuple[Berth, ...]
) -> Iterator[tuple[tuple[date, ...], NDArray[np.int16]]]:
    """Every legal sequence of session days with all its choices of berths."""
    zones = sorted({berth.zone for berth in berths})
    for zone in zones if model.one_zone else (None,):
        by_day: dict[date, NDArray[np.int16]] = {}
        for day in days_from(monday, 7):
            there = [
                index
                for index, berth in enumerate(berths)
                if berth.turn.day == day and zone in (None, berth.zone)
            ]
            if there:
                by_day[day] = np.array(there, np.int16)
        for walk in _day_walks(model, patient, monday, tuple(by_day)):
            grid = _products([by_day[day] for day in walk])
            if len(set(walk)) < len(walk):
                grid = _ascending(grid, walk, berths)
            if len(grid):
                yield walk, grid


def _products(options: list[NDArray[np.int16]]) -> NDArray[np.int16]:
    picked = _picks(tuple(map(len, options)))
    return np.stack([option[at] for option, at in zip(options, picked, strict=True)], axis=1)


@lru_cache(maxsize=1024)
def _picks(sizes: tuple[int, ...]) -> NDArray[np.int64]:
    """Every way to pick one out of each of so many, the last one changing fastest."""
    return np.indices(sizes).reshape(len(sizes), -1)


def _stacked(choices: list[NDArray[np.int16]]) -> NDArray[np.int16]:
    """All choices below each other, padded with -1 to the most sessions."""
    width = max(grid.shape[1] for grid in choices)
    stacked = np.full((sum(map(len, choices)), width), -1, np.int16)
    begin = 0
    for grid in choices:
        stacked[begin : begin + len(grid), : grid.shape[1]] = grid
        begin += len(grid)
    return stacked


def _ascending(
    grid: NDArray[np.int16], walk: tuple[date, ...], berths: tuple[Berth, ...]
) -> NDArray[np.int16]:
    """Only choices whose turns on one day are different and in order."""
    start = {turn: i for i, turn in enumerate(dict.fromkeys(berth.turn for berth in berths))}
    order = np.array([start[berth.turn] for berth in berths])
    for k in range(len(walk) - 1):
        if walk[k] == walk[k + 1]:
            grid = grid[order[grid[:, k]] < order[grid[:, k + 1]]]
    return grid


def _day_walks(
    model: Model, patient: str, monday: date, days: tuple[date, ...]
) -> Iterator[tuple[date, ...]]:
    """Sequences of session days in which every step, and both week borders, are legal."""
    steps = _Steps(model, patient, monday)
    most_on_a_day = len(model.problem.shift)
    counts = model.counts.get((patient, monday), range(1, 7 * most_on_a_day + 1))

    def onward(walk: tuple[date, ...]) -> Iterator[tuple[date, ...]]:
        if walk and len(walk) in counts and steps.may_end(walk[-1]):
            yield walk
        if len(walk) + 1 >= counts.stop:
            return
        for day in days:
            if not walk and steps.may_begin(day):
                yield from onward((day,))
            elif walk and day >= walk[-1] and walk.count(day) < most_on_a_day:
                further = onward((*walk, day)) if steps.may_follow(walk[-1], day) else ()
                yield from further

    return onward(())


@dataclass(frozen=True, slots=True)
class _Steps:
    """Which session days may follow each other, history and the week after included."""

    model: Model
    patient: str
    monday: date

    def may_follow(self, first: date, then: date) -> bool:
        """A stay elsewhere in between makes every step legal."""
        return may_follow(self.model, self.patient, first, then)

    def may_begin(self, day: date) -> bool:
        history = self.model.problem.history.get(self.patient)
        if not history or self.monday != self.model.problem.first_day:
            return True
        return self.may_follow(history[-1].day, day)

    def may_end(self, day: date) -> bool:
        problem = self.model.problem
        if self.monday != problem.mondays[-1]:
            return True
        if treated_elsewhere_between(problem, self.patient, day, problem.end_day + DAY):
            return True
        after = [then for then in days_from(problem.end_day, 7) if problem.is_open_day(then)]
        return not after or all(
            any(legal(day, then) for then in after)
            for legal in self.model.follow_ups.get(self.patient, ())
        )


def may_follow(model: Model, patient: str, first: date, then: date) -> bool:
    """May a session on the second day be the next after one on the first?"""
    if treated_elsewhere_between(model.problem, patient, first, then):
        return True
    return all(legal(first, then) for legal in model.follow_ups.get(patient, ()))


class _Pricing:
    """What a patient's weeks cost, tier by tier, for whole arrays of choices."""

    def __init__(
        self,
        model: Model,
        patient: str,
        monday: date,
        berths: tuple[Berth, ...],
        tiers: Sequence[int],
    ) -> None:
        self._column = {tier: index for index, tier in enumerate(tiers)}
        self._days = model.day_charges.get(patient, [])
        self._missing = model.missing_charges.get((patient, monday), [])
        self._unit = np.zeros((len(berths), len(tiers)), np.int64)
        for tier in tiers:
            if (patient, tier) in model.turn_charges:
                prices = model.turn_charges[patient, tier]
                self._unit[:, self._column[tier]] = [prices.get(b.turn, 0) for b in berths]
        shifts = sorted({berth.turn.shift for berth in berths})
        self._shift = np.array([shifts.index(berth.turn.shift) for berth in berths], np.int64)
        self._shifts = [(self._column[t], w) for t, w in model.shift_charges.get(patient, ())]
        counted = list(model.count_charges.get((patient, monday), ()))
        counted.extend(_promise_charge(model, patient, monday))
        self._counted = [
            (self._column[c.tier], _marks(berths, c), np.array(c.costs, np.int64)) for c in counted
        ]

    def of(self, walk: tuple[date, ...], grid: NDArray[np.int16]) -> Ints:
        """Costs of choices that share the session days; shape: choices x tiers."""
        total: Ints = self._unit[grid].sum(axis=1)
        for column, marks, costs in self._counted:
            sessions = marks[grid].sum(axis=1)
            total[:, column] += costs[np.minimum(sessions, len(costs) - 1)]
        for column, weight in self._shifts if len(walk) > 1 else ():
            total[:, column] += weight * (self._distinct_shifts(grid) - 1)
        for charge in self._days if walk else ():
            total[:, self._column[charge.tier]] += charge.cost(walk) * charge.weight
        for tier, table in self._missing:
            total[:, self._column[tier]] += table[len(walk)] if len(walk) < len(table) else 0
        return total

    def _distinct_shifts(self, grid: NDArray[np.int16]) -> Ints:
        used = np.sort(self._shift[grid], axis=1)
        distinct: Ints = 1 + (np.diff(used, axis=1) > 0).sum(axis=1)
        return distinct


def _marks(berths: tuple[Berth, ...], charge: CountCharge) -> Ints:
    return np.array([berth.turn in charge.turns for berth in berths], np.int64)


def _promise_charge(model: Model, patient: str, monday: date) -> Iterator[CountCharge]:
    """Every promise of the week that is not kept costs one in the first of all tiers."""
    week = frozenset(days_from(monday, 7))
    for turn in model.promises.get(patient, ()):
        if turn.day in week:
            yield CountCharge(PROMISES, frozenset({turn}), (1, 0))
