from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.program import SCALE
from scheduler.roster.covering import Book, Covering
from scheduler.roster.judge import judge
from scheduler.roster.lattice import OUT_OF_REACH
from scheduler.roster.limits import bare
from scheduler.roster.shape import Cover, Person, Run, Shape, Sum, Weekends
from scheduler.roster.tallies import TooRich, counting, tallies_of
from tests.scheduler.roster.shapes import DAY, KINDS, NIGHT, WORK, shapes

ROOF = np.full(1, OUT_OF_REACH)


def alone(shape: Shape) -> Shape:
    """The first person, with nothing to cover and no sums that are rows."""
    start = None if shape.start is None else shape.start[:1]
    return bare(replace(shape, people=shape.people[:1], covers=(), start=start))


def legal_rows(shape: Shape) -> dict[tuple[int, ...], int]:
    rows = product(range(len(shape.kinds)), repeat=shape.days)
    judged = {row: judge(shape, (row,)) for row in rows}
    return {row: judgment.cost for row, judgment in judged.items() if judgment.legal}


@settings(max_examples=120, deadline=None)
@given(shape=shapes().map(alone))
def test_the_paths_are_the_legal_rows_each_at_its_cost(shape: Shape) -> None:
    program = Covering(Book(shape))
    found = program.priced(np.zeros(0, np.int64)).all_under(ROOF, 1000)
    assert found is not None
    rows = map(tuple, program.book.kinds(found.mark).tolist())
    assert dict(zip(rows, found.cost.tolist(), strict=True)) == legal_rows(shape)


@settings(max_examples=80, deadline=None)
@given(shape=shapes(most_people=1), data=st.data())
def test_at_any_prices_the_cheapest_row_is_found(shape: Shape, data: st.DataObject) -> None:
    program = Covering(Book(shape))
    size = len(program.limit)
    prices = np.array(data.draw(st.lists(st.integers(0, 9), min_size=size, max_size=size)))
    priced = program.priced(prices.astype(np.int64) * SCALE)
    found = priced.under(ROOF, 3)
    every = priced.all_under(ROOF, 1000)
    assert every is not None
    if len(every):
        least = every.reduced(prices.astype(np.int64) * SCALE).min()
        assert priced.cheapest.tolist() == [least]
        assert found.reduced(prices.astype(np.int64) * SCALE).min() == least
    else:
        assert priced.cheapest[0] >= OUT_OF_REACH
        assert len(found) == 0


def test_more_rows_than_the_cap_are_not_listed() -> None:
    program = Covering(Book(Shape(3, KINDS, (Person("A"),))))
    priced = program.priced(np.zeros(0, np.int64))
    assert priced.all_under(ROOF, 26) is None
    assert len(priced.all_under(ROOF, 27) or ()) == 27


def test_a_choice_keeps_its_cost_in_the_rows_of_another_program() -> None:
    shape = Shape(2, KINDS, (Person("A"),), (Cover(0, WORK, 1, 5),))
    program = Covering(Book(shape))
    held = program.held(((DAY, NIGHT),))
    again = Covering(program.book).again(held)
    assert program.roster(again) == ((DAY, NIGHT),)
    assert (again.cost.tolist(), again.row.tolist(), again.value.tolist()) == ([0], [0], [-1])


def test_limits_that_cannot_bind_are_not_tallied() -> None:
    shape = Shape(5, KINDS, (), weekends=(frozenset({3, 4}),))
    free = (Sum(WORK, most=5), Sum(WORK, least=0), Sum(WORK, most=2400 * 2, minutes=True))
    assert counting(shape, free, (Weekends(WORK, 1),)).sums == ()
    assert counting(shape, free, (Weekends(WORK, 1),)).weekends == ()
    binding = Sum(WORK, most=4)
    assert counting(shape, (binding,), (Weekends(WORK, 0),)).sums == (binding,)


def test_too_many_tallies_are_refused_before_they_are_made() -> None:
    limits = tuple(Sum(frozenset({kind}), most=20) for kind in (DAY, NIGHT))
    shape = Shape(28, KINDS, ())
    with pytest.raises(TooRich):
        tallies_of(shape, counting(shape, limits, ()), most=100)


def test_within_a_band_nobody_is_far_from_what_is_due() -> None:
    limits = (Sum(WORK, 14, 14),)
    shape = Shape(28, KINDS, (), weekends=())
    wide = tallies_of(shape, counting(shape, limits, ()), most=100)
    narrow = tallies_of(shape, counting(shape, limits, ()), most=100, band=1)
    assert max(wide.sizes) == 15
    assert max(narrow.sizes) <= 4
    assert narrow.sizes[-1] == wide.sizes[-1] == 1


def test_a_run_and_a_sum_leave_exactly_what_both_allow() -> None:
    person = Person("A", sums=(Sum(WORK, 2, 2),), runs=(Run(WORK, 2, 2),), past=(0,))
    shape = Shape(3, (KINDS[0], KINDS[1]), (replace(person, sums=(Sum(frozenset({1}), 2, 2),)),))
    assert set(legal_rows(shape)) == {(1, 1, 0), (0, 1, 1)}
