from __future__ import annotations

import numpy as np

from scheduler.effort import Watch
from scheduler.program import SCALE, Columns, cost_of
from scheduler.roster.covering import Book, Covering
from scheduler.roster.node import price
from scheduler.roster.rows import Cut, rows_of
from scheduler.roster.shape import Cover, Person, Run, Shape, Sum
from scheduler.roster.tree import split
from tests.scheduler.roster.shapes import DAY, KINDS, NIGHT, WORK, watch


def test_a_cover_is_short_by_one_row_and_runs_over_by_another() -> None:
    covers = (Cover(0, WORK, 2, 10, 3), Cover(0, WORK, 0, 10), Cover(1, WORK, -1, 10, 1))
    rows = rows_of(Shape(2, KINDS, (Person("A"), Person("B")), covers))
    assert rows.limit.tolist() == [-2, 2, -1]
    assert rows.overflow.price.tolist() == [10, 3, 1]
    assert rows.overflow.most.tolist() == [2, 2, 3]
    assert rows.signs.tolist() == [-1, 1, 1]


def test_a_sum_with_prices_is_rows_of_its_person_alone() -> None:
    limit = Sum(frozenset({NIGHT}), 600, 1200, minutes=True, under=2, over=3)
    rows = rows_of(Shape(3, KINDS, (Person("A", sums=(limit,)), Person("B"))))
    assert rows.limit.tolist() == [-600, 1200]
    assert rows.overflow.price.tolist() == [2, 3]
    assert rows.overflow.most.tolist() == [600, 1800]
    assert rows.covers == 0
    start, row, value = rows.of(np.array([0, 1]), np.array([[NIGHT, 0, DAY], [NIGHT, 0, 0]]))
    assert (start.tolist(), row.tolist(), value.tolist()) == ([0, 2, 2], [0, 1], [-600, 600])


def test_breaking_a_cut_costs_its_price() -> None:
    shape = Shape(2, KINDS, (Person("A"), Person("B")))
    most = Cut((0, 1), (NIGHT,), None, least=False, limit=1, price=50)
    least = Cut((0,), (DAY,), (1,), least=True, limit=1, price=70)
    program = Covering(Book(shape), (most, least))
    assert cost_of(program, program.held(((NIGHT, NIGHT), (0, 0)))) == 50 + 70
    assert cost_of(program, program.held(((NIGHT, 0), (DAY, NIGHT)))) == 50
    assert cost_of(program, program.held(((0, 0), (DAY, 0)))) == 0


def _half() -> tuple[Covering, Columns]:
    """Three people of whom each may work at most one of two days that need two each."""
    run = Run(WORK, most=1)
    people = tuple(Person(f"P{n}", runs=(run,)) for n in range(3))
    shape = Shape(2, KINDS[:2], people, tuple(Cover(d, frozenset({DAY}), 2, 10) for d in (0, 1)))
    program = Covering(Book(shape))
    return program, Columns.join([program.held(((0, 0),) * 3), program.opening()])


def test_a_branch_is_priced_to_the_bound_of_its_relaxation() -> None:
    program, columns = _half()
    priced = price(program, columns, np.zeros(len(program.limit), np.int64), 99, watch())
    assert priced.done
    assert priced.bound == 10
    assert priced.floor <= 10 * SCALE
    assert priced.shares.sum() == 3.0


def test_a_branch_that_is_dear_enough_is_left_early() -> None:
    program, columns = _half()
    priced = price(program, columns, np.zeros(len(program.limit), np.int64), 0, watch())
    assert (priced.done, priced.bound) == (False, 0)


def test_nothing_is_priced_once_time_is_over() -> None:
    program, columns = _half()
    over = Watch(lambda: 1.0, 0.0, watch().stop, lambda *_: None)
    priced = price(program, columns, np.zeros(len(program.limit), np.int64), 99, over)
    assert (priced.done, priced.bound) == (False, 0)


def test_a_fraction_is_split_by_two_cuts_of_which_every_roster_keeps_one() -> None:
    people = (Person("A"), Person("B"))
    book = Book(Shape(1, KINDS[:2], people, (Cover(0, frozenset({DAY}), 2, 10),)))
    program = Covering(book)
    columns = Columns.join([program.held(((0,), (0,))), program.held(((DAY,), (DAY,)))])
    priced = price(program, columns, np.zeros(len(program.limit), np.int64), 0, watch())
    half = type(priced)(0, priced.prices, columns, np.array([0.5, 1.0, 0.5, 0.0]), done=True)
    low, high = split(book, half, 99)
    assert (low.least, low.limit, high.least, high.limit) == (False, 1, True, 2)
    assert (low.days, low.kinds, low.people) == (high.days, high.kinds, high.people)
    whole = type(priced)(0, priced.prices, columns, np.array([1.0, 0.0, 0.0, 1.0]), done=True)
    assert split(book, whole, 99) == ()
