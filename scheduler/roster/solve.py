"""From a rostering question to a proven answer: a start, prices, dives, branches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.effort import Effort, Watch
from scheduler.planner import Onlooker, Progress
from scheduler.roster.beside import search_beside
from scheduler.roster.branching import Branching
from scheduler.roster.cells import Cells, solve_cells
from scheduler.roster.covering import Book, Covering
from scheduler.roster.exchange import Exchange
from scheduler.roster.judge import judge
from scheduler.roster.long_search import search_long
from scheduler.roster.responses import NoRoster, start_of
from scheduler.roster.shape import Roster, Shape
from scheduler.roster.tallies import TooRich
from scheduler.state import State

STAGE, TIER = "roster", 1
"""How progress names the one stage and the one tier that there are."""

_BOTH = 2
"""Processor cores from which on two searches run side by side."""

_AHEAD, _LEAST, _SHARE = 20.0, 5.0, 0.1
"""Seconds for which the cells have all cores to themselves, at most and at least, and the share of
the time between them: wards whose people are alike are proven within them."""


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
    watch = _watch(effort, onlooker, SolveInterrupter())
    ahead = solve_cells(
        Cells.of(shape), _ahead(effort.seconds), effort.seed, effort.threads, onlooker.stop
    )
    exchange = Exchange(shape, watch.report, ahead.bound)
    if ahead.roster is not None:
        exchange.offer(ahead.roster)
    if exchange.settled:
        return _known(exchange)
    return _side_by_side(exchange, effort, onlooker, watch)


def _ahead(seconds: float) -> float:
    return min(_AHEAD, seconds / 2, max(_LEAST, _SHARE * seconds))


def _search(
    shape: Shape, effort: Effort, watch: Watch, exchange: Exchange | None = None
) -> Solved | Impossible:
    """By whole personal rosters. Raises `NoRoster` as `solve` does."""
    try:
        program = Covering(Book(shape))
    except TooRich:
        roster, bound = search_long(shape, effort, watch)
        return _solved(shape, roster, bound)
    known = exchange.cheaper_than(None) if exchange else None
    try:
        start = start_of(program, effort.seed, watch) if known is None else program.held(known)
    except NoRoster as none:
        return Impossible(none.people)
    state = State.at(program, start, effort, watch)
    Branching(state, program, exchange).run()
    return _solved(shape, program.roster(state.best), state.bound)


def _side_by_side(
    exchange: Exchange, effort: Effort, onlooker: Onlooker, watch: Watch
) -> Solved | Impossible:
    """By whole personal rosters, and beside it part by part on another processor core: either is
    far better than the other on some shapes, and each goes on from what the other finds. Whoever
    has the proof ends both."""
    aside = SolveInterrupter()
    for stop in (watch.stop, aside):
        onlooker.stop.add_trigger_target(stop)

    def beside() -> None:
        search_beside(exchange, effort.seed, watch.seconds_left() or 0.0, aside)
        if exchange.settled:
            watch.stop.interrupt()

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside") as pool:
        running = pool.submit(beside)
        try:
            found = _searched(exchange, effort, _told_of(watch, exchange))
        finally:
            aside.interrupt()
        running.result()
    for stop in (watch.stop, aside):
        onlooker.stop.remove_trigger_target(stop)
    if isinstance(found, Impossible):
        return found
    if isinstance(found, Solved):
        exchange.offer(found.roster)
        exchange.lift(found.bound)
    if isinstance(found, NoRoster) and exchange.cheaper_than(None) is None:
        raise found
    return _known(exchange)


def _told_of(watch: Watch, exchange: Exchange) -> Watch:
    """What is proven goes to the exchange, which tells of the best of both searches."""
    return replace(watch, report=lambda _, bound: exchange.lift(bound))


def _searched(exchange: Exchange, effort: Effort, watch: Watch) -> Solved | Impossible | NoRoster:
    """What the search comes to, finding nothing in time among it."""
    try:
        return _search(exchange.shape, effort, watch, exchange)
    except NoRoster as none:
        return none


def _known(exchange: Exchange) -> Solved:
    """The best of all searches, with all that is proven."""
    roster = exchange.cheaper_than(None)
    if roster is None:
        raise RuntimeError("no roster although a search has ended with one")
    return _solved(exchange.shape, roster, exchange.bound)


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
