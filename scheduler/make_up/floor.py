"""The stations of a week as they are taken, and how one more patient finds a seat.

Only seats: whether the patient may have the turn at all is asked before, and every answer is
judged by all rules afterwards.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from domain.calendar import Turn
from domain.changes import changes
from domain.draft import Move
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.check import enabled
from scheduler.model import Model
from scheduler.open_seats import Cell, OpenSeats
from scheduler.planner import build_model
from scheduler.rules import RULES

UNMENDED = frozenset({"longest_gap", "every_other_day"})
"""Rules that a session may break by having been missed, so that no place can keep them."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A problem as the search for seats needs it: who may sit where, and how many in a zone."""

    problem: Problem
    model: Model
    supply: OpenSeats

    def allowed(self, patient: str, turn: Turn, zone: str) -> tuple[str, ...]:
        """The stations of the zone at which the patient may sit in the turn."""
        mask = self.model.mask(self.problem.zone_stations[zone])
        return self.model.names(self.model.allowed(patient, turn) & mask)

    def cell(self, row: Assignment) -> Cell:
        """The zone and turn of a seat."""
        return self.problem.station[row.station].zone, row.turn


def ground(problem: Problem, spared: frozenset[str] = frozenset()) -> Ground:
    """From the rules that the center has switched on, those on gaps and those `spared` left
    out."""
    left_out = UNMENDED | spared
    rules = tuple(rule for rule in enabled(problem) if rule.name not in left_out)
    return Ground(problem, build_model(problem, rules), OpenSeats(problem, RULES))


@dataclass(frozen=True, slots=True)
class Hall:
    """Who sits where: for each zone and turn, by station. Never changed, only copied."""

    there: Ground
    cells: Mapping[Cell, Mapping[str, Assignment]]

    def room(self, cell: Cell) -> int:
        """How many more the zone takes in the turn, by stations, holds and nurses."""
        stations, held, unstaffed = self.there.supply.of(*cell).split(None)
        return stations - held - unstaffed - len(self.cells.get(cell, {}))

    def without(self, row: Assignment) -> Hall:
        """The hall when somebody has left."""
        cell = self.there.cell(row)
        rest = {at: one for at, one in self.cells.get(cell, {}).items() if one != row}
        return Hall(self.there, {**self.cells, cell: rest})

    def seated(self, patient: str, cell: Cell, likes: Iterable[str]) -> Hall | None:
        """The hall with one more patient in a zone's turn, or `None` if there is no seat.

        A free station that the patient likes is taken first, then any free one. Else others
        change their stations within the turn, as few as will do; nobody changes the turn.
        """
        if self.room(cell) < 1:
            return None
        zone, turn = cell
        wanted = self.there.allowed(patient, turn, zone)
        chain = self._chain(cell, tuple(dict.fromkeys((*(s for s in likes if s in wanted),
                                                       *wanted))))  # fmt: skip
        if chain is None:
            return None
        taken = dict(self.cells.get(cell, {}))
        goes = {to: taken.pop(at) for at, to in pairwise(chain)}
        taken |= {to: _at(row, to) for to, row in goes.items()}
        taken[chain[0]] = Assignment(turn.day, turn.shift, chain[0], patient)
        return Hall(self.there, {**self.cells, cell: taken})

    def _chain(self, cell: Cell, order: tuple[str, ...]) -> tuple[str, ...] | None:
        """Stations from the newcomer's to a free one: each one's patient goes to the next."""
        zone, turn = cell
        taken = self.cells.get(cell, {})
        free = next((station for station in order if station not in taken), None)
        if free is not None:
            return (free,)
        queue: deque[tuple[str, ...]] = deque((station,) for station in order)
        seen = set(order)
        while queue:
            chain = queue.popleft()
            for station in self.there.allowed(taken[chain[-1]].patient, turn, zone):
                if station not in taken:
                    return (*chain, station)
                if station not in seen:
                    seen.add(station)
                    queue.append((*chain, station))
        return None


def hall_of(there: Ground, plan: Plan) -> Hall:
    """The hall of a plan, which seats nobody twice."""
    cells: dict[Cell, dict[str, Assignment]] = {}
    for row in plan.assignments:
        cells.setdefault(there.cell(row), {})[row.station] = row
    return Hall(there, cells)


def moves_between(before: Hall, after: Hall) -> tuple[Move, ...]:
    """What turns one hall into the other, by patient and date."""
    touched = [cell for cell, rows in after.cells.items() if before.cells.get(cell) is not rows]
    old = {row for cell in touched for row in before.cells.get(cell, {}).values()}
    new = {row for cell in touched for row in after.cells[cell].values()}
    monday = before.there.problem.first_day
    weeks = before.there.problem.weeks
    lost, gained = Plan.of(monday, weeks, old - new), Plan.of(monday, weeks, new - old)
    return tuple(Move(one.before, one.after) for one in changes(lost, gained))


def _at(row: Assignment, station: str) -> Assignment:
    return Assignment(row.day, row.shift, station, row.patient)
