"""What the rules ask for, collected in the words of the week.

A rule's `encode` speaks to a `Model` in this small vocabulary; no rule sees a solver
variable. `timetable` turns the collection into weeks to choose from, `seating` into stations.
Costs are whole numbers: a rule gives its own unit, the model applies the center's weight and
files the result under the center's tier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.calendar import Turn
from domain.problem import Problem

FollowUp = Callable[[date, date], bool]
"""May a session on the second day be the next one after a session on the first?"""

DayCost = Callable[[tuple[date, ...]], int]
"""What a week's session days cost, in the rule's unit."""

PROMISES = 0
"""The tier of broken promises: before everything that a center can order."""


@dataclass(frozen=True, slots=True)
class CountCharge:
    """A cost that depends on how many of a week's sessions fall into marked turns.
    `costs[k]` is the weighed cost of k such sessions; its last entry stands for more."""

    tier: int
    turns: frozenset[Turn]
    costs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DayCharge:
    """A cost of a week's set of session days."""

    tier: int
    weight: int
    cost: DayCost


@dataclass(frozen=True, slots=True)
class Excess:
    """A cost for every patient above `free` in a zone, summed over the turns."""

    tier: int
    weight: int
    zone: str
    turns: tuple[Turn, ...]
    free: int


@dataclass(frozen=True, slots=True)
class Together:
    """A cost for every turn in which exactly one of two patients sits."""

    tier: int
    weight: int
    first: str
    second: str


class Model:
    """The collection. Everything a rule does not forbid is allowed and free of cost."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.stations: tuple[str, ...] = tuple(problem.station)
        self.bit = {code: 1 << index for index, code in enumerate(self.stations)}
        self.every_station = (1 << len(self.stations)) - 1
        self.barred: defaultdict[str, set[Turn]] = defaultdict(set)
        self.seats: dict[tuple[str, Turn], int] = {}
        self.follow_ups: defaultdict[str, list[FollowUp]] = defaultdict(list)
        self.counts: dict[tuple[str, date], range] = {}
        self.promises: defaultdict[str, list[Turn]] = defaultdict(list)
        self.turn_charges: defaultdict[tuple[str, int], defaultdict[Turn, int]]
        self.turn_charges = defaultdict(lambda: defaultdict(int))
        self.count_charges: defaultdict[tuple[str, date], list[CountCharge]] = defaultdict(list)
        self.day_charges: defaultdict[str, list[DayCharge]] = defaultdict(list)
        self.shift_charges: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self.missing_charges: defaultdict[tuple[str, date], list[tuple[int, tuple[int, ...]]]]
        self.missing_charges = defaultdict(list)
        self.zone_limits: dict[tuple[str, Turn], int] = {}
        self.one_zone = False
        self.one_per_station = False
        self.excesses: list[Excess] = []
        self.together: list[Together] = []
        self.homes: defaultdict[tuple[str, Turn], list[tuple[int, int, int]]] = defaultdict(list)
        self.spread: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)

    # --- what is forbidden ------------------------------------------------------------------

    def bar(self, patient: str, turn: Turn) -> None:
        """The patient may not sit in the turn."""
        self.barred[patient].add(turn)

    def mask(self, stations: Iterable[str]) -> int:
        """A set of stations as bits, the form in which `restrict` takes it."""
        return sum(self.bit[code] for code in set(stations))

    def restrict(self, patient: str, turn: Turn, stations: int) -> None:
        """The patient may sit in the turn only at these stations."""
        key = (patient, turn)
        self.seats[key] = self.seats.get(key, self.every_station) & stations

    def space(self, patient: str, legal: FollowUp) -> None:
        """Of two sessions in a row, the days must be legal."""
        self.follow_ups[patient].append(legal)

    def count(self, patient: str, monday: date, sessions: range) -> None:
        """A week that is planned at all has this many sessions."""
        self.counts[patient, monday] = sessions

    def promise(self, patient: str, turn: Turn, station: str | None) -> None:
        """The patient must sit in the turn; breaking it costs more than anything else."""
        self.promises[patient].append(turn)
        if station is not None:
            self.restrict(patient, turn, self.bit[station])

    def limit_zone(self, zone: str, turn: Turn, patients: int) -> None:
        """At most this many patients sit in the zone in the turn."""
        key = (zone, turn)
        self.zone_limits[key] = min(patients, self.zone_limits.get(key, patients))

    # --- what costs -------------------------------------------------------------------------

    def charge(self, rule: str, patient: str, turn: Turn, cost: int) -> None:
        """Sitting in the turn costs."""
        tier, weight = self._price(rule)
        if cost:
            self.turn_charges[patient, tier][turn] += cost * weight

    def charge_count(
        self, rule: str, patient: str, monday: date, turns: Iterable[Turn], costs: Sequence[int]
    ) -> None:
        """k sessions of the week in these turns cost `costs[k]`."""
        tier, weight = self._price(rule)
        weighed = tuple(cost * weight for cost in costs)
        self.count_charges[patient, monday].append(CountCharge(tier, frozenset(turns), weighed))

    def charge_shifts(self, rule: str, patient: str) -> None:
        """Every shift beyond the first that the patient has in a week costs one unit."""
        self.shift_charges[patient].append(self._price(rule))

    def charge_days(self, rule: str, patient: str, cost: DayCost) -> None:
        """The week's set of session days costs; an unplaced week does not."""
        tier, weight = self._price(rule)
        self.day_charges[patient].append(DayCharge(tier, weight, cost))

    def charge_missing(
        self, rule: str, patient: str, monday: date, costs: Mapping[int, int]
    ) -> None:
        """A week with k sessions, 0 for an unplaced one, costs `costs[k]`, nothing above."""
        tier, weight = self._price(rule)
        table = tuple(costs.get(k, 0) * weight for k in range(max(costs, default=0) + 1))
        self.missing_charges[patient, monday].append((tier, table))

    def charge_excess(self, rule: str, zone: str, turns: tuple[Turn, ...], free: int) -> None:
        """Every patient above `free` in the zone, summed over the turns, costs one unit."""
        self.excesses.append(Excess(*self._price(rule), zone, turns, free))

    def charge_apart(self, rule: str, first: str, second: str, times: int) -> None:
        """Every turn in which exactly one of the two sits costs `times` units."""
        tier, weight = self._price(rule)
        self.together.append(Together(tier, weight * times, first, second))

    def charge_away(self, rule: str, patient: str, turn: Turn, homes: Iterable[str]) -> None:
        """Sitting in the turn at any other station than these costs one unit."""
        self.homes[patient, turn].append((*self._price(rule), self.mask(homes)))

    def charge_spread(self, rule: str, patient: str) -> None:
        """Every station beyond the first that the patient uses in a week costs one unit."""
        self.spread[patient].append(self._price(rule))

    def _price(self, rule: str) -> tuple[int, int]:
        row = self.problem.row(rule)
        if row.tier is None or row.weight is None:
            raise ValueError(f"rule {rule} has a cost but no tier and weight")
        return row.tier, row.weight

    # --- what the collection says -----------------------------------------------------------

    def allowed(self, patient: str, turn: Turn) -> int:
        """The stations at which the patient may sit in the turn, as bits; 0 if barred."""
        if turn in self.barred.get(patient, ()):
            return 0
        return self.seats.get((patient, turn), self.every_station)

    def names(self, stations: int) -> tuple[str, ...]:
        """The stations of a set of bits."""
        return tuple(code for code in self.stations if stations & self.bit[code])
