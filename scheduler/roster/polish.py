"""A good roster made better cell by cell: let go of some people on some days, and choose anew.

As in `loosening`, with small cell models in place of personal rosters, and with a preference for
days on which somebody is missing or too many: where personal rosters are many, this is what gets
near the best.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.roster.cells import Cells, solve_cells
from scheduler.roster.judge import Judgment, judge
from scheduler.roster.part import Part, cut, part_of, pasted, piece
from scheduler.roster.shape import Roster, Shape

_AT_FIRST = 1_500
"""Cells, counted for every kind, that are let go at first."""

_SECONDS, _MOST_SECONDS, _MORE = 1.0, 10.0, 1.4
"""What one part may take; more after some rounds that came to nothing."""

_IDLE = 15
"""So many rounds."""

_EASY = 0.3
"""Share of its time within which a part that is proven was easy."""

_GROW, _SHRINK = 1.15, 0.9

_FOCUS = 0.6
"""Share of the parts that are laid around a day on which covers cost much."""


@dataclass(slots=True)
class Polish:
    """State over time: how much is let go at a time, in each of three ways."""

    shape: Shape
    dice: np.random.Generator
    sizes: list[float] = field(default_factory=list)
    seconds: float = _SECONDS
    idle: int = 0

    @staticmethod
    def of(shape: Shape, seed: int) -> Polish:
        """At the beginning."""
        cells = _AT_FIRST / len(shape.kinds)
        return Polish(shape, np.random.default_rng(seed), [cells] * len(_WAYS))

    def round(self, roster: Roster, seconds: float, stop: SolveInterrupter) -> Roster:
        """The roster, or one that is legal and costs no more."""
        way = int(self.dice.integers(len(_WAYS)))
        before = judge(self.shape, roster)
        part = self._part(way, before)
        inside = piece(self.shape, roster, part)
        cells = Cells.of(inside)
        cells.hint(cut(roster, part))
        began = monotonic()
        limit = min(self.seconds, seconds)
        answer = solve_cells(cells, limit, int(self.dice.integers(1 << 30)), 1, stop)
        spent = monotonic() - began
        if answer.roster is None:
            self._learn(way, proven=False, easy=False, better=False)
            return roster
        after = pasted(roster, part, answer.roster)
        judged = judge(self.shape, after)
        proven = judge(inside, answer.roster).cost <= answer.bound
        fine = judged.legal and judged.cost <= before.cost
        self._learn(way, proven, spent < _EASY * limit, fine and judged.cost < before.cost)
        return after if fine else roster

    def _learn(self, way: int, proven: bool, easy: bool, better: bool) -> None:
        if not proven:
            self.sizes[way] *= _SHRINK
        elif easy:
            self.sizes[way] = min(self.sizes[way] * _GROW, len(self.shape.people) * self.shape.days)
        self.idle = 0 if better else self.idle + 1
        if self.idle >= _IDLE:
            self.seconds = min(_MOST_SECONDS, self.seconds * _MORE)
            self.idle = 0

    def _part(self, way: int, judgment: Judgment) -> Part:
        people, days = len(self.shape.people), self.shape.days
        count, span = _WAYS[way](self.sizes[way], people, days, float(self.dice.random()))
        count, span = min(people, max(2, round(count))), min(days, max(2, round(span)))
        first = 0 if span == days else self._first(span, judgment)
        chosen = self.dice.choice(people, count, replace=False).tolist()
        return part_of(self.shape, chosen, max(0, first), min(days, first + span))

    def _first(self, span: int, judgment: Judgment) -> int:
        days = self.shape.days
        if self.dice.random() >= _FOCUS:
            return int(self.dice.integers(-(span // 2), days - span // 2))
        weight = np.ones(days)
        for gap in judgment.gaps:
            weight[gap.cover.day] += gap.cost
        day = int(self.dice.choice(days, p=weight / weight.sum()))
        return day - int(self.dice.integers(span))


def _some_people(size: float, _people: int, days: int, _: float) -> tuple[float, float]:
    return size / days, days


def _some_days(size: float, people: int, _days: int, _: float) -> tuple[float, float]:
    return people, size / people


def _some_of_both(size: float, _people: int, days: int, whim: float) -> tuple[float, float]:
    span = max(3.0, (0.4 + 0.6 * whim) * days)
    return size / span, span


_WAYS = (_some_people, _some_days, _some_of_both)
