from __future__ import annotations

from itertools import count

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.effort import Effort, Watch
from scheduler.roster.judge import judge
from scheduler.roster.long_search import search_long
from scheduler.roster.loosening import Loose, loosen
from scheduler.roster.shape import OFF, Cover, Person, Run, Shape, Sum, Weekends
from scheduler.roster.solve import Solved
from tests.scheduler.roster.shapes import DAY, KINDS, NIGHT, WORK, solved, watch

PERSON = Person(
    "A",
    sums=(Sum(WORK, 10 * 480, 16 * 480, minutes=True),),
    runs=(Run(WORK, 2, 5), Run(frozenset({OFF}), 2)),
    weekends=(Weekends(WORK, 3),),
)
SHAPE = Shape(
    28,
    KINDS,
    (PERSON,) * 4,
    tuple(Cover(day, frozenset({kind}), 1, 10, 1) for day in range(28) for kind in (DAY, NIGHT)),
    frozenset({(NIGHT, DAY)}),
    tuple(frozenset({a, a + 1}) for a in range(5, 28, 7)),
)
BRIEF = Effort(seconds=None, deterministic=True)


def ticking(ticks: int) -> Watch:
    """A clock that is over after it was looked at so often."""
    clock = count()
    return Watch(lambda: float(next(clock)), float(ticks), SolveInterrupter(), lambda *_: None)


def test_a_part_that_is_chosen_anew_makes_the_roster_no_worse_and_keeps_it_legal() -> None:
    found = solved(SHAPE, Effort(seconds=0.0))
    assert isinstance(found, Solved)
    before = judge(SHAPE, found.roster).cost
    loose = Loose(found.roster, before, people=2.0, days=14.0)
    dice = np.random.default_rng(1)
    for _ in range(4):
        loosen(SHAPE, loose, BRIEF, watch(), dice)
    judgment = judge(SHAPE, loose.roster)
    assert judgment.legal
    assert judgment.cost == loose.cost <= before


def test_too_many_days_for_one_sweep_still_have_a_roster_and_a_bound() -> None:
    roster, bound = search_long(SHAPE, BRIEF, ticking(1500))
    judgment = judge(SHAPE, roster)
    assert judgment.legal
    assert 0 <= bound <= judgment.cost


def test_a_year_is_searched_the_long_way() -> None:
    yearly = Person(
        "A",
        sums=(Sum(WORK, 100_000, 104_000, minutes=True),),
        runs=PERSON.runs,
        weekends=(Weekends(WORK, 26),),
    )
    shape = Shape(
        364,
        KINDS,
        (yearly, yearly),
        tuple(Cover(day, WORK, 1, 10, 1) for day in range(364)),
        SHAPE.barred,
        tuple(frozenset({a, a + 1}) for a in range(5, 364, 7)),
    )
    found = solved(shape, Effort(seconds=4.0, workers=1))
    assert isinstance(found, Solved)
    assert judge(shape, found.roster).legal
    assert found.bound <= found.cost == judge(shape, found.roster).cost
