"""What goes on beside the search by whole personal rosters: parts of the best roster are polished,
and when prices leave few cells to a better one, these are gone through."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic, sleep

from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.roster.cells import Cells, solve_cells
from scheduler.roster.exchange import Exchange
from scheduler.roster.judge import judge
from scheduler.roster.polish import Polish

_WAIT = 0.1
"""Seconds between two looks for a first roster."""

_FEW = 0.8
"""Share of the cells that a better roster may have, from which on they are gone through."""

_SECONDS, _MORE = 10.0, 2.0
"""What going through them may take at first, and how much more each time. After each as much time
goes into polishing: it may leave fewer."""


def search_beside(exchange: Exchange, seed: int, seconds: float, stop: SolveInterrupter) -> None:
    """The best roster that is known, better and better, until it is proven, the seconds are
    over or somebody says stop."""
    deadline = monotonic() + seconds
    polish, few = Polish.of(exchange.shape, seed), Few(exchange, seed)
    while not (stop.interrupted or exchange.settled):
        left = deadline - monotonic()
        if left <= 0:
            return
        roster = exchange.cheaper_than(None)
        if roster is None:
            sleep(_WAIT)
        elif few.due(cost := judge(exchange.shape, roster).cost):
            few.search(cost, left, stop)
        else:
            exchange.offer(polish.round(roster, left, stop))


@dataclass(slots=True)
class Few:
    """The search among few cells, by turns."""

    exchange: Exchange
    seed: int
    seconds: float = _SECONDS
    after: float = 0.0

    def due(self, cost: int) -> bool:
        """Whether it is its turn, and the cells are few."""
        narrowing = self.exchange.narrowing
        return narrowing is not None and monotonic() >= self.after and narrowing.share(cost) <= _FEW

    def search(self, cost: int, left: float, stop: SolveInterrupter) -> None:
        """For a roster that costs less."""
        exchange, limit = self.exchange, min(self.seconds, left)
        if exchange.narrowing is None:
            return
        cells = Cells.of(exchange.narrowing.under(cost), by_modes=True)
        cells.between(exchange.bound, cost - 1)
        answer = solve_cells(cells, limit, self.seed, 1, stop)
        exchange.lift(cost if answer.impossible else min(cost, answer.bound))
        if answer.roster is not None:
            exchange.offer(answer.roster)
        self.seconds *= _MORE
        self.after = monotonic() + limit
