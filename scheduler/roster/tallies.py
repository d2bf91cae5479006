"""What a person's sums and weekends come to, day after day: every tally there can be, in layers.

A tally is one number for each sum and two for each limit of weekends. Layer d holds the tallies
before day d; moves lead from layer to layer, each with what it costs where a limit of weekends
has a price. Sums with a price are no tallies: they are rows (`rows`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd, prod

import numpy as np

from scheduler.program import SCALE, Bools, Ints
from scheduler.roster.shape import Shape, Sum, Weekends

_WEEKEND_BAND = 3
"""Weekends around what is due that are told apart within a band, at most."""


class TooRich(Exception):
    """There are more tallies than anybody could go through."""


@dataclass(frozen=True, slots=True)
class Moves:
    """From the layer of a day to the next under one effect: `source[after, j]` are the tallies
    that lead to a tally, filled up with the layer's size; `cost` beside it, `None` if all 0."""

    source: Ints
    cost: Ints | None


@dataclass(frozen=True, slots=True)
class Tallies:
    """`effect[kind]` groups kinds that count alike; `moves[day][effect]`; `sizes` of the layers,
    one more than days. Costs are in `SCALE`."""

    effect: Ints
    moves: tuple[tuple[Moves, ...], ...]
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counting:
    """What is tallied of a person: limits that are none are left out."""

    sums: tuple[Sum, ...]
    weekends: tuple[Weekends, ...]


def counting(shape: Shape, sums: Sequence[Sum], weekends: Sequence[Weekends]) -> Counting:
    """The limits that can bind."""
    return Counting(
        tuple(one for one in sums if _can_bind(shape, one)),
        tuple(
            one
            for one in weekends
            if one.kinds and one.most < len(shape.weekends) and one.over != 0
        ),
    )


def _can_bind(shape: Shape, limit: Sum) -> bool:
    days = shape.days if limit.days is None else len(limit.days)
    most = days * max((_counts(shape, limit, kind) for kind in limit.kinds), default=0)
    return (limit.least or 0) > 0 or (limit.most is not None and limit.most < most)


def _counts(shape: Shape, limit: Sum, kind: int) -> int:
    if kind not in limit.kinds:
        return 0
    return shape.kinds[kind].minutes if limit.minutes else 1


@dataclass(frozen=True, slots=True)
class _SumRule:
    """A hard sum in units: what each kind counts, limits, and the days that count."""

    counts: tuple[int, ...]
    unit: int
    limit: Sum
    last: int
    days: frozenset[int]
    band: int | None

    def step(self, day: int, values: Ints, kind: int) -> tuple[Ints, Bools]:
        """Values after the day, and which may be."""
        if day > self.last:
            return values, np.ones(len(values), np.bool_)
        grown = values + self.counts[kind] if day in self.days else values
        fine = self._may_be(grown, day)
        if self.limit.most is None:
            grown = np.minimum(grown, -(-(self.limit.least or 0) // self.unit))
        return np.zeros_like(grown) if day == self.last else grown, fine

    def _may_be(self, grown: Ints, day: int) -> Bools:
        """What exceeds the limits, or cannot reach them any more, may not."""
        fine = np.ones(len(grown), np.bool_)
        if self.limit.most is not None:
            fine &= grown * self.unit <= self.limit.most
        if self.limit.least is not None:
            left = sum(1 for one in self.days if one > day) * max(self.counts)
            fine &= (grown + left) * self.unit >= self.limit.least
        if self.band is not None:
            fine &= self._in_band(grown, day)
        return fine

    def _in_band(self, grown: Ints, day: int) -> Bools:
        """Near the limits in proportion to the days that have passed."""
        slack = (self.band or 0) * max(self.counts) * self.unit
        passed, total = sum(1 for one in self.days if one <= day), len(self.days)
        low, high = self.limit.least or 0, self.limit.most
        amount = grown * self.unit
        fine: Bools = amount >= low * passed // total - slack
        return fine if high is None else fine & (amount <= -(-high * passed // total) + slack)


def _sum_rule(shape: Shape, limit: Sum, band: int | None) -> _SumRule:
    counts = [_counts(shape, limit, kind) for kind in range(len(shape.kinds))]
    unit = reduce(gcd, counts) or 1
    days = frozenset(range(shape.days)) if limit.days is None else limit.days
    last = max(days, default=-1)
    return _SumRule(tuple(c // unit for c in counts), unit, limit, last, days, band)


@dataclass(frozen=True, slots=True)
class _WeekendRule:
    """Weekends worked so far, and whether this one is among them already."""

    limit: Weekends
    weekends: tuple[frozenset[int], ...]
    band: int | None

    def step(self, day: int, values: Ints, kind: int) -> tuple[Ints, Ints, Bools]:
        """Counts and marks after the day, cost, and which may be."""
        count, mark = values[:, 0], values[:, 1]
        now = next((days for days in self.weekends if day in days), None)
        if now is None:
            return values, np.zeros_like(count), np.ones(len(values), np.bool_)
        worked = (mark == 0) if kind in self.limit.kinds else np.zeros(len(values), np.bool_)
        surplus = worked & (count >= self.limit.most)
        marked = np.where(worked, 1, mark) if day < max(now) else np.zeros_like(mark)
        after = np.column_stack([np.minimum(count + worked, self.limit.most), marked])
        if self.limit.over is None:
            after[:, 0], near = self._banded(after[:, 0], day)
            return after, np.zeros_like(count), ~surplus & near
        return after, surplus * self.limit.over, np.ones(len(values), np.bool_)

    def _banded(self, count: Ints, day: int) -> tuple[Ints, Bools]:
        """Counts near what is due: fewer weekends are taken for more, more may not be."""
        if self.band is None:
            return count, np.ones(len(count), np.bool_)
        passed, total = sum(1 for days in self.weekends if min(days) <= day), len(self.weekends)
        due, slack = self.limit.most * passed // total, min(self.band, _WEEKEND_BAND)
        return np.maximum(count, due - slack), count <= due + 1 + slack


@dataclass(frozen=True, slots=True)
class _Rules:
    """All that is counted, column by column of the layers."""

    sums: tuple[_SumRule, ...]
    weekends: tuple[_WeekendRule, ...]

    def step(self, day: int, layer: Ints, kind: int) -> tuple[Ints, Ints, Bools]:
        """The layer's tallies after a day of the kind, costs, and which may be."""
        after, cost = np.empty_like(layer), np.zeros(len(layer), np.int64)
        fine = np.ones(len(layer), np.bool_)
        for at, rule in enumerate(self.sums):
            after[:, at], may = rule.step(day, layer[:, at], kind)
            fine &= may
        for at, weekend in enumerate(self.weekends):
            columns = slice(len(self.sums) + 2 * at, len(self.sums) + 2 * at + 2)
            after[:, columns], more, may = weekend.step(day, layer[:, columns], kind)
            cost, fine = cost + more, fine & may
        return after, cost, fine


def tallies_of(shape: Shape, counted: Counting, most: int, band: int | None = None) -> Tallies:
    """Every tally there can be; with a `band` only those that many duties or weekends around
    what is due by then. Raises `TooRich` if a layer has more than `most`."""
    rules = _Rules(
        tuple(_sum_rule(shape, one, band) for one in counted.sums),
        tuple(_WeekendRule(one, shape.weekends, band) for one in counted.weekends),
    )
    effect, kinds = _effects(rules, len(shape.kinds))
    layer = np.zeros((1, len(rules.sums) + 2 * len(rules.weekends)), np.int64)
    moves, sizes = [], [1]
    for day in range(shape.days):
        steps = [rules.step(day, layer, kind) for kind in kinds]
        after, found = _layer(steps)
        moves.append(tuple(_moves(step, at, len(layer), len(after))
                           for step, at in zip(steps, found, strict=True)))  # fmt: skip
        layer = after
        sizes.append(len(layer))
        if len(layer) > most:
            raise TooRich
    return Tallies(effect, tuple(moves), tuple(sizes))


def _effects(rules: _Rules, kinds: int) -> tuple[Ints, list[int]]:
    """The effect of each kind, and a kind of each effect."""
    signs = [
        (
            tuple(rule.counts[kind] for rule in rules.sums),
            tuple(kind in rule.limit.kinds for rule in rules.weekends),
        )
        for kind in range(kinds)
    ]
    numbers = {sign: number for number, sign in enumerate(dict.fromkeys(signs))}
    return np.array([numbers[sign] for sign in signs]), [signs.index(sign) for sign in numbers]


def _layer(steps: Sequence[tuple[Ints, Ints, Bools]]) -> tuple[Ints, list[Ints]]:
    """The distinct tallies of all steps, and where each step's allowed ones are among them."""
    parts = [after[fine] for after, _, fine in steps]
    every = np.concatenate(parts)
    if not every.shape[1]:
        distinct, at = every[:1], np.zeros(len(every), np.int64)
    else:
        top = every.max(axis=0, initial=0) + 1
        if prod(top.tolist()) > 1 << 62:
            raise TooRich
        weights = np.cumprod(np.concatenate([[1], top[:-1]]))
        _, first, at = np.unique(every @ weights, return_index=True, return_inverse=True)
        distinct = every[first]
    return distinct, list(_split(at, [len(part) for part in parts]))


def _split(values: Ints, lengths: Sequence[int]) -> Iterator[Ints]:
    first = 0
    for length in lengths:
        yield values[first : first + length]
        first += length


def _moves(step: tuple[Ints, Ints, Bools], at: Ints, size: int, after: int) -> Moves:
    """The step's moves by where they lead."""
    _, cost, fine = step
    source = np.flatnonzero(fine)
    order = np.argsort(at, kind="stable")
    source, at = source[order], at[order]
    rank = np.arange(len(at)) - np.searchsorted(at, at)
    width = int(rank.max(initial=-1)) + 1
    table = np.full((after, width), size, np.int64)
    table[at, rank] = source
    if not cost[source].any():
        return Moves(table, None)
    costs = np.zeros((after, width), np.int64)
    costs[at, rank] = SCALE * cost[source]
    return Moves(table, costs)
