"""Stations for an arrangement: whoever can stay at a station stays, turn by turn.

Turns that nobody joins or leaves are left alone. In the others as few people as possible change
seats, which is exact, since turns share nothing here; whoever is new takes a station of habit if
one is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

import numpy as np

from domain.calendar import Turn
from domain.plan import Assignment, Plan
from domain.why_not import Ask
from domain.words import Words, words
from scheduler.matching import match
from scheduler.options import NEVER
from scheduler.weeks import Berth
from scheduler.why_not.ground import Ground
from scheduler.why_not.said import zone_name

_MOVED = 10_000
"""What a change of seat weighs beside a station without any habit."""

Seats = Mapping[str, int]
"""Patient -> stations allowed, as bits."""


def seated(ground: Ground, berths: Mapping[str, tuple[Berth, ...]]) -> Plan | None:
    """The plan with these people in these berths and all others where they were; `None` where
    the plan in force sits people so that its own turns cannot be seated."""
    rows = [row for row in ground.plan.assignments if row.patient not in berths]
    by_place: defaultdict[tuple[Turn, str], dict[str, int]] = defaultdict(dict)
    for patient, mine in berths.items():
        for berth in mine:
            by_place[berth.turn, berth.zone][patient] = berth.seats
    for (turn, zone), seats in sorted(by_place.items()):
        found = _placed(ground, turn, zone, seats, berths.keys())
        if found is None:
            return None
        rows.extend(found)
    return Plan.of(ground.plan.first_day, ground.plan.weeks, rows)


def _placed(
    ground: Ground, turn: Turn, zone: str, seats: Seats, free_to_move: Collection[str]
) -> list[Assignment] | None:
    inside = ground.problem.zone_stations[zone]
    there = [row for row in ground.plan.by_turn.get(turn, ()) if row.station in inside]
    now = {row.patient: row for row in there if row.patient in seats}
    taken = {row.station for row in there if row.patient not in free_to_move}
    if len(now) == len(seats) and all(
        seats[patient] & ground.model.bit[row.station] for patient, row in now.items()
    ):
        return list(now.values())
    people = sorted(seats)
    free = [code for code in inside if code not in taken]
    cost = np.array([list(_costs(ground, p, turn, seats[p], now.get(p), free)) for p in people])
    at = match(cost, NEVER)
    if at is None:
        return None
    return [
        Assignment(turn.day, turn.shift, free[station], patient)
        for patient, station in zip(people, at, strict=True)
    ]


def _costs(
    ground: Ground,
    patient: str,
    turn: Turn,
    allowed: int,
    now: Assignment | None,
    stations: list[str],
) -> Iterator[int]:
    """Of every station: staying is free, then a station of habit, then any other."""
    model = ground.model
    homes = [mask for _, _, mask in model.homes.get((patient, turn), ())]
    used = model.mask(row.station for row in ground.plan.by_patient.get(patient, ()))
    for station in stations:
        bit = model.bit[station]
        if not bit & allowed:
            yield NEVER
        elif now is not None and station == now.station:
            yield 0
        else:
            strange = sum(not bit & mask for mask in homes) + (not bit & used)
            yield strange + (_MOVED if now is not None else 0)


def fullness(ground: Ground, ask: Ask) -> Iterator[Words]:
    """How full the turn is as the week stands, zone by zone where the patient could sit."""
    problem, model = ground.problem, ground.model
    mine = model.allowed(ask.patient, ask.turn)
    rows = ground.plan.by_turn.get(ask.turn, ())
    for zone, stations in ground.zones.items():
        if ask.turn in problem.turns and mine & stations and ask.zone in (None, zone):
            taken = sum(problem.station[row.station].zone == zone for row in rows)
            count = sum(problem.is_open(code, ask.turn) for code in problem.zone_stations[zone])
            seats = min(count, model.zone_limits.get((zone, ask.turn), count))
            yield words(
                "{zone}, {turn}: {taken} of {seats} seats are taken as the week stands",
                zone=zone_name(problem, zone),
                turn=problem.say(ask.turn),
                taken=taken,
                seats=seats,
            )
