"""The same timetable as a model that speaks of single sessions, built from the rules' model.

A binary says that a patient sits in a turn and zone, another on which days the patient comes;
what the rules charge is expressed by linear rows. No week is listed, so the program is much
smaller and its relaxation weaker. For one week only, since it knows no week's border.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np

from benchmarks.measure.judged import Session
from benchmarks.peers.linear import Floats, Linear
from domain.calendar import Turn
from scheduler.capacity_rows import capacity_rows
from scheduler.model import PROMISES, CountCharge, Model
from scheduler.program import Ints
from scheduler.timetable import Timetable
from scheduler.weeks import Weeks

Walk = tuple[date, ...]


@dataclass(slots=True)
class _Draft:
    """A program in the making."""

    tiers: tuple[int, ...]
    cost: list[dict[int, int]] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, int]] = field(default_factory=list)

    def variable(self, *, whole: bool = True, upper: float = 1) -> int:
        """A new one, from 0 up, without cost."""
        self.cost.append({})
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def charge(self, variable: int, tier: int, cost: int) -> None:
        """Each unit of the variable costs this much."""
        mine = self.cost[variable]
        mine[tier] = mine.get(tier, 0) + cost

    def row(
        self, entries: Iterable[tuple[int, int]], *, least: float = -np.inf, most: float = np.inf
    ) -> None:
        """The sum of the entries (variable, coefficient) lies between these."""
        number = len(self.least)
        self.entries.extend((number, variable, value) for variable, value in entries)
        self.least.append(least)
        self.most.append(most)


@dataclass(frozen=True, slots=True)
class SessionModel:
    """The program, and where in it the sessions and the session days of each week are."""

    linear: Linear
    sits: dict[Session, int]
    walks: dict[tuple[str, Walk], int]

    def start(self, timetable: Timetable, chosen: Ints) -> Floats:
        """Chosen columns as a solution: sessions and days are set, what follows is left open."""
        values = np.full(len(self.linear.upper), np.nan)
        values[[*self.sits.values(), *self.walks.values()]] = 0.0
        for column in chosen:
            patient, berths = timetable.berths(int(column))
            values[[self.sits[patient, one.zone, one.turn] for one in berths]] = 1.0
            values[self.walks[patient, tuple(sorted(one.turn.day for one in berths))]] = 1.0
        return values


def session_model(model: Model, timetable: Timetable) -> SessionModel:
    """Raises ValueError for a horizon of several weeks."""
    if model.problem.weeks != 1:
        raise ValueError("the session model plans one week")
    draft = _Draft(timetable.tiers)
    sits: dict[Session, int] = {}
    walks: dict[tuple[str, Walk], int] = {}
    for weeks in timetable.weeks:
        _Week(model, draft, weeks).draw(sits, walks)
    seats = {
        (weeks.patient, one.zone, one.turn): one.seats
        for weeks in timetable.weeks
        for one in weeks.berths
    }
    _share(model, draft, sits, seats)
    return SessionModel(_finished(draft, sits), sits, walks)


def _finished(draft: _Draft, sits: dict[Session, int]) -> Linear:
    session = {variable: key for key, variable in sits.items()}
    row, at, value = np.array(draft.entries, np.int64).reshape(-1, 3).T
    cost = [[mine.get(tier, 0) for tier in draft.tiers] for mine in draft.cost]
    return Linear(
        tier_cost=np.array(cost, np.int64),
        upper=np.array(draft.upper),
        whole=np.array(draft.whole, np.bool_),
        least=np.array(draft.least),
        most=np.array(draft.most),
        row=row,
        at=at,
        value=value,
        sessions=lambda ones: [session[one] for one in ones.tolist() if one in session],
    )


class _Week:
    """One patient's week."""

    def __init__(self, model: Model, draft: _Draft, weeks: Weeks) -> None:
        self._model = model
        self._draft = draft
        self._patient = weeks.patient
        self._monday = weeks.monday
        self._berths = weeks.berths
        self._walks = _walks(weeks)
        self._sits = [draft.variable() for _ in weeks.berths]
        self._days = [draft.variable() for _ in self._walks]

    def draw(self, sits: dict[Session, int], walks: dict[tuple[str, Walk], int]) -> None:
        """All variables, rows and costs that concern nobody else."""
        for berth, variable in zip(self._berths, self._sits, strict=True):
            sits[self._patient, berth.zone, berth.turn] = variable
        for walk, variable in zip(self._walks, self._days, strict=True):
            walks[self._patient, walk] = variable
        self._come_on_days()
        self._stay_in_a_zone()
        self._pay_for_days()
        self._pay_for_turns()
        self._pay_for_shifts()
        for charge in self._count_charges():
            self._pay_for_counts(charge)

    def _come_on_days(self) -> None:
        """One set of days, and so many sessions on each as it says; one seat a turn."""
        self._draft.row([(variable, 1) for variable in self._days], least=1, most=1)
        by_day: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
        by_turn: defaultdict[Turn, list[tuple[int, int]]] = defaultdict(list)
        for berth, variable in zip(self._berths, self._sits, strict=True):
            by_day[berth.turn.day].append((variable, 1))
            by_turn[berth.turn].append((variable, 1))
        for day, entries in by_day.items():
            paces = zip(self._days, (walk.count(day) for walk in self._walks), strict=True)
            self._draft.row([*entries, *((v, -n) for v, n in paces if n)], least=0, most=0)
        for entries in by_turn.values():
            if len(entries) > 1:
                self._draft.row(entries, most=1)

    def _stay_in_a_zone(self) -> None:
        zones = sorted({berth.zone for berth in self._berths})
        if not self._model.one_zone or len(zones) < 2:
            return
        there = {zone: self._draft.variable() for zone in zones}
        self._draft.row([(variable, 1) for variable in there.values()], most=1)
        for berth, variable in zip(self._berths, self._sits, strict=True):
            self._draft.row([(variable, 1), (there[berth.zone], -1)], most=0)

    def _pay_for_days(self) -> None:
        missing = self._model.missing_charges.get((self._patient, self._monday), [])
        for walk, variable in zip(self._walks, self._days, strict=True):
            for charge in self._model.day_charges.get(self._patient, []) if walk else ():
                self._draft.charge(variable, charge.tier, charge.weight * charge.cost(walk))
            for tier, table in missing:
                if len(walk) < len(table):
                    self._draft.charge(variable, tier, table[len(walk)])

    def _pay_for_turns(self) -> None:
        for tier in self._draft.tiers:
            prices = self._model.turn_charges.get((self._patient, tier))
            for berth, variable in zip(self._berths, self._sits, strict=True):
                if prices and berth.turn in prices:
                    self._draft.charge(variable, tier, prices[berth.turn])

    def _pay_for_shifts(self) -> None:
        """Every shift used costs, and the first is free for whoever comes at all."""
        shifts = sorted({berth.turn.shift for berth in self._berths})
        for tier, weight in self._model.shift_charges.get(self._patient, ()):
            used = {shift: self._draft.variable(whole=False) for shift in shifts}
            for shift, variable in used.items():
                self._draft.charge(variable, tier, weight)
                mine = [v for b, v in zip(self._berths, self._sits, strict=True)
                        if b.turn.shift == shift]  # fmt: skip
                self._at_least_each(variable, mine)
            for walk, variable in zip(self._walks, self._days, strict=True):
                if walk:
                    self._draft.charge(variable, tier, -weight)

    def _at_least_each(self, variable: int, others: Iterable[int]) -> None:
        for other in others:
            self._draft.row([(other, 1), (variable, -1)], most=0)

    def _count_charges(self) -> list[CountCharge]:
        promised = [
            CountCharge(PROMISES, frozenset({turn}), (1, 0))
            for turn in self._model.promises.get(self._patient, ())
        ]
        return [*self._model.count_charges.get((self._patient, self._monday), ()), *promised]

    def _pay_for_counts(self, charge: CountCharge) -> None:
        """k marked sessions cost `costs[k]`: a jump and a slope where that is all there is,
        pieces that the cheapest fill first where the steps grow, else a choice of k."""
        marked = [
            variable
            for berth, variable in zip(self._berths, self._sits, strict=True)
            if berth.turn in charge.turns
        ]
        most = min(len(marked), max(len(walk) for walk in self._walks))
        costs = [charge.costs[min(k, len(charge.costs) - 1)] for k in range(most + 1)]
        steps = [then - first for first, then in pairwise(costs)]
        for variable in self._days:
            self._draft.charge(variable, charge.tier, costs[0])
        if len(set(steps[1:])) <= 1 and (len(steps) < 2 or steps[0] >= steps[1]):
            self._jump_and_slope(charge.tier, marked, steps)
        elif sorted(steps) == steps:
            pieces = [self._draft.variable(whole=False) for _ in steps]
            self._fill(charge.tier, marked, pieces, [1] * len(steps), steps)
        else:
            kinds = [self._draft.variable() for _ in steps]
            self._draft.row([(variable, 1) for variable in kinds], most=1)
            extra = [cost - costs[0] for cost in costs[1:]]
            self._fill(charge.tier, marked, kinds, list(range(1, most + 1)), extra)

    def _jump_and_slope(self, tier: int, marked: list[int], steps: Sequence[int]) -> None:
        if not steps:
            return
        slope = steps[-1]
        for variable in marked:
            self._draft.charge(variable, tier, slope)
        if steps[0] > slope:
            touched = self._draft.variable(whole=False)
            self._draft.charge(touched, tier, steps[0] - slope)
            self._at_least_each(touched, marked)

    def _fill(
        self, tier: int, marked: list[int], parts: list[int], sizes: list[int], costs: list[int]
    ) -> None:
        """The marked sessions are as many as the parts add up to; the parts cost."""
        counted = ((part, -size) for part, size in zip(parts, sizes, strict=True))
        self._draft.row([*((variable, 1) for variable in marked), *counted], least=0, most=0)
        for part, cost in zip(parts, costs, strict=True):
            self._draft.charge(part, tier, cost)


def _walks(weeks: Weeks) -> list[Walk]:
    """The sets of session days among the weeks, the empty one among them."""
    days = np.array([(berth.turn.day - weeks.monday).days for berth in weeks.berths] + [-1])
    distinct = np.unique(days[weeks.choice], axis=0)
    dates = {(berth.turn.day - weeks.monday).days: berth.turn.day for berth in weeks.berths}
    return [tuple(dates[day] for day in row if day >= 0) for row in np.sort(distinct).tolist()]


def _share(
    model: Model, draft: _Draft, sits: dict[Session, int], seats: dict[Session, int]
) -> None:
    """What patients share: stations, crowds above what is free, and company."""
    by_place: defaultdict[tuple[str, Turn], list[Session]] = defaultdict(list)
    by_turn: defaultdict[tuple[str, Turn], list[int]] = defaultdict(list)
    for session, variable in sits.items():
        patient, zone, turn = session
        by_place[zone, turn].append(session)
        by_turn[patient, turn].append(variable)
    for (zone, turn), there in by_place.items():
        for row in capacity_rows(model, zone, turn, [seats[one] for one in there]):
            depend = [sits[one] for one in there if seats[one] | row.seats == row.seats]
            draft.row([(variable, 1) for variable in depend], most=row.limit)
    for excess in model.excesses:
        there = [one for turn in excess.turns for one in by_place[excess.zone, turn]]
        above = draft.variable(whole=False, upper=np.inf)
        draft.charge(above, excess.tier, excess.weight)
        draft.row([*((sits[one], 1) for one in there), (above, -1)], most=excess.free)
    for pair in model.together:
        for turn in model.problem.turns:
            for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
                alone = draft.variable(whole=False)
                draft.charge(alone, pair.tier, pair.weight)
                here = [(variable, 1) for variable in by_turn[one, turn]]
                with_other = [(variable, -1) for variable in by_turn[other, turn]]
                draft.row([*here, *with_other, (alone, -1)], most=0)
