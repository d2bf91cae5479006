"""Stations for whoever has none once the turns are settled, with as few others moved as will do.

In a turn in which everybody without a station fits onto the free ones nobody else is asked; else
those who have to move in a seating with the fewest moved. Among them the center's own cost of
stations decides. That no fewer are moved is proven for the turns at hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from domain.calendar import Turn
from domain.plan import Assignment
from scheduler.crowd import seat_all
from scheduler.matching import match
from scheduler.open_seats import Cell
from scheduler.options import NEVER, Option
from scheduler.planner import build_model
from scheduler.program import Ints, Overflow
from scheduler.repair.question import Question
from scheduler.seating import Seating
from scheduler.stations import Prices, start_seating, weekfuls_of
from scheduler.targets import narrowed
from scheduler.weeks import Berth

Spot = tuple[str, Turn]
"""A patient in a turn."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody sits in a turn: the zone, the planned session if there was one in this
    turn, the berth chosen for it if somebody was asked, and whether the station will do."""

    zone: str
    row: Assignment | None
    berth: Berth | None
    stays: bool

    @property
    def planned(self) -> str | None:
        """The planned station."""
        return self.row.station if self.row else None


@dataclass(frozen=True, slots=True)
class Reseated:
    """The week's sessions; how many of them changed only their station, and the least number
    of such that these turns allow."""

    rows: tuple[Assignment, ...]
    moved: int
    least: int


def reseated(question: Question, berths: Mapping[str, tuple[Berth, ...]]) -> Reseated:
    """A station for every session of the week; `berths` are the turns of who was asked."""
    seating = _Reseating(question, dict(sorted(_places(question, berths))))
    seats, least = seating.seats()
    rows = (Assignment(turn.day, turn.shift, at, who) for (who, turn), at in seats.items())
    moved = sum(
        place.planned is not None and seats[spot] != place.planned
        for spot, place in seating.places.items()
    )
    return Reseated(tuple(sorted(rows)), moved, least)


def _places(
    question: Question, berths: Mapping[str, tuple[Berth, ...]]
) -> Iterator[tuple[Spot, Place]]:
    situation = question.situation
    station = situation.problem.station
    planned = {(row.patient, row.turn): row for row in situation.rows}
    for spot, row in planned.items():
        if row.patient not in berths:
            yield spot, Place(station[row.station].zone, row, None, _stays(question, row))
    for patient, mine in berths.items():
        for berth in mine:
            old = planned.get((patient, berth.turn))
            here = old is not None and station[old.station].zone == berth.zone
            stays = old is not None and here and _stays(question, old)
            yield (patient, berth.turn), Place(berth.zone, old, berth, stays)


def _stays(question: Question, row: Assignment) -> bool:
    """True if the planned station will do. Only where a trouble has struck this needs asking."""
    situation = question.situation
    cell = (situation.problem.station[row.station].zone, row.turn)
    struck = cell in question.room.short or row in situation.cut
    return not struck or situation.problem.is_open(row.station, row.turn)


class _Reseating:
    """Everybody's place, and who has to be asked for another one."""

    def __init__(self, question: Question, places: Mapping[Spot, Place]) -> None:
        self._question = question
        self._bit = question.room.model.bit
        self.places = places
        cells: defaultdict[Cell, list[Spot]] = defaultdict(list)
        for spot, place in places.items():
            cells[place.zone, spot[1]].append(spot)
        self._cells = cells
        self._asked = frozenset(spot for cell in sorted(cells) for spot in self._asked_in(cell))

    def _asked_in(self, cell: Cell) -> Iterable[Spot]:
        """Who of a zone and turn must be placed, and who else has to move for it."""
        there = self._cells[cell]
        homeless = [spot for spot in there if not self.places[spot].stays]
        if not homeless or cell[1] not in self._question.situation.turns:
            return homeless
        seated = self._matched(homeless, ~self._taken(cell, homeless))
        if seated is not None:
            return homeless
        moved = self._matched(there, ~0) or {}
        return [
            spot
            for spot in there
            if not self.places[spot].stays or moved.get(spot) != self.places[spot].planned
        ]

    def _matched(self, spots: Sequence[Spot], free: int) -> dict[Spot, str] | None:
        """Stations among the free ones for these, as few of them moved as will do; `None` if
        they do not fit."""
        zone = self.places[spots[0]].zone
        stations = self._question.situation.problem.zone_stations[zone]
        bits = [self._bit[code] for code in stations]
        costs = np.full((len(spots), len(stations)), NEVER, np.int64)
        for i, spot in enumerate(spots):
            seats = self._seats(spot) & free
            home = self.places[spot].planned if self.places[spot].stays else None
            for j, one in enumerate(bits):
                if seats & one:
                    costs[i, j] = int(home not in (None, stations[j]))
        found = match(costs, NEVER)
        if found is None:
            return None
        return {spot: stations[at] for spot, at in zip(spots, found, strict=True)}

    def _seats(self, spot: Spot) -> int:
        """The stations, as bits, that would do for a session if they were free."""
        place = self.places[spot]
        if place.berth is not None:
            return place.berth.seats
        return self._question.room.seats(place.row) if place.row is not None else 0

    def _taken(self, cell: Cell, asked: Iterable[Spot]) -> int:
        """The stations, as bits, of those who are not asked."""
        taken = 0
        for spot in set(self._cells[cell]).difference(asked):
            taken |= self._bit[self._planned(spot)]
        return taken

    def _planned(self, spot: Spot) -> str:
        station = self.places[spot].planned
        if station is None:
            raise ValueError(f"{spot} stays where it never was")
        return station

    # --- the program ------------------------------------------------------------------------

    def seats(self) -> tuple[dict[Spot, str], int]:
        """Everybody's station, and the least number of planned ones that change."""
        found = {spot: self._planned(spot) for spot in self.places if spot not in self._asked}
        least = 0
        for zone in sorted({self.places[spot].zone for spot in self._asked}):
            program, outweigh = self._program(zone)
            question = self._question
            outcome = seat_all(program, start_seating(program), question.effort, question.watch)
            found |= {(who, turn): at for who, turn, at in program.seats(outcome.columns)}
            least += outcome.bound // outweigh
        return found, least

    def _program(self, zone: str) -> tuple[Seating, int]:
        """The weeks, in one zone, of those who are asked there, and what a moved session
        costs: more than all that the center's own rules could charge together."""
        problem = self._question.situation.problem
        patients = tuple(sorted({p for p, t in self._asked if self.places[p, t].zone == zone}))
        theirs = self._turns(zone, patients)
        used = {turn for mine in theirs.values() for turn in mine}
        turns = tuple(turn for turn in problem.turns if turn in used)
        stations = problem.zone_stations[zone]
        number = {turn: index for index, turn in enumerate(turns)}
        options = [
            Option(
                group,
                mark=0,
                turns=tuple(number[turn] for turn in theirs[patient]),
                allowed=tuple(self._allowed((patient, turn)) for turn in theirs[patient]),
            )
            for group, patient in enumerate(patients)
        ]
        prices = _Prices(self._prices(patients), self.places, theirs, stations)
        program = Seating(
            turns=turns,
            stations=stations,
            patients=patients,
            weekfuls=weekfuls_of(prices, turns, stations, patients, options),
            first_slot=0,
            limit=self._room(turns, stations),
            overflow=Overflow.none(),
        )
        return program, prices.outweigh

    def _turns(self, zone: str, patients: Iterable[str]) -> dict[str, tuple[Turn, ...]]:
        """The turns that each of these patients has in the zone, in order of time."""
        found: dict[str, list[Turn]] = {patient: [] for patient in patients}
        for turn in self._question.situation.problem.turns:
            for patient, _ in self._cells.get((zone, turn), ()):
                if patient in found:
                    found[patient].append(turn)
        return {patient: tuple(mine) for patient, mine in found.items()}

    def _allowed(self, spot: Spot) -> int:
        """The stations, as bits, that are open to a session: its own, or all that nobody holds
        who is not asked."""
        if spot not in self._asked:
            return self._bit[self._planned(spot)]
        place = self.places[spot]
        cell = (place.zone, spot[1])
        return self._seats(spot) & ~self._taken(
            cell, (s for s in self._cells[cell] if s in self._asked)
        )

    def _prices(self, patients: Iterable[str]) -> Prices:
        problem = self._question.situation.problem
        known = frozenset(patients) & problem.patient.keys()
        soft = (rule for rule in self._question.rules if not rule.hard)
        return Prices(build_model(narrowed(problem, known), soft))

    def _room(self, turns: tuple[Turn, ...], stations: tuple[str, ...]) -> Ints:
        """One patient a station and turn, or as many as somebody has put there by hand."""
        room = np.ones((len(turns), len(stations)), np.int64)
        if not self._question.room.model.one_per_station:
            return room.ravel() * len(self.places)
        fixed = Counter(
            (spot[1], place.planned)
            for spot, place in self.places.items()
            if spot not in self._asked
        )
        for i, turn in enumerate(turns):
            for j, station in enumerate(stations):
                room[i, j] = max(1, fixed[turn, station])
        return room.ravel()


class _Prices:
    """The center's prices of stations, and a higher one for leaving the planned one."""

    def __init__(
        self,
        own: Prices,
        places: Mapping[Spot, Place],
        theirs: Mapping[str, tuple[Turn, ...]],
        stations: tuple[str, ...],
    ) -> None:
        self._own = own
        self._places = places
        dearest = 0
        for patient, turns in theirs.items():
            for turn in turns:
                costs = own.seat(patient, turn, ~0, stations)
                dearest += max(costs, default=0) + own.spread(patient)
        self.outweigh = 1 + dearest

    def spread(self, patient: str) -> int:
        """Of every station beyond the first."""
        return self._own.spread(patient)

    def seat(self, patient: str, turn: Turn, allowed: int, stations: Iterable[str]) -> list[int]:
        """Of every station, `NEVER` where it is not among those allowed, as bits."""
        listed = tuple(stations)
        planned = self._places[patient, turn].planned
        costs = self._own.seat(patient, turn, allowed, listed)
        return [
            cost if cost >= NEVER or planned in (None, station) else cost + self.outweigh
            for cost, station in zip(costs, listed, strict=True)
        ]
