"""From a rostering question to a proven answer: a start, prices, dives, branches."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.effort import Effort, Watch
from scheduler.planner import Onlooker, Progress
from scheduler.roster.branching import Branching
from scheduler.roster.covering import Book, Covering
from scheduler.roster.judge import judge
from scheduler.roster.long_search import search_long
from scheduler.roster.responses import NoRoster, start_of
from scheduler.roster.shape import Roster, Shape
from scheduler.roster.tallies import TooRich
from scheduler.state import State

STAGE, TIER = "roster", 1
"""How progress names the one stage and the one tier that there are."""


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
    watch = _watch(effort, onlooker)
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


def _solved(shape: Shape, roster: Roster, bound: int) -> Solved:
    cost = judge(shape, roster).cost
    return Solved(roster, cost, min(cost, bound))


def _watch(effort: Effort, onlooker: Onlooker) -> Watch:
    began = onlooker.clock()
    deadline = None
    if effort.seconds is not None and not effort.deterministic:
        deadline = began + effort.seconds

    def report(cost: int, bound: int) -> None:
        seconds = onlooker.clock() - began
        onlooker.tell(Progress(seconds, STAGE, (TIER,), (cost,), (bound,)))

    return Watch(onlooker.clock, deadline, onlooker.stop, report)
