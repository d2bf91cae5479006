from __future__ import annotations

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduler.effort import Effort
from scheduler.roster.judge import judge
from scheduler.roster.part import Part, cut, part_of, pasted, piece
from scheduler.roster.shape import Cover, Person, Roster, Run, Shape, Sum, Weekends, Wish
from scheduler.roster.solve import Solved
from tests.scheduler.roster.shapes import DAY, KINDS, NIGHT, WORK, shapes, solved

BRIEFLY = Effort(seconds=0.5, workers=1)
"""Any roster will do; to prove the best of nine days can take minutes where wishes contradict."""


def answers(shape: Shape, roster: Roster, part: Part) -> list[Roster]:
    """Everything that the free cells of a part can be."""
    free = part.end - part.first
    rows = [
        [new + row[free:] for new in product(range(len(shape.kinds)), repeat=free)]
        for row in cut(roster, part)
    ]
    return list(product(*rows))


@settings(max_examples=60, deadline=None)
@given(shape=shapes(days=9), first=st.integers(0, 8), data=st.data())
def test_what_a_part_allows_and_pays_is_what_the_whole_does(
    shape: Shape, first: int, data: st.DataObject
) -> None:
    found = solved(shape, BRIEFLY)
    assume(isinstance(found, Solved))
    assert isinstance(found, Solved)
    people = data.draw(st.sets(st.integers(0, len(shape.people) - 1), min_size=1))
    part = part_of(shape, sorted(people), first, min(9, first + 2))
    small = piece(shape, found.roster, part)
    before = judge(small, cut(found.roster, part)).cost
    for answer in answers(shape, found.roster, part):
        inside, whole = judge(small, answer), judge(shape, pasted(found.roster, part, answer))
        assert inside.legal == whole.legal
        if whole.legal:
            assert inside.cost - before == whole.cost - found.cost


def test_a_part_leaves_of_every_limit_what_the_rest_has_not_used() -> None:
    limits = Person(
        "A",
        sums=(Sum(WORK, 3, 6), Sum(frozenset({NIGHT}), most=2, days=frozenset({0, 13}))),
        weekends=(Weekends(WORK, 2),),
        wishes=(Wish(1, frozenset({DAY}), 2), Wish(9, frozenset({DAY}), 4)),
    )
    weekends = (frozenset({5, 6}), frozenset({12, 13}))
    covers = (Cover(8, WORK, 2, 10), Cover(1, WORK, 2, 10))
    shape = Shape(14, KINDS, (limits, Person("B")), covers, weekends=weekends)
    row = (NIGHT, DAY, 0, 0, 0, 0, DAY, 0, 0, 0, 0, 0, 0, 0)
    roster = (row, (DAY,) * 14)
    part = part_of(shape, [0], 7, 14)
    assert part == Part((0,), 7, 14, 14)
    (person,) = piece(shape, roster, part).people
    assert person.sums == (
        Sum(WORK, 0, 3),
        Sum(frozenset({NIGHT}), most=1, days=frozenset({6})),
    )
    assert person.weekends == (Weekends(WORK, 1),)
    assert person.wishes == (Wish(2, frozenset({DAY}), 4),)
    assert piece(shape, roster, part).covers == (Cover(1, WORK, 1, 10),)
    assert piece(shape, roster, part).weekends == (frozenset({5, 6}),)


def test_a_part_never_splits_a_weekend_and_looks_as_far_as_a_row_can_reach() -> None:
    weekends = tuple(frozenset({a, a + 1}) for a in (5, 12, 19))
    shape = Shape(28, KINDS, (Person("A", runs=(Run(WORK, 2, 5),)),), weekends=weekends)
    assert part_of(shape, [0], 6, 7) == Part((0,), 5, 7, 14)
    assert part_of(shape, [0], 0, 40) == Part((0,), 0, 28, 28)
