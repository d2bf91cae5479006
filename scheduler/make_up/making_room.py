"""Others who could come at another time, so that a full turn has a seat: as few as will do.

A chain: somebody leaves the full turn for another one; if that is full too, somebody leaves that
one, and so on to a turn with room. Chains are gone through from the shortest on, for each turn on
the way only some of the ways to it: what is found is judged by all rules, what is not found need
not be impossible.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from domain.calendar import Turn
from domain.plan import Assignment, Plan
from scheduler.make_up.floor import Ground, Hall
from scheduler.open_seats import Cell
from scheduler.weeks import may_follow

LONGEST = 3
"""Other people whom one offer may ask to come at another time."""
_MOST = 12
"""Chains of one length that are tried."""
_WAYS = 4
"""Chains to one turn that are followed further."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Somebody leaves a seat for another turn."""

    row: Assignment
    to: Turn


class RoomMaker:
    """Who could leave which turn for which other; what is found is kept."""

    def __init__(self, there: Ground, plan: Plan, gone: frozenset[Turn], patient: str) -> None:
        self._there = there
        self._plan = plan
        self._ahead = tuple(turn for turn in there.problem.turns if turn not in gone)
        self._patient = patient
        self._ways: dict[Cell, tuple[_Step, ...]] = {}

    def rooms(self, hall: Hall, cell: Cell) -> Iterator[tuple[int, Hall]]:
        """Halls in which the cell has a seat, with how many others come at another time: the
        fewest first, on the same day before days near by."""
        chains: list[tuple[_Step, ...]] = [()]
        for length in range(1, LONGEST + 1):
            ready: list[tuple[_Step, ...]] = []
            longer: list[tuple[_Step, ...]] = []
            seen: Counter[Cell] = Counter({cell: _WAYS})
            for chain in chains:
                for step in self._from(hall, _end(self._there, chain, cell)):
                    if step.row.patient in {one.row.patient for one in chain}:
                        continue
                    reached = (self._there.cell(step.row)[0], step.to)
                    if hall.room(reached) > 0:
                        ready.append((*chain, step))
                    elif seen[reached] < _WAYS:
                        seen[reached] += 1
                        longer.append((*chain, step))
            found = (self._made(hall, chain) for chain in sorted(ready, key=_distance)[:_MOST])
            yield from ((length, one) for one in found if one is not None)
            chains = longer

    def _from(self, hall: Hall, cell: Cell) -> tuple[_Step, ...]:
        if cell not in self._ways:
            self._ways[cell] = tuple(
                _Step(row, turn)
                for row in hall.cells.get(cell, {}).values()
                if row.patient != self._patient
                for turn in self._ahead
                if turn != row.turn and self._may(row, turn)
            )
        return self._ways[cell]

    def _may(self, row: Assignment, turn: Turn) -> bool:
        """May the patient have the turn instead, as far as turns and rest days go? Whatever else
        there is, the judge says."""
        there, patient = self._there, row.patient
        if not there.model.allowed(patient, turn) & there.model.mask(
            there.problem.zone_stations[there.cell(row)[0]]
        ):
            return False
        if row.turn in there.model.promises.get(patient, ()):
            return False
        others = [one.day for one in self._plan.by_patient[patient] if one != row]
        history = [one.day for one in there.problem.history.get(patient, ())]
        if turn.day in others:
            return False
        days = (*history[-1:], *sorted((*others, turn.day)))
        return all(may_follow(there.model, patient, first, then) for first, then in pairwise(days))

    def _made(self, hall: Hall, chain: tuple[_Step, ...]) -> Hall | None:
        """The last one moves first: then each finds the seat that the next has left."""
        found: Hall | None = hall
        for step in reversed(chain):
            zone, _ = self._there.cell(step.row)
            likes = [one.station for one in self._plan.by_patient[step.row.patient]]
            if found is not None:
                left = found.without(step.row)
                found = left.seated(step.row.patient, (zone, step.to), likes)
        return found


def _end(there: Ground, chain: tuple[_Step, ...], cell: Cell) -> Cell:
    """The cell that the chain has made full, from which the next one leaves."""
    if not chain:
        return cell
    last = chain[-1]
    return there.cell(last.row)[0], last.to


def _distance(chain: tuple[_Step, ...]) -> tuple[int, int, tuple[Assignment, ...]]:
    """Days between old and new turns, then shifts changed."""
    days = sum(abs((step.to.day - step.row.day).days) for step in chain)
    shifts = sum(step.to.shift != step.row.shift for step in chain)
    return days, shifts, tuple(step.row for step in chain)
