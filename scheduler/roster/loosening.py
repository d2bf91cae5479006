"""A good roster made better: let go of some people on some days, and choose anew.

Each part is a small shape of its own, searched to its proof or to its time; parts grow while
that is easy and shrink while it is not. It proves nothing about the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduler.effort import Effort, Watch
from scheduler.roster.branching import Branching
from scheduler.roster.covering import Book, Covering
from scheduler.roster.part import Part, cut, part_of, pasted, piece
from scheduler.roster.shape import Roster, Shape
from scheduler.roster.tallies import TooRich
from scheduler.state import State

_SECONDS = 5.0
"""What one part may take."""

_EASY = 0.25
"""Share of its time within which a part that is proven was easy."""

_LONGEST = 28
"""Days that are let go at a time at most."""


@dataclass(slots=True)
class Loose:
    """What changes from part to part: the roster, its cost, and how many people and days are
    let go at a time."""

    roster: Roster
    cost: int
    people: float
    days: float


def loosen(
    shape: Shape, loose: Loose, effort: Effort, watch: Watch, dice: np.random.Generator
) -> None:
    """One part, chosen by chance, made as good as it can be."""
    part = _part(shape, loose, dice)
    began = watch.clock()
    proven = _choose_anew(shape, loose, part, effort, watch)
    easy = proven and watch.clock() - began < _EASY * _SECONDS
    factor = 1.2 if easy else 1.0 if proven else 0.85
    loose.people = min(float(len(shape.people)), max(2.0, loose.people * factor))
    loose.days = min(float(_LONGEST), max(7.0, loose.days * factor))


def _part(shape: Shape, loose: Loose, dice: np.random.Generator) -> Part:
    people, days = len(shape.people), shape.days
    count = min(people, round(loose.people))
    span = min(days, round(loose.days))
    first = int(dice.integers(-(span // 2), days - span // 2))
    chosen = dice.choice(people, count, replace=False).tolist()
    return part_of(shape, chosen, max(0, first), min(days, first + span))


def _choose_anew(shape: Shape, loose: Loose, part: Part, effort: Effort, watch: Watch) -> bool:
    """Search a part; true if its best is proven."""
    try:
        program = Covering(Book(piece(shape, loose.roster, part)))
    except TooRich:
        return False
    left = watch.seconds_left()
    seconds = _SECONDS if left is None else min(_SECONDS, left)
    aside = Watch(watch.clock, watch.clock() + seconds, watch.stop, lambda *_: None)
    start = program.held(cut(loose.roster, part))
    state = State.at(program, start, replace(effort, seconds=seconds), aside)
    before = state.cost
    Branching(state, program).run()
    loose.roster = pasted(loose.roster, part, program.roster(state.best))
    loose.cost += state.cost - before
    return state.bound >= state.cost
