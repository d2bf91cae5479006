"""From a model to seating programs: one for each zone of a settled timetable, or one for all
weeks that the timetable's tiers leave open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from domain.calendar import Turn, days_from
from scheduler.matching import match
from scheduler.model import Model
from scheduler.options import NEVER, Option, SeatPrices, Weekful, shared_rows
from scheduler.program import Columns, Ints, Overflow
from scheduler.seating import Seating
from scheduler.tiers import Block, Staircase
from scheduler.timetable import Timetable


class Prices:
    """What the rules on stations charge, with earlier tiers outweighing later ones."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.factor = _factors(model)

    @property
    def tiers(self) -> tuple[int, ...]:
        """The tiers that seating can cost something in, first to last."""
        return tuple(sorted(self.factor))

    @property
    def block(self) -> Block:
        """The same tiers as a block of their own."""
        return Block(tuple(range(len(self.factor))), tuple(self.factor[t] for t in self.tiers))

    def spread(self, patient: str) -> int:
        """Of every station beyond the first."""
        return sum(w * self.factor[tier] for tier, w in self._model.spread.get(patient, ()))

    def seat(self, patient: str, turn: Turn, allowed: int, stations: Iterable[str]) -> list[int]:
        """Of every station, `NEVER` where it is not among those allowed, as bits."""
        model = self._model
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
    inside = model.mask(stations)
    options = [
        Option(
            group,
            mark=0,
            turns=tuple(number[turn] for turn in who[patient]),
            allowed=tuple(model.allowed(patient, turn) & inside for turn in who[patient]),
        )
        for group, patient in enumerate(patients)
    ]
    room = 1 if model.one_per_station else len(who)
    return Seating(
        turns=turns,
        stations=stations,
        patients=patients,
        weekfuls=weekfuls_of(prices, turns, stations, patients, options),
        first_slot=0,
        limit=np.full(len(turns) * len(stations), room, np.int64),
        overflow=Overflow.none(),
    )


def open_seating(model: Model, prices: Prices, timetable: Timetable, stairs: Staircase) -> Seating:
    """The program over all zones and all weeks that the settled tiers leave open: its optimum
    is the best seating of all timetables that are as good as the one found."""
    turns, stations = model.problem.turns, model.stations
    number = {turn: index for index, turn in enumerate(turns)}
    patients = tuple(weeks.patient for weeks in timetable.weeks)
    first_slot = len(timetable.limit)
    first_budget = first_slot + len(turns) * len(stations)
    room = 1 if model.one_per_station else len(patients)
    budgets = stairs.budgets
    options = []
    for column in stairs.open_columns.tolist():
        group = int(timetable.columns.group[column])
        _, berths = timetable.berths(column)
        spent = ((first_budget + b, int(cost[column])) for b, (cost, _) in enumerate(budgets))
        rows = (*timetable.entries(column), *((row, cost) for row, cost in spent if cost))
        on = tuple(number[berth.turn] for berth in berths)
        options.append(Option(group, column, on, tuple(berth.seats for berth in berths), rows))
    return Seating(
        turns=turns,
        stations=stations,
        patients=patients,
        weekfuls=weekfuls_of(prices, turns, stations, patients, options),
        first_slot=first_slot,
        limit=np.concatenate(
            [
                timetable.limit,
                np.full(first_budget - first_slot, room, np.int64),
                stairs.allowances,
            ]
        ),
        overflow=stairs.overflow(np.zeros_like(timetable.overflow_row)),
    )


def start_open(program: Seating, chosen: Ints, seats: Mapping[tuple[str, Turn], str]) -> Columns:
    """A known plan as a choice of the program: the chosen columns and who sits where."""
    wanted = frozenset(chosen.tolist())
    at = {station: index for index, station in enumerate(program.stations)}
    parts = []
    for weekful in program.weekfuls:
        for i, option in enumerate(weekful.options):
            if option.mark in wanted:
                patient = program.patients[option.group]
                mine = tuple(at[seats[patient, program.turns[t]]] for t in option.turns)
                parts.append(program.column(weekful, i, mine))
    joined = Columns.join(parts)
    return joined.take(np.argsort(joined.group, kind="stable"))


def weekfuls_of(
    prices: SeatPrices,
    turns: tuple[Turn, ...],
    stations: tuple[str, ...],
    patients: tuple[str, ...],
    options: Iterable[Option],
) -> tuple[Weekful, ...]:
    """Options by how many sessions they have, each station at its price."""
    by_size: defaultdict[int, list[Option]] = defaultdict(list)
    for option in options:
        by_size[len(option.turns)].append(option)

    @cache
    def seat(group: int, turn: int, allowed: int) -> list[int]:
        return prices.seat(patients[group], turns[turn], allowed, stations)

    return tuple(
        Weekful(
            options=tuple(mine),
            group=np.array([o.group for o in mine], np.int64),
            turns=np.array([o.turns for o in mine], np.int64).reshape(len(mine), size),
            seat=np.array(
                [
                    [seat(o.group, t, a) for t, a in zip(o.turns, o.allowed, strict=True)]
                    for o in mine
                ],
                np.int64,
            ).reshape(len(mine), size, len(stations)),
            spread=np.array([prices.spread(patients[o.group]) for o in mine], np.int64),
            shared=shared_rows(mine),
        )
        for size, mine in sorted(by_size.items())
    )


def start_seating(program: Seating) -> Columns:
    """A legal seating of a zone, of which capacity rows have made sure that there is one."""
    seating = seat_somehow(program)
    if seating is None:
        raise ValueError("the zone's timetable cannot be seated")
    return seating


def seat_somehow(program: Seating) -> Columns | None:
    """A legal seating for a program with one option for each patient: the cheaper of going
    turn by turn and of giving out whole weeks first; `None` if there is none."""
    if bool((program.limit > 1).any()):
        roof = np.full(program.groups, np.iinfo(np.int64).max)
        return program.priced(np.zeros(len(program.limit), np.int64)).under(roof, 1)
    sitters = [
        _Sitter(option.group, option.turns, weekful.seat[i], int(weekful.spread[i]))
        for weekful in program.weekfuls
        for i, option in enumerate(weekful.options)
    ]
    if any(bool((sitter.cost >= NEVER).all(axis=1).any()) for sitter in sitters):
        return None
    whole = _whole_weeks(sitters, len(program.turns), len(program.stations))
    seatings = (_turn_by_turn(sitters, {}), _turn_by_turn(sitters, whole))
    choices = [_as_columns(program, seats) for seats in seatings if seats is not None]
    return min(choices, key=lambda chosen: int(chosen.cost.sum()), default=None)


def _as_columns(program: Seating, seats: Mapping[int, Mapping[int, int]]) -> Columns:
    parts = [
        program.column(weekful, i, tuple(seats[option.group][t] for t in option.turns))
        for weekful in program.weekfuls
        for i, option in enumerate(weekful.options)
    ]
    joined = Columns.join(parts)
    return joined.take(np.argsort(joined.group, kind="stable"))


@dataclass(frozen=True, slots=True)
class _Sitter:
    """One patient to be seated."""

    group: int
    turns: tuple[int, ...]
    cost: Ints
    spread: int


def _whole_weeks(sitters: list[_Sitter], turns: int, stations: int) -> dict[int, int]:
    """Group -> one station for the whole week, for whom that works out.

    Those with a home first, then the largest crowds with the same turns: always at the first
    station that will do, so that what stays free lies together for the irregular weeks.
    """
    alike = Counter(sitter.turns for sitter in sitters)
    free = np.ones((turns, stations), np.bool_)
    given: dict[int, int] = {}

    def rank(sitter: _Sitter) -> tuple[bool, int, tuple[int, ...], int, int]:
        legal = sitter.cost[0][sitter.cost[0] < NEVER]
        no_home = bool(legal.min() == legal.max())
        return no_home, -alike[sitter.turns], sitter.turns, len(legal), sitter.group

    for sitter in sorted(sitters, key=rank):
        cost = sitter.cost.sum(axis=0)
        fits = np.flatnonzero(free[list(sitter.turns)].all(axis=0) & (cost <= sitter.spread))
        if len(fits):
            best = int(fits[np.argmin(cost[fits])])
            free[list(sitter.turns), best] = False
            given[sitter.group] = best
    return given


def _turn_by_turn(
    sitters: list[_Sitter], given: Mapping[int, int]
) -> dict[int, dict[int, int]] | None:
    """Group -> turn -> station, each turn a matching around the stations given already;
    `None` if those leave no room for the others."""
    here: defaultdict[int, list[tuple[_Sitter, Ints]]] = defaultdict(list)
    for sitter in sitters:
        for k, turn in enumerate(sitter.turns):
            here[turn].append((sitter, sitter.cost[k]))
    taken: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for turn, there in sorted(here.items()):
        fixed = [given[sitter.group] for sitter, _ in there if sitter.group in given]
        rest = [(sitter, cost) for sitter, cost in there if sitter.group not in given]
        taken_now = {
            sitter.group: given[sitter.group] for sitter, _ in there if sitter.group in given
        }
        if rest:
            costs = np.array([_with_habit(c, s.spread, taken[s.group]) for s, c in rest])
            costs[:, fixed] = NEVER
            stations = match(costs, NEVER)
            if stations is None:
                return None
            taken_now.update({s.group: at for (s, _), at in zip(rest, stations, strict=True)})
        for group, station in taken_now.items():
            taken[group][turn] = station
    return taken


def _with_habit(cost: Ints, spread: int, seats: Mapping[int, int]) -> Ints:
    used = list(set(seats.values()))
    if not used:
        return cost
    dearer = cost + spread
    dearer[used] = cost[used]
    return dearer
