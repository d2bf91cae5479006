"""Anybody's timetable, seated at stations and judged by our check.

The seats are the first legal ones that `seating` finds; only the timetable's costs are
compared, which do not depend on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.calendar import Turn
from domain.plan import Assignment, Plan
from scheduler.check import Verdict, check
from scheduler.model import Model
from scheduler.seating import build_seating, seating_factors, start_seating
from scheduler.timetable import Timetable
from scheduler.program import Ints

Session = tuple[str, str, Turn]
"""Patient, zone and turn."""


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
    return verdict_on(timetable, check(problem, plan))


def verdict_on(timetable: Timetable, verdict: Verdict) -> Judged:
    """The part of a verdict that is compared."""
    costs = verdict.tier_costs()
    return Judged(verdict.legal, short_of(verdict), [costs.get(t, 0) for t in timetable.tiers if t])


def short_of(verdict: Verdict) -> int:
    """Patients with fewer sessions than prescribed."""
    return len({one.patient for one in verdict.paid if one.rule == "everyone_placed"})


def _seated(model: Model, sessions: Iterable[Session]) -> Iterator[Assignment]:
    who: defaultdict[str, defaultdict[str, list[Turn]]] = defaultdict(lambda: defaultdict(list))
    for patient, zone, turn in sorted(sessions):
        who[zone][patient].append(turn)
    factors = seating_factors(model)
    for zone, mine in sorted(who.items()):
        turns = {patient: tuple(own) for patient, own in mine.items()}
        program = build_seating(model, model.problem.turns, zone, turns, factors)
        for patient, turn, station in program.seats(start_seating(program)):
            yield Assignment(turn.day, turn.shift, station, patient)
