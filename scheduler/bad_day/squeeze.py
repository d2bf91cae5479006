"""Counting alone: how many people are due by a day, and how many seats there are until then.

Whoever comes once by the due day is under the own line for now; whoever does not is not. So more
people than seats proves, without any search, how many must wait longer. Looked at for everybody
and for each set of zones outside which some patients cannot sit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from domain.bad_day import Squeeze
from domain.calendar import DAY, Turn
from domain.frozen import begun
from scheduler.bad_day.asked import Asked
from scheduler.model import Model
from scheduler.open_seats import OpenSeats
from scheduler.planner import build_model
from scheduler.rules import RULES


def squeezes(asked: Asked) -> tuple[Squeeze, ...]:
    """For every day by whose end more people are due than there are seats the set of zones that
    proves most, by day."""
    hard = tuple(rule for rule in RULES if rule.hard and rule.name != "longest_gap")
    model = build_model(asked.ready, hard)
    turns = _ahead(asked)
    zones = {code: _zones(model, code, turns) for code in _needy(asked)}
    due = {code: _due(asked, code) for code in zones}
    sets = sorted({*zones.values(), tuple(sorted(asked.ready.zone_stations))} - {()})
    supply = OpenSeats(asked.ready, hard)
    found = [
        Squeeze(day, there, people, seats)
        for there in sets
        for day, people, seats in _counted(due, zones, there, turns, supply)
    ]
    best: dict[date, Squeeze] = {}
    for one in sorted(found, key=lambda one: (-one.short, len(one.zones), one.zones)):
        best.setdefault(one.day, one)
    return tuple(best[day] for day in sorted(best) if best[day].short)


def _needy(asked: Asked) -> tuple[str, ...]:
    """Who would wait too long without any session in the rest of the week."""
    alone = {code: asked.counted.longest(code, ()) for code in sorted(asked.counted.lines)}
    return tuple(code for code, wait in alone.items() if wait is not None and wait.over > 0)


def _ahead(asked: Asked) -> tuple[Turn, ...]:
    gone = frozenset(begun(asked.problem, asked.now))
    return tuple(turn for turn in asked.ready.turns if turn not in gone)


def _zones(model: Model, patient: str, turns: tuple[Turn, ...]) -> tuple[str, ...]:
    """The zones in which the patient can sit at all in the turns that are left."""
    masks = {code: model.mask(there) for code, there in model.problem.zone_stations.items()}
    allowed = 0
    for turn in turns:
        allowed |= model.allowed(patient, turn)
    return tuple(sorted(code for code, mask in masks.items() if mask & allowed))


def _due(asked: Asked, patient: str) -> date:
    """The last day on which the patient is still under the own line."""
    return asked.counted.since(patient) + asked.counted.lines[patient] * DAY


def _counted(
    due: Mapping[str, date],
    zones: Mapping[str, tuple[str, ...]],
    there: tuple[str, ...],
    turns: tuple[Turn, ...],
    supply: OpenSeats,
) -> Iterator[tuple[date, int, int]]:
    people = [due[code] for code, mine in zones.items() if mine and set(mine) <= set(there)]
    for day in sorted({turn.day for turn in turns}):
        seats = 0
        for turn in turns:
            if turn.day <= day:
                seats += sum(_free(supply, zone, turn) for zone in there)
        yield day, sum(one <= day for one in people), seats


def _free(supply: OpenSeats, zone: str, turn: Turn) -> int:
    stations, held, unstaffed = supply.of(zone, turn).split(None)
    return stations - held - unstaffed
