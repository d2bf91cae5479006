"""Whose weeks, in every combination, need more than which places have: the smallest clash.

Counting comes first; where a flow sees nothing, the search proves that somebody would lose a
session, and its prices name few people and rows that already do. Then each of them is left out
once, by planning the others, and stays out if they clash without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from domain.shortage import Place
from domain.why_not import Ask, Block, BlockKind
from scheduler.capacity_rows import CapacityRow
from scheduler.effort import Effort, Watch
from scheduler.open_seats import OpenSeats
from scheduler.places import places
from scheduler.pricing import price_out
from scheduler.program import Ints, Listed, Overflow
from scheduler.search import search
from scheduler.state import Outcome, State
from scheduler.timetable import seat_rows
from scheduler.why_not.arrange import Table
from scheduler.why_not.counting import crowd, place_facts
from scheduler.why_not.exchange import Exchange
from scheduler.why_not.ground import Ground
from scheduler.why_not.said import crowd_words

_MANY = 1 << 30
"""A limit that no row reaches."""

People = frozenset[str]
Rows = frozenset[int]


@dataclass(frozen=True, slots=True)
class Jam:
    """People and rows of seats that cannot go together."""

    people: People
    rows: Rows


@dataclass(frozen=True, slots=True)
class Found:
    """A block, its rows, and how many of their seats each of its people needs in every plan."""

    block: Block
    rows: tuple[CapacityRow, ...]
    needs: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a clash has been shown to need."""

    people: set[str]
    rows: set[int]


def counted(
    ground: Ground, ask: Ask, table: Table, effort: Effort, watch: Watch, *, roughly: bool = False
) -> Found | None:
    """The smallest clash that the asker's seat makes; `None` if nothing was proven in time.
    `roughly`: any clash will do."""
    inquiry = Inquiry(ground, ask, table, effort, watch)
    start = inquiry.by_flow() or inquiry.everything
    jam = inquiry.proven(start)
    if jam is None:
        return None
    smallest = False
    if not roughly:
        jam, smallest = inquiry.smallest(jam)
    return inquiry.found(jam, smallest)


def hopeless(table: Table, effort: Effort, watch: Watch) -> bool:
    """True if prices alone prove that somebody would lose a week: known long before it is known
    how few would have to move. False says nothing."""
    program = losses(table)
    start = program.columns.take(table.now)
    state = State.at(program, start, effort, watch)
    if not state.done():
        price_out(state)
    return state.bound >= 1


class Inquiry:
    """One table, asked again and again for parts of its people and rows."""

    def __init__(
        self, ground: Ground, ask: Ask, table: Table, effort: Effort, watch: Watch
    ) -> None:
        self._ground = ground
        self._ask = ask
        self._table = table
        self._effort = effort
        self._watch = watch
        self._rows = tuple(seat_rows(ground.model, table.timetable.weeks))
        self._whose = [weeks.patient for weeks in table.timetable.weeks]
        self._whole = losses(table)

    @property
    def everything(self) -> Jam:
        """All people and all rows of seats."""
        return Jam(frozenset(self._whose), frozenset(range(len(self._rows))))

    def by_flow(self) -> Jam | None:
        """Those whom a flow finds, with the rows of its cells."""
        found = crowd(self._ground, self._ask, self.everything.people)
        if found is None:
            return None
        rows = (n for n, row in enumerate(self._rows) if (row.zone, row.turn) in found.cells)
        return Jam(found.people, frozenset(rows))

    # --- leaving out --------------------------------------------------------------------------

    def smallest(self, jam: Jam) -> tuple[Jam, bool]:
        """What is left when nothing more can be left out, and whether all was tried in time."""
        known = _Known({self._ask.patient}, set())
        self._exchange(jam, known, self._table.now, self._table.asker)
        while one := next(iter(sorted(jam.people - known.people)), None):
            fewer = replace(jam, people=jam.people - {one})
            outcome = self._solved(fewer)
            if outcome.bound >= 1:
                jam = self._needed(fewer, outcome)
            elif outcome.cost:
                return jam, False
            else:
                self._exchange(jam, known, self._with(outcome), self._whose.index(one))
                known.people.add(one)
        return self._fewest_rows(jam, known)

    def _fewest_rows(self, jam: Jam, known: _Known) -> tuple[Jam, bool]:
        while (one := next(iter(sorted(jam.rows - known.rows)), None)) is not None:
            fewer = replace(jam, rows=jam.rows - {one})
            outcome = self._solved(fewer)
            if outcome.bound >= 1:
                jam = replace(jam, rows=self._needed(fewer, outcome).rows)
            elif outcome.cost:
                return jam, False
            known.rows.add(one)
        return jam, True

    def _exchange(self, jam: Jam, known: _Known, marks: Ints, loser: int) -> None:
        """Whom and what the clash is shown to need from one arrangement on: the column of every
        group of the whole table, and who has none in it."""
        groups = self._groups(jam)
        exchange = Exchange(self._program(groups, jam.rows))
        chosen = np.searchsorted(exchange.program.columns.mark, marks[groups])
        without = int(np.searchsorted(groups, loser))
        chosen[without] = np.searchsorted(exchange.program.columns.group, without)
        exchange.explore(chosen, without)
        known.people.update(self._whose[groups[group]] for group in exchange.groups)
        known.rows.update(exchange.rows)

    def _with(self, outcome: Outcome) -> Ints:
        """The whole table's columns, as in the plan but where the outcome has others."""
        marks = self._table.now.copy()
        found = outcome.columns.mark
        marks[self._table.timetable.columns.group[found]] = found
        return marks

    # --- proving ------------------------------------------------------------------------------

    def proven(self, jam: Jam) -> Jam | None:
        """The same, or a part of it that its proof needs; `None` if it is none, or the time is
        up."""
        outcome = self._solved(jam)
        return self._needed(jam, outcome) if outcome.bound >= 1 else None

    def _solved(self, jam: Jam) -> Outcome:
        """The fewest of these people who lose a week, if only these rows of seats held."""
        groups = self._groups(jam)
        program = self._program(groups, jam.rows)
        start = program.columns.take(np.searchsorted(program.columns.mark, self._table.now[groups]))
        return search(program, start, self._effort, self._watch)

    def _groups(self, jam: Jam) -> Ints:
        return np.array([i for i, who in enumerate(self._whose) if who in jam.people], np.int64)

    def _needed(self, jam: Jam, outcome: Outcome) -> Jam:
        """Whom and what the prices name, if they alone prove it."""
        if outcome.floor <= 0:
            return jam
        groups = self._groups(jam)
        program = self._program(groups, jam.rows)
        paying = groups[program.priced(outcome.prices).cheapest > 0].tolist()
        people = {self._whose[i] for i in paying} | {self._ask.patient}
        priced = set(np.flatnonzero(outcome.prices).tolist())
        return Jam(jam.people & people, jam.rows & priced)

    def _program(self, groups: Ints, rows: Rows) -> Listed:
        """What these people would lose, if only these rows of seats held."""
        whole = self._whole
        columns = whole.columns.take(np.flatnonzero(np.isin(whole.columns.group, groups)))
        limit = whole.limit.copy()
        limit[[row for row in range(len(self._rows)) if row not in rows]] = _MANY
        number = np.searchsorted(groups, np.arange(len(self._whose)))
        return Listed(len(groups), columns.regrouped(number), limit, Overflow.none())

    # --- in words -----------------------------------------------------------------------------

    def found(self, jam: Jam, smallest: bool) -> Found:
        """The same in words; counted, if each of these people needs so many of the seats in
        every week that there are not enough."""
        there = tuple(self.places(jam.rows))
        people = tuple(sorted(jam.people))
        seats = int(self._table.timetable.limit[sorted(jam.rows)].sum())
        needs = self._needs(jam)
        needed = sum(needs.values())
        counts = needed > seats
        block = Block(
            kind=BlockKind.COUNTING,
            facts=place_facts(self._ground.problem, self._ask, there),
            words=crowd_words(people, there, needed if counts else None, seats),
            people=people,
            places=there,
            needed=needed if counts else 0,
            seats=seats,
            by="count" if counts else "search",
            smallest=smallest,
        )
        rows = tuple(self._rows[number] for number in sorted(jam.rows))
        return Found(block, rows, needs)

    def _needs(self, jam: Jam) -> dict[str, int]:
        """Seats of these rows that each of these people needs in every week."""
        groups = self._groups(jam)
        columns = self._program(groups, jam.rows).columns
        inside = np.isin(columns.row, sorted(jam.rows))
        used = np.concatenate([[0], np.cumsum(columns.value * inside)])
        each = used[columns.start[1:]] - used[columns.start[:-1]]
        each[columns.cost > 0] = np.iinfo(np.int64).max
        first = np.searchsorted(columns.group, np.arange(len(groups)))
        needs: defaultdict[str, int] = defaultdict(int)
        for group, need in zip(groups, np.minimum.reduceat(each, first), strict=True):
            needs[self._whose[group]] += int(need)
        return dict(needs)

    def places(self, rows: Rows) -> Iterator[Place]:
        """The rows in names."""
        ground, ask = self._ground, self._ask
        prescription = ground.problem.prescription(ask.patient, ask.turn.day)
        kind = prescription.modality if prescription else None
        seats = OpenSeats(ground.problem, ground.rules)
        spots = []
        for row in (self._rows[number] for number in sorted(rows)):
            whole = row.limit < row.seats.bit_count()
            names = () if whole else ground.model.names(row.seats)
            spots.append(seats.spot(row.zone, row.turn, names, row.limit, kind))
        return (place for place, _ in places(ground.problem, spots))


def losses(table: Table) -> Listed:
    """Everybody's columns at the price of a lost week, of who has one now and of who asks: what
    costs nothing keeps all sessions with the seat given away."""
    timetable = table.timetable
    lost = np.zeros(len(timetable.columns), np.int64)
    firsts = timetable.first[:-1]
    losing = table.now != firsts
    losing[table.asker] = True
    lost[firsts[losing]] = 1
    limit = timetable.limit.copy()
    limit[timetable.overflow_row] = _MANY
    columns = replace(timetable.columns, cost=lost)
    return Listed(len(timetable.weeks), columns, limit, Overflow.none())
