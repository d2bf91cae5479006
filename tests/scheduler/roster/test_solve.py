from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from scheduler.roster.judge import judge
from scheduler.roster.shape import Cover, Person, Run, Shape, Sum, Wish
from scheduler.roster.solve import Impossible, Solved
from tests.scheduler.roster.shapes import DAY, KINDS, NIGHT, WORK, best_cost, shapes, solved


@settings(max_examples=150, deadline=None)
@given(shape=shapes())
def test_the_answer_costs_what_trying_every_roster_finds_least(shape: Shape) -> None:
    found, least = solved(shape), best_cost(shape)
    if isinstance(found, Impossible):
        assert least is None
    else:
        judgment = judge(shape, found.roster)
        assert judgment.breaches == ()
        assert (found.cost, found.bound) == (judgment.cost, judgment.cost) == (least, least)


def test_people_whose_own_limits_contradict_each_other_are_named() -> None:
    stuck = Person("B", sums=(Sum(WORK, least=3),), runs=(Run(WORK, most=1),))
    shape = Shape(3, KINDS, (Person("A"), stuck))
    assert solved(shape) == Impossible((1,))


def test_too_few_people_is_an_answer_with_its_price() -> None:
    shape = Shape(1, KINDS, (Person("A"),), (Cover(0, frozenset({DAY}), 3, under=100),))
    found = solved(shape)
    assert found == Solved(((DAY,),), 200, 200)


def test_a_start_roster_is_kept_where_nothing_speaks_against_it() -> None:
    covers = (Cover(0, frozenset({NIGHT}), 1, under=100), Cover(1, frozenset({DAY}), 1, under=100))
    shape = Shape(
        2, KINDS, (Person("A"), Person("B")), covers, start=((0, 0), (NIGHT, 0)), change=5
    )
    found = solved(shape)
    assert isinstance(found, Solved)
    assert found.cost == 5
    assert found.roster[1][0] == NIGHT


def test_a_cap_that_is_hardly_ever_reached_still_holds() -> None:
    many = tuple(Wish(day, frozenset({DAY}), 3) for day in range(28))
    caps = tuple(Sum(frozenset({kind}), most=20) for kind in (DAY, NIGHT))
    shape = Shape(28, KINDS, (Person("A", sums=caps, wishes=many),))
    found = solved(shape)
    assert isinstance(found, Solved)
    assert found.cost == found.bound == 8 * 3
    assert found.roster[0].count(DAY) == 20


def test_nothing_to_cover_and_nobody_to_cover_it_is_no_question() -> None:
    assert solved(Shape(2, KINDS, ())) == Solved((), 0, 0)


def test_the_same_question_has_the_same_answer_to_the_cell() -> None:
    shape = Shape(
        6, KINDS, tuple(Person(f"P{n}", runs=(Run(WORK, 2, 3),)) for n in range(4)),
        tuple(Cover(day, frozenset({kind}), 1, 10, 1) for day in range(6) for kind in WORK),
    )  # fmt: skip
    assert solved(shape) == solved(replace(shape))
