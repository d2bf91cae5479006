"""From a model to seating programs: one for each zone of a settled timetable, or one for all
weeks that the timetable's tiers leave open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from domain.calendar import Turn, days_from
from scheduler.matching import match
from scheduler.model import Model
from scheduler.program import Columns, Ints, Overflow
from scheduler.seating import NEVER, Option, Seating, Weekful


class Prices:
    """What the rules on stations charge, with earlier tiers outweighing later ones."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.factor = _factors(model)

    @property
    def tiers(self) -> tuple[int, ...]:
        """The tiers that seating can cost something in, first to last."""
        return tuple(sorted(self.factor))

    def spread(self, patient: str) -> int:
        """Of every station beyond the first."""
        return sum(w * self.factor[tier] for tier, w in self._model.spread.get(patient, ()))

    def seat(self, patient: str, turn: Turn, stations: Iterable[str]) -> list[int]:
        """Of every station, `NEVER` where the patient may not sit."""
        model = self._model
        allowed = model.allowed(patient, turn)
        homes = [(w * self.factor[t], mask) for t, w, mask in model.homes.get((patient, turn), ())]
        costs = []
        for station in stations:
            bit = model.bit[station]
            away = sum(cost for cost, mask in homes if not bit & mask)
            costs.append(away if bit & allowed else NEVER)
        return costs


def _factors(model: Model) -> dict[int, int]:
    worst: Counter[int] = Counter()
    for homes in model.homes.values():
        worst.update({tier: weight for tier, weight, _ in homes})
    for prices in model.spread.values():
        worst.update({tier: weight * len(model.problem.turns) for tier, weight in prices})
    factors: dict[int, int] = {}
    outweigh = 1
    for tier in sorted(worst, reverse=True):
        factors[tier] = outweigh
        outweigh *= 1 + worst[tier]
    return factors


def zone_seating(
    model: Model, prices: Prices, monday: date, zone: str, who: Mapping[str, tuple[Turn, ...]]
) -> Seating:
    """The program of one zone in one week, when everybody's turns are settled."""
    week = frozenset(days_from(monday, 7))
    turns = tuple(turn for turn in model.problem.turns if turn.day in week)
    stations = model.problem.zone_stations[zone]
    number = {turn: index for index, turn in enumerate(turns)}
    patients = tuple(sorted(who))
    options = [
        Option(group, 0, 0, tuple(number[turn] for turn in who[patient]))
        for group, patient in enumerate(patients)
    ]
    room = 1 if model.one_per_station else len(who)
    return Seating(
        turns=turns,
        stations=stations,
        patients=patients,
        weekfuls=_weekfuls(prices, turns, stations, patients, options),
        first_slot=0,
        limit=np.full(len(turns) * len(stations), room, np.int64),
        overflow=Overflow.none(),
    )


def _weekfuls(
    prices: Prices,
    turns: tuple[Turn, ...],
    stations: tuple[str, ...],
    patients: tuple[str, ...],
    options: Iterable[Option],
) -> tuple[Weekful, ...]:
    by_size: defaultdict[int, list[Option]] = defaultdict(list)
    for option in options:
        by_size[len(option.turns)].append(option)
    seat: dict[tuple[int, int], list[int]] = {}
    for mine in by_size.values():
        for option in mine:
            for turn in option.turns:
                if (option.group, turn) not in seat:
                    patient = patients[option.group]
                    seat[option.group, turn] = prices.seat(patient, turns[turn], stations)
    return tuple(
        Weekful(
            options=tuple(mine),
            group=np.array([o.group for o in mine], np.int64),
            cost=np.array([o.cost for o in mine], np.int64),
            turns=np.array([o.turns for o in mine], np.int64).reshape(len(mine), size),
            seat=np.array(
                [[seat[o.group, t] for t in o.turns] for o in mine], np.int64
            ).reshape(len(mine), size, len(stations)),
            spread=np.array([prices.spread(patients[o.group]) for o in mine], np.int64),
        )
        for size, mine in sorted(by_size.items())
    )


def start_seating(program: Seating) -> Columns:
    """A legal seating, turn by turn: everybody at home or where they sat before if possible.

    For a program with one option for each patient. Capacity rows have made sure that each
    turn can be seated, so each is a matching.
    """
    if bool((program.limit > 1).any()):
        roof = np.full(program.groups, np.iinfo(np.int64).max)
        return program.priced(np.zeros(len(program.limit), np.int64)).under(roof, 1)
    taken = _turn_by_turn(program)
    parts = [
        program.column(weekful, i, tuple(taken[option.group][t] for t in option.turns))
        for weekful in program.weekfuls
        for i, option in enumerate(weekful.options)
    ]
    joined = Columns.join(parts)
    return joined.take(np.argsort(joined.group, kind="stable"))


def _turn_by_turn(program: Seating) -> dict[int, dict[int, int]]:
    """Group -> turn -> station."""
    here: defaultdict[int, list[tuple[int, Ints, int]]] = defaultdict(list)
    for weekful in program.weekfuls:
        for i, option in enumerate(weekful.options):
            for k, turn in enumerate(option.turns):
                here[turn].append((option.group, weekful.seat[i, k], int(weekful.spread[i])))
    taken: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for turn, sitters in sorted(here.items()):
        cost = np.array([_with_habit(c, s, taken[group]) for group, c, s in sitters])
        for (group, _, _), station in zip(sitters, match(cost, NEVER), strict=True):
            taken[group][turn] = station
    return taken


def _with_habit(cost: Ints, spread: int, seats: Mapping[int, int]) -> Ints:
    used = list(set(seats.values()))
    if not used:
        return cost
    dearer = cost + spread
    dearer[used] = cost[used]
    return dearer


