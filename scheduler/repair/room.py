"""Who sits where in the week, how much room every turn has, and which turns have too little.

What the plan in force has beyond a limit, because somebody decided so by hand, is not a trouble:
such a limit is raised to what is planned, unless a trouble lowers it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.calendar import Turn
from domain.center import Closure, Modality
from domain.plan import Assignment
from domain.problem import Problem
from scheduler.capacity_rows import capacity_rows
from scheduler.model import Model
from scheduler.open_seats import Cell
from scheduler.planner import build_model
from scheduler.repair.situation import Situation
from scheduler.rules.rule import Rule
from scheduler.targets import narrowed


@dataclass(frozen=True, slots=True)
class Crowd:
    """Patients of whom so many cannot stay where they sit."""

    patients: tuple[str, ...]
    excess: int


@dataclass(frozen=True)
class Room:
    """`model` knows the center's places and no patient. `crowd` are the sessions planned in each
    cell, `limits` what a cell may take where that is less than its stations, `short` the
    cells that a trouble leaves with less room than before."""

    situation: Situation
    model: Model
    crowd: Mapping[Cell, tuple[Assignment, ...]]
    limits: Mapping[Cell, int]
    short: frozenset[Cell]
    able: dict[tuple[Cell, Modality | None], int]

    def seats(self, row: Assignment) -> int:
        """The stations, as bits, at which the patient of a planned session may sit in its turn
        and zone. Who sits by now, or is not known, stays; 0 if there is none any more.

        Only four rules speak of stations: the infection zone, which the row keeps, the
        machine's abilities, promises, and what is open.
        """
        problem = self.situation.problem
        own = self.model.bit[row.station]
        if row.turn not in self.situation.turns:
            return own
        if row.patient not in problem.patient:
            return own
        kept = own if problem.is_open(row.station, row.turn) else 0
        for lock in problem.locks.get(row.patient, ()):
            if lock.turn == row.turn and lock.station is not None:
                return self.model.bit[lock.station] | kept
        prescription = problem.prescription(row.patient, row.day)
        kind = prescription.modality if prescription else None
        return self.able_in((problem.station[row.station].zone, row.turn), kind) | kept

    def able_in(self, cell: Cell, kind: Modality | None) -> int:
        """The open stations of a cell that can do a modality, as bits."""
        key = (cell, kind)
        if key not in self.able:
            self.able[key] = self.model.mask(self._able(cell, kind))
        return self.able[key]

    def _able(self, cell: Cell, kind: Modality | None) -> Iterator[str]:
        problem = self.situation.problem
        zone, turn = cell
        for station in problem.zone_stations[zone]:
            abilities = problem.abilities(station, turn.day)
            fit = kind is None or (abilities is not None and kind in abilities)
            if fit and problem.is_open(station, turn):
                yield station

    def crowded(self) -> Iterator[Crowd]:
        """Who sits in a cell that cannot seat all of them, as far as they depend on the places
        that are too few there; and who cannot sit in the turn at all."""
        for cell in sorted(self.short):
            seats = {row.patient: self.seats(row) for row in self.crowd[cell]}
            lost = tuple(patient for patient, mask in seats.items() if not mask)
            if lost:
                yield Crowd(lost, len(lost))
            masks = [mask for mask in seats.values() if mask]
            for row in capacity_rows(self.model, *cell, masks):
                inside = [p for p, mask in seats.items() if mask and mask | row.seats == row.seats]
                if len(inside) > row.limit:
                    yield Crowd(tuple(inside), len(inside) - row.limit)


def room_of(situation: Situation, rules: Iterable[Rule]) -> Room:
    """The room that the situation leaves."""
    problem = situation.problem
    model = build_model(narrowed(problem, frozenset()), rules)
    crowd = _crowd(situation)
    short = frozenset(cell for cell, rows in crowd.items() if _is_short(situation, cell, rows))
    cut = frozenset(situation.cut)
    limits = {
        cell: limit if cell in short else max(limit, len(set(crowd.get(cell, ())) - cut))
        for cell, limit in model.zone_limits.items()
    }
    model.zone_limits = limits
    return Room(situation, model, crowd, limits, short, {})


def _crowd(situation: Situation) -> dict[Cell, tuple[Assignment, ...]]:
    found: defaultdict[Cell, list[Assignment]] = defaultdict(list)
    station = situation.problem.station
    for row in situation.rows:
        found[station[row.station].zone, row.turn].append(row)
    return {cell: tuple(sorted(rows)) for cell, rows in found.items()}


def _is_short(situation: Situation, cell: Cell, rows: Iterable[Assignment]) -> bool:
    """True if in a cell still to begin a trouble shuts something or keeps nurses away, or a
    planned station is shut for whatever reason."""
    before, after = situation.before, situation.problem
    zone, turn = cell
    if turn not in situation.turns:
        return False
    stated = before.register.closures
    fresh = after.register.closures[len(stated) :]
    if any(_shuts(one, after, zone, turn) for one in fresh):
        return True
    if before.nurses(zone, turn) != after.nurses(zone, turn):
        return True
    return any(not after.is_open(row.station, turn) for row in rows)


def _shuts(closure: Closure, problem: Problem, zone: str, turn: Turn) -> bool:
    stations = problem.zone_stations[zone]
    return any(closure.shuts(turn, problem.station[code]) for code in stations)
