"""Searches side by side: what they tell each other, and parts of a roster chosen anew."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.effort import Effort
from scheduler.roster import solve as solve_module
from scheduler.roster.beside import search_beside
from scheduler.roster.exchange import Exchange
from scheduler.roster.judge import judge
from scheduler.roster.polish import Polish
from scheduler.roster.shape import Cover, Person, Roster, Run, Shape
from scheduler.roster.solve import Impossible, Solved
from tests.scheduler.roster.shapes import DAY, KINDS, NIGHT, WORK, best_cost, shapes, solved

PATIENCE = 20.0
SIDE_BY_SIDE = Effort(seconds=PATIENCE, workers=2)


def worst(shape: Shape) -> Roster | None:
    """A legal roster that costs as much as any; `None` if none is legal."""
    rows = list(product(range(len(shape.kinds)), repeat=shape.days))
    every = product(*([rows] * len(shape.people)))
    legal = [one for one in every if judge(shape, one).legal]
    return max(legal, key=lambda one: judge(shape, one).cost, default=None)


def narrow(shape: Shape) -> bool:
    """True if all its rosters can be gone through in a moment."""
    return (shape.days * len(shape.people)) * len(shape.kinds) <= 18


def wide() -> Shape:
    """Four people for a fortnight: too many rosters to try, and a best one that costs nothing."""
    covers = (Cover(day, frozenset({kind}), 1, under=100, over=1)
              for day in range(14) for kind in (DAY, NIGHT))  # fmt: skip
    people = tuple(Person(f"P{n}", runs=(Run(WORK, 2, 4),)) for n in range(4))
    return Shape(14, KINDS, people, tuple(covers))


@settings(max_examples=60, deadline=None)
@given(shape=shapes().filter(narrow), seed=st.integers(0, 99))
def test_a_round_never_costs_more_and_never_breaks_anything(shape: Shape, seed: int) -> None:
    roster = worst(shape)
    if roster is None or not shape.people:
        return
    after = Polish.of(shape, seed).round(roster, PATIENCE, SolveInterrupter())
    assert judge(shape, after).legal
    assert judge(shape, after).cost <= judge(shape, roster).cost


@settings(max_examples=25, deadline=None)
@given(shape=shapes().filter(narrow))
def test_round_by_round_it_gets_to_the_best_there_is(shape: Shape) -> None:
    roster, least = worst(shape), best_cost(shape)
    if roster is None or least is None or not shape.people:
        return
    exchange = Exchange(shape, lambda *_: None, least)
    exchange.offer(roster)
    search_beside(exchange, 1, PATIENCE, SolveInterrupter())
    assert exchange.settled


def test_it_ends_when_somebody_says_stop_and_when_time_is_over() -> None:
    exchange, stop = Exchange(wide(), lambda *_: None), SolveInterrupter()
    search_beside(exchange, 1, 0.05, stop)  # no roster is known yet: it waits, and goes
    assert exchange.cheaper_than(None) is None
    stop.interrupt()
    search_beside(exchange, 1, PATIENCE, stop)


def test_only_what_is_legal_and_cheaper_is_taken_and_told() -> None:
    told: list[tuple[int, int]] = []
    shape = Shape(2, KINDS, (Person("A", barred=frozenset({(0, NIGHT)})),),
                  (Cover(0, frozenset({DAY}), 1, under=10),))  # fmt: skip
    exchange = Exchange(shape, lambda cost, bound: told.append((cost, bound)), 3)
    exchange.offer(((0, 0),))
    exchange.offer(((NIGHT, 0),))
    exchange.offer(((0, DAY),))
    exchange.lift(2)
    exchange.lift(5)
    assert not exchange.settled
    exchange.offer(((DAY, 0),))
    assert told == [(10, 3), (10, 5), (0, 0)]
    assert exchange.settled
    assert exchange.cheaper_than(0) is None
    assert exchange.cheaper_than(1) == ((DAY, 0),)


@pytest.fixture
def no_head_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells find nothing before the two searches begin."""
    monkeypatch.setattr(solve_module, "_ahead", lambda _: 0.0)


@pytest.mark.usefixtures("no_head_start")
def test_side_by_side_they_find_what_trying_every_roster_finds() -> None:
    dice = np.random.default_rng(7)
    for _ in range(5):
        people = tuple(
            Person(f"P{n}", runs=(Run(WORK, 1, int(dice.integers(1, 3))),)) for n in range(2)
        )
        covers = tuple(Cover(day, frozenset({DAY}), int(dice.integers(3)), 10, 1)
                       for day in range(4))  # fmt: skip
        shape = Shape(4, KINDS, people, covers)
        found, least = solved(shape, SIDE_BY_SIDE), best_cost(shape)
        assert isinstance(found, Solved)
        assert found.cost == found.bound == least


@pytest.mark.usefixtures("no_head_start")
def test_side_by_side_who_has_no_roster_is_named() -> None:
    stuck = Person("B", barred=frozenset((0, kind) for kind in range(len(KINDS))))
    assert solved(Shape(3, KINDS, (Person("A"), stuck)), SIDE_BY_SIDE) == Impossible((1,))


@pytest.mark.usefixtures("no_head_start")
def test_side_by_side_a_fortnight_is_proven() -> None:
    found = solved(wide(), SIDE_BY_SIDE)
    assert isinstance(found, Solved)
    assert (found.cost, found.bound) == (0, 0)
