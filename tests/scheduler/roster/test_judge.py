from __future__ import annotations

import pytest

from scheduler.roster.judge import Judgment, judge
from scheduler.roster.shape import (
    Cover,
    Person,
    Rest,
    Run,
    Shape,
    Sum,
    Weekends,
    Wish,
    fixed,
)
from tests.scheduler.roster.shapes import DAY, FREE, KINDS, NIGHT, WORK

D, N, R = DAY, NIGHT, FREE


def judged(person: Person, *row: int, barred: frozenset[tuple[int, int]] = frozenset()) -> Judgment:
    weekends = (frozenset({0, 1}), frozenset({3, 4}))
    return judge(Shape(len(row), KINDS, (person,), barred=barred, weekends=weekends), (row,))


def said(person: Person, *row: int) -> list[tuple[int, str]]:
    return [(breach.day, str(breach.words)) for breach in judged(person, *row).breaches]


def test_a_row_in_the_middle_is_neither_too_short_nor_too_long() -> None:
    person = Person("A", runs=(Run(WORK, 2, 3),))
    assert said(person, R, D, D, D, R) == []
    assert said(person, R, D, R, R, R) == [(1, "fewer than 2 days in a row")]
    assert said(person, R, D, D, D, D) == [(4, "more than 3 days in a row")]


def test_a_row_at_either_end_may_be_short_but_not_where_the_past_is_known() -> None:
    unknown = Person("A", runs=(Run(WORK, 2),))
    known = Person("A", runs=(Run(WORK, 2),), past=(R,))
    assert said(unknown, D, R, R, D) == []
    assert said(known, D, R, R, D) == [(0, "fewer than 2 days in a row")]


def test_a_row_goes_on_from_the_past() -> None:
    person = Person("A", runs=(Run(WORK, 2, 3),), past=(R, D, D))
    assert said(person, D, R) == []
    assert said(person, D, D) == [(1, "more than 3 days in a row")]
    short = Person("A", runs=(Run(WORK, 2, 3),), past=(R, D))
    assert said(short, R, R) == [(0, "fewer than 2 days in a row")]


def test_after_nights_comes_rest() -> None:
    person = Person("A", rests=(Rest(frozenset({N}), 2),))
    assert said(person, N, N, R, R, D) == []
    assert said(person, N, R, D, R) == [(2, "fewer than 2 days of rest")]
    assert said(Person("A", rests=person.rests, past=(N,)), R, D) == [
        (1, "fewer than 2 days of rest")
    ]


def test_pairs_that_are_barred_count_from_the_day_before_the_first() -> None:
    barred = frozenset({(N, D)})
    assert judged(Person("A"), N, D, barred=barred).breaches[0].day == 1
    assert judged(Person("A", past=(N,)), D, barred=barred).breaches[0].day == 0
    assert judged(Person("A", past=(N,)), N, R, D, barred=barred).legal


def test_hard_sums_are_broken_and_soft_ones_paid() -> None:
    hard = Person("A", sums=(Sum(WORK, 960, 1440, minutes=True),))
    assert said(hard, D, D, R, R) == []
    assert said(hard, D, R, R, R) == [(3, "480, at least 960")]
    assert said(hard, N, N, D, R) == [(3, "1680, at most 1440")]
    soft = Person("A", sums=(Sum(WORK, 1, 2, frozenset({0, 1, 2}), under=5, over=7),))
    assert judged(soft, D, D, D, D).cost == 7
    assert judged(soft, R, R, R, D).cost == 5
    free = Person("A", sums=(Sum(WORK, 1, under=0),))
    assert judged(free, R, R) == Judgment((), (), (0,))


def test_a_weekend_counts_once_however_often_it_is_worked() -> None:
    limit = Person("A", weekends=(Weekends(WORK, 1),))
    assert said(limit, D, D, R, R, R) == []
    assert said(limit, D, R, R, R, D) == [(4, "2 weekends, at most 1")]
    assert judged(Person("A", weekends=(Weekends(WORK, 0, over=4),)), D, D, R, D, D).cost == 8


def test_a_cell_that_is_fixed_is_nothing_else() -> None:
    shape = Shape(2, KINDS, (Person("A"),))
    person = Person("A", barred=fixed(shape, 1, N))
    assert said(person, R, D) == [(1, "not allowed on this day")]
    assert said(person, R, N) == []


def test_wishes_are_paid_where_they_are_not_met() -> None:
    wants = Wish(0, frozenset({D}), 2)
    hates = Wish(1, frozenset({N}), 3, wanted=False)
    assert judged(Person("A", wishes=(wants, hates)), D, D).cost == 0
    assert judged(Person("A", wishes=(wants, hates)), N, N).cost == 5


def test_a_cover_names_its_gap_and_its_surplus() -> None:
    covers = (
        Cover(0, WORK, 2, under=10, people=frozenset({0, 1})),
        Cover(0, WORK, 1, under=10, over=3),
        Cover(1, WORK, 0, under=10),
    )
    shape = Shape(2, KINDS, (Person("A"), Person("B"), Person("C")), covers)
    gaps = judge(shape, ((R, D), (N, R), (D, R))).gaps
    assert [(gap.cover, gap.missing, gap.surplus, gap.cost) for gap in gaps] == [
        (covers[0], 1, 0, 10),
        (covers[1], 0, 1, 3),
    ]


def test_changes_from_the_start_are_paid() -> None:
    shape = Shape(2, KINDS, (Person("A"),), start=((D, D),), change=4)
    assert judge(shape, ((D, N),)).cost == 4


def test_something_that_is_no_roster_is_not_judged() -> None:
    shape = Shape(2, KINDS, (Person("A"),))
    for misfit in ((), ((D,),), ((D, 3),), ((D, -1),)):
        with pytest.raises(ValueError, match="not one known duty"):
            judge(shape, misfit)
