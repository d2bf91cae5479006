"""The search of a roster: dives for better ones, branches for the proof, by turns.

The branch that proves least comes first, so that the bound of all grows. A branch in which few
personal rosters are left that could matter is chosen among at once.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from scheduler.integer import Integer, choose
from scheduler.program import SCALE, Columns, Ints, units_up
from scheduler.roster.covering import Covering
from scheduler.roster.dive import dive
from scheduler.roster.exchange import Exchange
from scheduler.roster.narrowing import Narrowing
from scheduler.roster.node import Priced, price
from scheduler.roster.rows import Cut
from scheduler.roster.tree import Branch, split
from scheduler.solvers import Limits
from scheduler.state import State

_POOL = 1_500
"""Columns that a branch begins with at most."""

_FEW, _FEW_SECONDS, _FEW_NODES = 1_500, 4.0, 500
"""Columns that are chosen among at once, and how long or through how many nodes."""

_PATIENCE = 2
"""Dives in a row without any gain after which branches have their turn."""

_TURN = 4
"""Branches after which dives have theirs."""


class Branching:
    """The search as it stands: open branches, and every column that was worth having."""

    def __init__(self, state: State, program: Covering, exchange: Exchange | None = None) -> None:
        """`exchange` is with a search of the same shape that runs beside this one."""
        self._state = state
        self._program = program
        self._exchange = exchange
        self._pool = Columns.join([state.best, program.opening()])
        self._dice = np.random.default_rng(state.effort.seed)
        self._open: list[Branch] = []
        self._unsettled = state.cost
        self._number = 0

    def run(self) -> None:
        """Until the best is proven or time is over."""
        state = self._state
        self._trade()
        root = self._price(Branch(state.floor, 0, (), state.prices), self._program)
        state.floor, state.prices = root.floor, root.prices
        state.lift(min(root.bound, state.cost))
        if self._exchange is not None and root.done:
            self._exchange.narrowing = Narrowing.of(self._program, root)
        self._dive_on(self._program)
        if not state.done():
            self._close_or_split(self._program, (), root)
        while self._open and not state.done():
            self._lift(units_up(self._open[0].floor))
            if not state.done():
                self._next()
        if not state.watch.over:
            self._lift(state.cost)

    def _lift(self, bound: int) -> None:
        """A bound of all branches, those among them that came to nothing."""
        self._state.lift(min(bound, self._unsettled, self._state.cost))

    def _trade(self) -> None:
        """Tell the other search what is known here, and hear what is known there."""
        if self._exchange is None:
            return
        state = self._state
        self._exchange.lift(state.bound)
        state.lift(min(self._exchange.bound, state.cost))
        heard = self._exchange.cheaper_than(state.cost)
        if heard is None:
            self._exchange.offer(self._program.roster(state.best))
            return
        columns = self._program.held(heard)
        self._remember(columns)
        state.improve(columns)

    def _next(self) -> None:
        """The branch that proves least; after some, dives."""
        self._trade()
        branch = heappop(self._open)
        program = Covering(self._program.book, branch.cuts)
        priced = self._price(branch, program)
        if self._state.watch.over:
            heappush(self._open, branch)
        elif priced.bound < self._state.cost:
            self._close_or_split(program, branch.cuts, priced)
            if self._number % _TURN == 0:
                self._dive_on(program)

    def _dive_on(self, program: Covering) -> None:
        """Everybody within a branch, then some people at a time, as long as that helps."""
        idle, count = 0, program.groups
        free = np.ones(count, np.bool_)
        while idle < _PATIENCE and not self._state.done():
            before = self._state.cost
            columns = self._columns(program, self._state.prices)
            self._remember(dive(self._state, program, columns, free, self._dice))
            self._trade()
            idle = 0 if self._state.cost < before else idle + 1
            some = int(self._dice.integers(min(3, count), count + 1))
            free = self._dice.permutation(count) < some
            program = self._program

    def _price(self, branch: Branch, program: Covering) -> Priced:
        prices = np.zeros(len(program.limit), np.int64)
        prices[: len(branch.prices)] = branch.prices
        columns = self._columns(program, prices)
        priced = price(program, columns, prices, self._state.cost, self._state.watch)
        self._remember(priced.columns.take(np.arange(len(columns), len(priced.columns))))
        return priced

    def _close_or_split(self, program: Covering, cuts: tuple[Cut, ...], priced: Priced) -> None:
        """Settle a branch at once, or leave two in its place."""
        if self._closed(program, priced):
            return
        parts = split(program.book, priced, self._state.cost)
        for cut in parts:
            self._number += 1
            branch = Branch(priced.floor, self._number, (*cuts, cut), priced.prices)
            heappush(self._open, branch)
        if not parts:
            whole = priced.columns.take(np.flatnonzero(priced.shares > 0.5))
            if len(whole) == program.groups:
                self._state.improve(self._program.again(whole))
            self._unsettled = min(self._unsettled, priced.bound)

    def _closed(self, program: Covering, priced: Priced) -> bool:
        """Choose among all that could be better in the branch, if it is little. True if that
        settled the branch."""
        state = self._state
        offer = program.priced(priced.prices)
        width = (state.cost - 1) * SCALE - priced.floor + 1
        found = offer.all_under(offer.cheapest + width, _FEW)
        if found is None:
            return False
        if len(np.unique(found.group)) < program.groups:
            return True  # somebody has nothing that a better roster could be made of
        chosen = choose(program, found, Integer.HIGHS, self._limits())
        if chosen.columns is not None:
            state.improve(self._program.again(found.take(chosen.columns)))
        return chosen.proven

    def _limits(self) -> Limits:
        effort, left = self._state.effort, self._state.watch.seconds_left()
        if effort.deterministic or left is None:
            return Limits(None, _FEW_NODES, effort.seed, 1)
        return Limits(min(_FEW_SECONDS, left), None, effort.seed, 1)

    def _columns(self, program: Covering, prices: Ints) -> Columns:
        """The pool in the program's rows: everybody's own nearest to the prices."""
        known = np.zeros(len(program.limit), np.int64)
        known[: len(prices)] = prices
        columns = program.again(self._pool)
        if len(columns) <= _POOL:
            return columns
        reduced = columns.reduced(known)
        floor = np.full(program.groups, np.iinfo(np.int64).max)
        np.minimum.at(floor, columns.group, reduced)
        order = np.argsort(reduced - floor[columns.group], kind="stable")
        return columns.take(np.sort(order[:_POOL]))

    def _remember(self, columns: Columns) -> None:
        """Columns for the pool, each only once."""
        every = Columns.join([self._pool, self._program.again(columns)])
        size = 1 + int(every.mark.max(initial=0))
        _, first = np.unique(every.group * size + every.mark, return_index=True)
        self._pool = every.take(np.sort(first))
