"""How many sessions can be seated at all: one maximum flow, and its cut as the proof.

Sessions flow from patients through their days (each at most as often as a legal week has it)
into the turns they may use, there into stations, and through what the zone may take. Gaps
between days and one zone a week are left out, so what does not get through is missing in every
plan. Stations of one turn that no patient tells apart are one node: within a turn the flow is
exactly the theorem of Hall and Rado.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow

from domain.calendar import Turn
from scheduler.demand import Demand
from scheduler.model import Model
from scheduler.program import Ints

_MANY = 1 << 40
_SOURCE, _SINK = 0, 1


@dataclass(frozen=True, slots=True)
class Pit:
    """Seats of one zone and turn that a cut uses up; `stations` as bits, 0 for the whole zone."""

    zone: str
    turn: Turn
    stations: int
    seats: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Demands (by number) of whose sessions `needed` can be nowhere but in these pits."""

    demands: tuple[int, ...]
    needed: int
    pits: tuple[Pit, ...]

    @property
    def seats(self) -> int:
        """Seats of all pits together."""
        return sum(pit.seats for pit in self.pits)


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Growing lists of arcs; `turn` is the turn of an arc from a day into a turn, else -1."""

    tail: list[int]
    head: list[int]
    room: list[int]
    turn: list[int]

    def add(self, tail: int, head: int, room: int, turn: int = -1) -> None:
        self.tail.append(tail)
        self.head.append(head)
        self.room.append(room)
        self.turn.append(turn)


class SeatFlow:
    """The network of some demands; solved again for every part of them and of the turns."""

    def __init__(self, model: Model, demands: Sequence[Demand], zones: Mapping[str, int]) -> None:
        self._nodes = _SINK + 1 + len(demands)
        self._pits: dict[int, Pit] = {}
        self._whole: dict[tuple[int, int], int] = {}
        self._turns = {turn: number for number, turn in enumerate(model.problem.turns)}
        arcs = _Arcs([], [], [], [])
        for number, demand in enumerate(demands):
            arcs.add(_SOURCE, _SINK + 1 + number, min(demand.wanted, demand.longest))
        doors = self._days(arcs, demands)
        self._seats(arcs, model, doors, zones)
        self._tail = np.array(arcs.tail, np.int32)
        self._head = np.array(arcs.head, np.int32)
        self._room = np.array(arcs.room, np.int64)
        self._turn = np.array(arcs.turn, np.int64)
        self._demands = len(demands)
        self._flow = max_flow.SimpleMaxFlow()
        self._flow.add_arcs_with_capacity(self._tail, self._head, self._room)
        self._used = self._room

    def _new(self) -> int:
        self._nodes += 1
        return self._nodes - 1

    def _days(self, arcs: _Arcs, demands: Sequence[Demand]) -> dict[tuple[Turn, int], int]:
        """Patients to their days to doors, a door being a turn and a set of stations."""
        doors: dict[tuple[Turn, int], int] = {}
        for number, demand in enumerate(demands):
            nodes: dict[int, int] = {}
            for key in demand.seats.items():
                day = (key[0].day - demand.monday).days
                if not demand.on_day[day]:
                    continue
                if day not in nodes:
                    nodes[day] = self._new()
                    arcs.add(_SINK + 1 + number, nodes[day], demand.on_day[day])
                if key not in doors:
                    doors[key] = self._new()
                arcs.add(nodes[day], doors[key], 1, self._turns[key[0]])
        return doors

    def _seats(
        self,
        arcs: _Arcs,
        model: Model,
        doors: Mapping[tuple[Turn, int], int],
        zones: Mapping[str, int],
    ) -> None:
        """Doors to stations to what the zone may take in the turn."""
        by_turn: defaultdict[Turn, list[int]] = defaultdict(list)
        for turn, mask in doors:
            by_turn[turn].append(mask)
        for turn, masks in by_turn.items():
            for zone, stations in zones.items():
                parts = _parts(frozenset(masks), stations)
                if not parts:
                    continue
                hall = self._new()
                room = model.zone_limits.get((zone, turn), _MANY)
                arcs.add(hall, _SINK, room)
                self._pits[hall] = Pit(zone, turn, 0, room)
                for part in parts:
                    node = self._new()
                    size = part.bit_count() if model.one_per_station else _MANY
                    arcs.add(node, hall, size)
                    self._pits[node] = Pit(zone, turn, part, size)
                    for mask in masks:
                        if part & mask:
                            arcs.add(doors[turn, mask], node, _MANY)

    def seated(self, need: Ints, turns: Collection[Turn] | None = None) -> int:
        """Of so many sessions of each demand, how many can be seated, in these turns only."""
        room = self._room.copy()
        room[: self._demands] = np.minimum(need, room[: self._demands])
        if turns is not None:
            open_ = np.zeros(len(self._turns) + 1, np.bool_)
            open_[[self._turns[turn] for turn in turns]] = True
            room[(self._turn >= 0) & ~open_[self._turn]] = 0
        self._used = room
        self._flow.set_arcs_capacity(np.arange(len(room), dtype=np.int32), room)
        if self._flow.solve(_SOURCE, _SINK) != self._flow.OPTIMAL:
            raise RuntimeError("the maximum flow of the seats was not found")
        return int(self._flow.optimal_flow())

    def cuts(self) -> Iterator[Cut]:
        """The proof of the last answer, one cut for each part that hangs together."""
        inside = np.zeros(self._nodes, np.bool_)
        inside[self._flow.get_source_side_min_cut()] = True
        inside[_SOURCE] = False
        tails, heads = inside[self._tail], inside[self._head]
        roots = _connected(self._nodes, self._tail[tails & heads], self._head[tails & heads])
        across = np.flatnonzero(tails & ~heads)
        found: dict[int, tuple[list[int], list[Pit], list[int]]] = {}
        for number in np.flatnonzero(inside[_SINK + 1 : _SINK + 1 + self._demands]):
            root = int(roots[_SINK + 1 + number])
            found.setdefault(root, ([], [], []))[0].append(int(number))
        for arc in across:
            part = found.get(int(roots[self._tail[arc]]))
            pit = self._pits.get(int(self._tail[arc]))
            if part is not None and pit is not None:
                part[1].append(pit)
            elif part is not None:
                part[2].append(int(self._used[arc]))
        for numbers, pits, elsewhere in found.values():
            wanted = int(self._used[numbers].sum())
            yield Cut(tuple(numbers), wanted - sum(elsewhere), tuple(_merged(pits)))


def _merged(pits: Iterable[Pit]) -> Iterator[Pit]:
    """All parts of one zone and turn as one pit."""
    found: dict[tuple[str, Turn], Pit] = {}
    for pit in pits:
        key = (pit.zone, pit.turn)
        last = found.get(key, Pit(*key, 0, 0))
        found[key] = Pit(*key, last.stations | pit.stations, last.seats + pit.seats)
    yield from found.values()


@lru_cache(maxsize=1024)
def _parts(masks: frozenset[int], stations: int) -> tuple[int, ...]:
    """The stations divided so that every mask holds a part wholly or not at all; those that
    are in no mask are left out."""
    parts = [stations]
    for mask in sorted(masks):
        parts = [half for part in parts for half in (part & mask, part & ~mask) if half]
    return tuple(part for part in parts if any(part & mask for mask in masks))


def _connected(nodes: int, tails: NDArray[np.int32], heads: NDArray[np.int32]) -> Ints:
    """A root for every node, the same for nodes that arcs connect."""
    root = np.arange(nodes)
    while True:
        lower = root.copy()
        np.minimum.at(lower, tails, root[heads])
        np.minimum.at(lower, heads, root[tails])
        lower = lower[lower]
        if bool((lower == root).all()):
            return root
        root = lower
