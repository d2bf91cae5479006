"""What prices prove of single cells, held against every roster there is; and the search among what
they leave."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from time import monotonic

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.effort import Watch
from scheduler.program import SCALE, Ints
from scheduler.roster.beside import Few
from scheduler.roster.covering import Book, Covering
from scheduler.roster.exchange import Exchange
from scheduler.roster.judge import judge
from scheduler.roster.lattice import OUT_OF_REACH, paths_under
from scheduler.roster.narrowing import Narrowing
from scheduler.roster.node import price
from scheduler.roster.responses import NoRoster, start_of
from scheduler.roster.shape import Cover, Person, Roster, Run, Shape
from scheduler.roster.through import cheapest_through
from tests.scheduler.roster.shapes import DAY, KINDS, NIGHT, WORK, best_cost, shapes

ROOF = np.full(1, OUT_OF_REACH)


def few_rosters(shape: Shape) -> bool:
    """True if all can be gone through in a moment."""
    return bool(shape.people) and shape.days * len(shape.people) * len(shape.kinds) <= 18


def every(shape: Shape) -> list[tuple[Roster, int]]:
    """All that are legal, with their costs."""
    rows = list(product(range(len(shape.kinds)), repeat=shape.days))
    judged = ((one, judge(shape, one)) for one in product(*([rows] * len(shape.people))))
    return [(one, judgment.cost) for one, judgment in judged if judgment.legal]


def watch() -> Watch:
    return Watch(monotonic, None, SolveInterrupter(), lambda *_: None)


def narrowing(shape: Shape) -> Narrowing | None:
    """By the prices of the relaxation; `None` if there is no roster."""
    program = Covering(Book(shape))
    try:
        start = start_of(program, 1, watch())
    except NoRoster:
        return None
    free = np.zeros(len(program.limit), np.int64)
    return Narrowing.of(program, price(program, start, free, 1 << 40, watch()))


def cells(roster: Roster) -> tuple[Ints, Ints, Ints]:
    kinds = np.array(roster, np.int64)
    people, days = np.indices(kinds.shape)
    return people.ravel(), days.ravel(), kinds.ravel()


@settings(max_examples=80, deadline=None)
@given(shape=shapes(most_people=1).filter(few_rosters), data=st.data())
def test_the_cheapest_through_a_cell_is_that_of_all_rows_with_it(
    shape: Shape, data: st.DataObject
) -> None:
    program = Covering(Book(shape))
    size = len(program.limit)
    drawn = data.draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    prices = np.array(drawn, np.int64) * SCALE
    ((_, swept),) = program.priced(prices).swept
    paths = paths_under(swept, ROOF, 1000)
    assert paths is not None
    found = cheapest_through(swept)[0]
    for day, kind in np.ndindex(*found.shape):
        mine = paths.cost[paths.kinds[:, day] == kind]
        assert min(found[day, kind], OUT_OF_REACH) == mine.min(initial=OUT_OF_REACH)


@settings(max_examples=60, deadline=None)
@given(shape=shapes().filter(few_rosters))
def test_no_roster_costs_less_than_is_proven_of_its_cells(shape: Shape) -> None:
    narrow = narrowing(shape)
    for roster, cost in every(shape):
        assert narrow is not None
        assert (narrow.least[cells(roster)] <= cost * SCALE).all()


@settings(max_examples=60, deadline=None)
@given(shape=shapes().filter(few_rosters), dearer=st.integers(-1, 6))
def test_all_that_cost_less_are_left_as_they_are(shape: Shape, dearer: int) -> None:
    narrow, least = narrowing(shape), best_cost(shape)
    if narrow is None or least is None:
        return
    under = narrow.under(least + dearer)
    for roster, cost in every(shape):
        if cost < least + dearer:
            assert judge(under, roster) == judge(shape, roster)


def week() -> Shape:
    """Two people for nine days, too few for what is due."""
    covers = (Cover(day, frozenset({kind}), 1, under=10, over=3)
              for day in range(9) for kind in (DAY, NIGHT))  # fmt: skip
    people = (Person(f"P{n}", runs=(Run(WORK, 2, 4), Run(frozenset({0}), 2))) for n in range(2))
    return Shape(9, KINDS, tuple(people), tuple(covers))


def test_the_search_among_few_cells_finds_the_best_and_proves_it() -> None:
    shape, told = week(), list[tuple[int, int]]()
    exchange = Exchange(shape, lambda cost, bound: told.append((cost, bound)))
    exchange.narrowing = narrowing(shape)
    exchange.offer(((0,) * 9,) * 2)
    few = Few(exchange, 1)
    few.search(judge(shape, ((0,) * 9,) * 2).cost, 60.0, SolveInterrupter())
    assert exchange.settled
    assert told[-1][0] == told[-1][1]
    best = exchange.cheaper_than(None)
    assert best is not None
    again = Exchange(shape, lambda *_: None)
    again.narrowing = exchange.narrowing
    again.offer(best)
    Few(again, 1).search(told[-1][0], 60.0, SolveInterrupter())  # nothing costs less
    assert again.settled


def test_its_turn_is_when_prices_leave_few_cells_and_not_at_once_again() -> None:
    shape = week()
    exchange = Exchange(shape, lambda *_: None)
    few = Few(exchange, 1)
    assert not few.due(100)  # no prices yet
    exchange.narrowing = narrowing(shape)
    assert exchange.narrowing is not None
    assert few.due(0)
    assert not few.due(1 << 20)
    shares = [exchange.narrowing.share(cost) for cost in range(0, 400, 10)]
    assert shares == sorted(shares)
    few.search(0, 0.1, SolveInterrupter())
    assert not few.due(0)
    assert replace(few, after=0.0).due(0)
