"""The search where the days are too many to be gone through at once: a first roster of rows that
are near what is due all the time, then part after part anew, and a bound from everybody's limits
without sums and weekends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduler.effort import Effort, Watch
from scheduler.program import Columns, units_up
from scheduler.roster.covering import Book, Covering
from scheduler.roster.judge import judge
from scheduler.roster.loosening import Loose, loosen
from scheduler.roster.node import price
from scheduler.roster.responses import start_of
from scheduler.roster.shape import Roster, Shape
from scheduler.roster.tallies import TooRich

_PEOPLE, _DAYS = 8.0, 21.0
"""How many people and days are let go at first."""

_BANDS = (10, 6, 3)
"""Duties that somebody may be behind or ahead at any time in the first roster: as many as there
are not too many tallies for."""

_BOUND_SHARE = 1 / 5
"""Share of the time that the bound may take."""


def search_long(shape: Shape, effort: Effort, watch: Watch) -> tuple[Roster, int]:
    """A roster and a bound. Raises `NoRoster` if no first one was found."""
    near = Covering(_near(shape))
    roster = near.roster(start_of(near, effort.seed, watch))
    loose = Loose(roster, judge(shape, roster).cost, _PEOPLE, _DAYS)
    watch.report(loose.cost, 0)
    bound = _bound(shape, loose, watch)
    dice = np.random.default_rng(effort.seed)
    while not watch.over and loose.cost > bound:
        before = loose.cost
        loosen(shape, loose, effort, watch, dice)
        if loose.cost < before:
            watch.report(loose.cost, bound)
    return loose.roster, bound


def _near(shape: Shape) -> Book:
    """Rows that are near what is due all the time. Raises `TooRich` if even these are too many."""
    for band in _BANDS[:-1]:
        try:
            return Book(shape, band)
        except TooRich:
            continue
    return Book(shape, _BANDS[-1])


def _bound(shape: Shape, loose: Loose, watch: Watch) -> int:
    """What no roster can cost less than, even if nobody's sums and weekends were limited."""
    people = (replace(person, sums=(), weekends=()) for person in shape.people)
    program = Covering(Book(replace(shape, people=tuple(people))))
    left = watch.seconds_left()
    deadline = None if left is None else watch.clock() + left * _BOUND_SHARE
    aside = Watch(watch.clock, deadline, watch.stop, lambda *_: None)
    columns = Columns.join([program.held(loose.roster), program.opening()])
    priced = price(program, columns, np.zeros(len(program.limit), np.int64), loose.cost, aside)
    return max(0, units_up(priced.floor))
