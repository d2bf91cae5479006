"""Tiny shapes: by hand, at random, and every roster that one can have."""

from __future__ import annotations

from itertools import product
from time import monotonic

from hypothesis import strategies as st
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.effort import Effort, Watch
from scheduler.planner import Onlooker
from scheduler.roster.judge import judge
from scheduler.roster.shape import (
    OFF,
    Cover,
    Kind,
    Person,
    Rest,
    Run,
    Shape,
    Sum,
    Weekends,
    Wish,
)
from scheduler.roster.solve import Impossible, Solved, solve

FREE, DAY, NIGHT = 0, 1, 2
KINDS = (Kind("-", 0), Kind("D", 480), Kind("N", 600))
WORK = frozenset({DAY, NIGHT})
TO_THE_END = Effort(seconds=None, deterministic=True)


def solved(shape: Shape, effort: Effort = TO_THE_END) -> Solved | Impossible:
    """The answer, with nobody looking on."""
    return solve(shape, effort, Onlooker(monotonic))


def watch() -> Watch:
    """All the time in the world."""
    return Watch(monotonic, None, SolveInterrupter(), lambda *_: None)


def best_cost(shape: Shape) -> int | None:
    """What the cheapest legal roster costs, by trying all; `None` if none is legal."""
    people = range(len(shape.people))
    rows = list(product(range(len(shape.kinds)), repeat=shape.days))
    resting = (OFF,) * shape.days
    legal = [[row for row in rows if not _breaks(shape, at, row, resting)] for at in people]
    costs = [judge(shape, roster).cost for roster in product(*legal)]
    return min(costs, default=None)


def _breaks(shape: Shape, at: int, row: tuple[int, ...], resting: tuple[int, ...]) -> bool:
    roster = tuple(row if other == at else resting for other in range(len(shape.people)))
    return any(breach.person == at for breach in judge(shape, roster).breaches)


KIND_SETS = st.frozensets(st.sampled_from([FREE, DAY, NIGHT]), min_size=1, max_size=3)
WORK_SETS = st.sampled_from([frozenset({DAY}), frozenset({NIGHT}), WORK])
PRICES = st.sampled_from([None, 0, 1, 3, 7])


@st.composite
def sums(draw: st.DrawFn, days: int) -> Sum:
    minutes = draw(st.booleans())
    unit = 480 if minutes else 1
    least = draw(st.one_of(st.none(), st.integers(0, 3)))
    most = draw(st.one_of(st.none(), st.integers(least or 0, days)))
    return Sum(
        draw(WORK_SETS),
        None if least is None else least * unit,
        None if most is None else most * unit,
        draw(st.one_of(st.none(), st.frozensets(st.integers(0, days - 1), min_size=1))),
        minutes,
        draw(PRICES),
        draw(PRICES),
    )


@st.composite
def runs(draw: st.DrawFn) -> Run:
    least = draw(st.integers(1, 3))
    kinds = draw(st.sampled_from([frozenset({FREE}), frozenset({NIGHT}), WORK]))
    return Run(kinds, least, draw(st.one_of(st.none(), st.integers(least, 4))))


@st.composite
def people(draw: st.DrawFn, days: int, name: str) -> Person:
    cells = st.tuples(st.integers(0, days - 1), st.integers(0, 2))
    return Person(
        name,
        tuple(draw(st.lists(sums(days), max_size=2))),
        tuple(draw(st.lists(runs(), max_size=2))),
        tuple(draw(st.lists(st.builds(Rest, st.just(frozenset({NIGHT})), st.integers(1, 2)),
                            max_size=1))),
        tuple(draw(st.lists(st.builds(Weekends, WORK_SETS, st.integers(0, 1), PRICES),
                            max_size=1))),
        tuple(draw(st.lists(st.builds(Wish, st.integers(0, days - 1), KIND_SETS,
                                      st.integers(1, 5), st.booleans()), max_size=3))),
        draw(st.frozensets(cells, max_size=3)),
        tuple(draw(st.lists(st.integers(0, 2), max_size=3))),
    )  # fmt: skip


@st.composite
def shapes(draw: st.DrawFn, days: int = 4, most_people: int = 2) -> Shape:
    """A shape so small that all its rosters can be tried."""
    count = draw(st.integers(1, most_people))
    covers = st.builds(
        Cover,
        st.integers(0, days - 1),
        WORK_SETS,
        st.integers(0, 2),
        st.integers(0, 9),
        st.integers(0, 4),
        st.one_of(st.none(), st.frozensets(st.integers(0, count - 1), min_size=1)),
    )
    return Shape(
        days,
        KINDS,
        tuple(draw(people(days, f"P{n}")) for n in range(count)),
        tuple(draw(st.lists(covers, max_size=4))),
        draw(st.sampled_from([frozenset[tuple[int, int]](), frozenset({(NIGHT, DAY)})])),
        (frozenset({1, 2}), frozenset({3})),
        draw(st.one_of(st.none(), st.just(((FREE,) * days,) * count))),
        draw(st.integers(0, 2)),
    )
