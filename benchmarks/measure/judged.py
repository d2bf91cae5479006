"""Anybody's timetable, seated at stations and judged by our check.

Each turn is seated at any legal stations: only the timetable's costs are compared, which do
not depend on the seats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from domain.calendar import Turn
from domain.plan import Assignment, Plan
from scheduler.check import Verdict, check
from scheduler.matching import match
from scheduler.model import PROMISES, Model
from scheduler.program import Ints
from scheduler.timetable import Timetable

Session = tuple[str, str, Turn]
"""Patient, zone and turn."""

_NEVER = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """What the check says: whether the plan is legal, how many patients have fewer sessions
    than prescribed, and the cost of each tier that a timetable can cost something in."""

    legal: bool
    short: int
    cost: list[int]


def sessions_of(timetable: Timetable, chosen: Ints) -> Iterator[Session]:
    """The sessions of chosen columns."""
    for column in chosen:
        patient, berths = timetable.berths(int(column))
        for berth in berths:
            yield patient, berth.zone, berth.turn


def judged(model: Model, timetable: Timetable, sessions: Iterable[Session]) -> Judged:
    """Seats one week's sessions and judges the plan.

    Raises ValueError if the patients of a turn do not fit its stations.
    """
    problem = model.problem
    plan = Plan.of(problem.first_day, 1, _seated(model, sessions))
    return verdict_on(timetable.tiers, check(problem, plan))


def verdict_on(tiers: Iterable[int], verdict: Verdict) -> Judged:
    """The part of a verdict that is compared: of the timetable's tiers those with rules; what
    promises cost makes a plan illegal."""
    costs = verdict.tier_costs()
    own = [costs.get(tier, 0) for tier in tiers if tier != PROMISES]
    return Judged(verdict.legal, short_of(verdict), own)


def short_of(verdict: Verdict) -> int:
    """Patients with fewer sessions than prescribed."""
    return len({one.patient for one in verdict.paid if one.rule == "everyone_placed"})


def _seated(model: Model, sessions: Iterable[Session]) -> Iterator[Assignment]:
    """Turn by turn and zone by zone, at whatever legal station."""
    who: defaultdict[tuple[Turn, str], list[str]] = defaultdict(list)
    for patient, zone, turn in sessions:
        who[turn, zone].append(patient)
    for (turn, zone), patients in sorted(who.items()):
        stations = model.problem.zone_stations[zone]
        allowed = [model.allowed(patient, turn) for patient in sorted(patients)]
        free = [[0 if model.mask((s,)) & mine else _NEVER for s in stations] for mine in allowed]
        seats = match(np.array(free, np.int64), _NEVER)
        if seats is None:
            raise ValueError(f"zone {zone}, {turn}: {len(patients)} patients do not fit")
        for patient, station in zip(sorted(patients), seats, strict=True):
            yield Assignment(turn.day, turn.shift, stations[station], patient)
