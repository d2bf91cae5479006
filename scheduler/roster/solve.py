"""From a rostering question to a proven answer: a start, prices, dives, branches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.effort import Effort, Watch
from scheduler.planner import Onlooker, Progress
from scheduler.roster.branching import Branching
from scheduler.roster.cells import Answer, Cells, solve_cells
from scheduler.roster.covering import Book, Covering
from scheduler.roster.judge import judge
from scheduler.roster.long_search import search_long
from scheduler.roster.responses import NoRoster, start_of
from scheduler.roster.shape import Roster, Shape
from scheduler.roster.tallies import TooRich
from scheduler.state import State

STAGE, TIER = "roster", 1
"""How progress names the one stage and the one tier that there are."""

_BOTH = 2
"""Processor cores from which on both searches run side by side."""

_AHEAD, _SHARE = 10.0, 0.2
"""Seconds, or share of the time, for which the cells have all cores to themselves: wards whose
people are alike are proven within them."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A legal roster, what it costs, and what no roster can cost less than."""

    roster: Roster
    cost: int
    bound: int

    @property
    def proven(self) -> bool:
        """True if there is no better roster."""
        return self.bound >= self.cost


@dataclass(frozen=True, slots=True)
class Impossible:
    """There is no roster: these people's own limits leave them nothing, whatever the others
    do."""

    people: tuple[int, ...]


def solve(shape: Shape, effort: Effort, onlooker: Onlooker) -> Solved | Impossible:
    """The best roster there is, or the best found in time. Raises `NoRoster` where the days are
    too many to be gone through at once and no first roster was found, which proves nothing."""
    if not shape.people:
        cost = judge(shape, ()).cost
        return Solved((), cost, cost)
    if effort.seconds is None or effort.threads < _BOTH:
        return _search(shape, effort, _watch(effort, onlooker, onlooker.stop))
    cells, watch = Cells.of(shape), _watch(effort, onlooker, SolveInterrupter())
    ahead = solve_cells(
        cells, min(_AHEAD, _SHARE * effort.seconds), effort.seed, effort.threads, onlooker.stop
    )
    if ahead.roster is not None:
        found = _solved(shape, ahead.roster, ahead.bound)
        watch.report(found.cost, found.bound)
        if found.proven:
            return found
        cells.hint(ahead.roster)
    return _better(shape, _search_twice(shape, effort, onlooker, watch, cells), ahead)


def _search(shape: Shape, effort: Effort, watch: Watch) -> Solved | Impossible:
    """By whole personal rosters."""
    try:
        program = Covering(Book(shape))
    except TooRich:
        roster, bound = search_long(shape, effort, watch)
        return _solved(shape, roster, bound)
    try:
        start = start_of(program, effort.seed, watch)
    except NoRoster as none:
        return Impossible(none.people)
    state = State.at(program, start, effort, watch)
    Branching(state, program).run()
    return _solved(shape, program.roster(state.best), state.bound)


def _search_twice(
    shape: Shape, effort: Effort, onlooker: Onlooker, watch: Watch, cells: Cells
) -> Solved | Impossible | NoRoster:
    """By whole personal rosters, and beside it cell by cell on the other processor cores: either
    is far better than the other on some shapes. Whoever has the proof ends both."""
    aside = SolveInterrupter()
    for stop in (watch.stop, aside):
        onlooker.stop.add_trigger_target(stop)

    def by_cells() -> Answer:
        found = solve_cells(cells, watch.seconds_left(), effort.seed, effort.threads - 1, aside)
        if found.roster is not None and judge(shape, found.roster).cost <= found.bound:
            watch.stop.interrupt()
        return found

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="cells") as pool:
        beside = pool.submit(by_cells)
        try:
            found = _searched(shape, effort, watch)
        finally:
            aside.interrupt()
        other = beside.result()
    for stop in (watch.stop, aside):
        onlooker.stop.remove_trigger_target(stop)
    return _joined(shape, found, other)


def _searched(shape: Shape, effort: Effort, watch: Watch) -> Solved | Impossible | NoRoster:
    """What the search comes to, finding nothing in time among it."""
    try:
        return _search(shape, effort, watch)
    except NoRoster as none:
        return none


def _better(
    shape: Shape, found: Solved | Impossible | NoRoster, other: Answer
) -> Solved | Impossible:
    """As `_joined`; raises what was not found at all."""
    joined = _joined(shape, found, other)
    if isinstance(joined, NoRoster):
        raise joined
    return joined


def _joined(
    shape: Shape, found: Solved | Impossible | NoRoster, other: Answer
) -> Solved | Impossible | NoRoster:
    """A roster in hand is more than not having found one; of two the cheaper, with all that is
    proven."""
    if other.roster is None:
        return _raised(found, other.bound) if isinstance(found, Solved) else found
    if isinstance(found, Solved) and found.cost <= judge(shape, other.roster).cost:
        return _raised(found, other.bound)
    bound = found.bound if isinstance(found, Solved) else 0
    return _solved(shape, other.roster, max(bound, other.bound))


def _raised(found: Solved, bound: int) -> Solved:
    return replace(found, bound=min(found.cost, max(found.bound, bound)))


def _solved(shape: Shape, roster: Roster, bound: int) -> Solved:
    cost = judge(shape, roster).cost
    return Solved(roster, cost, min(cost, bound))


def _watch(effort: Effort, onlooker: Onlooker, stop: SolveInterrupter) -> Watch:
    began = onlooker.clock()
    deadline = None
    if effort.seconds is not None and not effort.deterministic:
        deadline = began + effort.seconds

    def report(cost: int, bound: int) -> None:
        seconds = onlooker.clock() - began
        onlooker.tell(Progress(seconds, STAGE, (TIER,), (cost,), (bound,)))

    return Watch(onlooker.clock, deadline, stop, report)
