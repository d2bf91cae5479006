"""What a repair can come to at best, found by trying every plan of a tiny center.

The oracle knows no model: a patient's rest of the week is legal if the rules' checks have nothing
against it together with what was held; with sessions missing, the rules that a missing session
breaks are not asked. All stations of these centers are alike, so a turn is only a number of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import combinations
from random import Random

from domain.calendar import Turn
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.trouble import StationOut
from domain.troubled import troubled
from scheduler.check import check
from scheduler.rules import RULES
from tests.scheduler.planning import plan_for
from tests.scheduler.repair.mending import WEDNESDAY_NOON
from tests.scheduler.worlds import (
    last_week,
    nurses,
    people,
    row,
    stations_named,
    who,
    works,
    world,
)

_MISSING_BREAKS = {"prescribed_sessions", "longest_gap", "every_other_day"}
_OF_ALL = {"nurse_ratio", "held_back", "one_per_station"}
OWN = tuple(rule for rule in RULES if rule.hard and rule.name not in _OF_ALL)
LOOSE = tuple(rule for rule in OWN if rule.name not in _MISSING_BREAKS)

Price = tuple[int, int, int, int]
"""Sessions missing, their squares, patients and sessions at other times."""


def crowded_center(seed: int) -> tuple[Problem, Plan, StationOut]:
    """Two stations, two shifts, three to seven patients, nurses at times; the best plan of its
    week, and a station that is out from Wednesday noon on."""
    dice = Random(seed)
    codes = [f"P{number}" for number in range(1, dice.randint(4, 8))]
    persons = [who(code, *(2 * [dice.choice((2, 3, 3, 3))])) for code in codes]
    busy = [code for code in codes if dice.random() < 0.3]
    staffed = nurses("A", am=dice.choice((1, 2)), pm=2) if dice.random() < 0.3 else ()
    history = last_week("P1 A1 am Mon Wed Fri") if dice.random() < 0.5 else ()
    problem = world(
        stations=stations_named("A1 A2"),
        rules=(row("nurse_ratio", limit=1),),
        staffing=staffed,
        work_shifts=tuple(works(code, "Thu Fri", *_hours(dice)) for code in busy),
        sessions=history,
        **people(*persons),
    )
    return problem, plan_for(problem).plan, StationOut(dice.choice(("A1", "A2")), WEDNESDAY_NOON)


def _hours(dice: Random) -> tuple[time, time]:
    shift = world().register.shifts[dice.choice((0, 1))]
    return shift.start, shift.end


@dataclass(frozen=True)
class EveryPlan:
    """All ways to go on from Wednesday noon."""

    problem: Problem
    plan: Plan
    trouble: StationOut

    def best(self) -> Price:
        """The least price of all plans, in order of its parts."""
        after = troubled(self.problem, (self.trouble,), WEDNESDAY_NOON)
        turns = [
            turn
            for turn in after.turns
            if after.shift[turn.shift].interval(turn.day).start > WEDNESDAY_NOON
        ]
        room = tuple(_room(after, turn) for turn in turns)
        best: dict[tuple[int, ...], Price] = {(0,) * len(turns): (0, 0, 0, 0)}
        for patient in sorted(self.plan.by_patient):
            weeks = dict(self._weeks(after, patient, turns))
            best = _joined(best, weeks, room)
        return min(best.values())

    def _weeks(
        self, after: Problem, patient: str, turns: list[Turn]
    ) -> Iterator[tuple[tuple[int, ...], Price]]:
        rows = self.plan.by_patient[patient]
        held = [row for row in rows if row.turn not in turns]
        due = {row.turn for row in rows} & set(turns)
        open_station = "A2" if self.trouble.station == "A1" else "A1"
        for count in range(len(due) + 1):
            for picked in combinations(turns, count):
                mine = [Assignment(*turn, open_station, patient) for turn in picked]
                week = Plan.of(after.first_day, 1, (*held, *mine))
                rules = OWN if count == len(due) else LOOSE
                if not check(after, week, rules).broken:
                    missing, moved = len(due) - count, len(set(picked) - due)
                    load = tuple(int(turn in picked) for turn in turns)
                    yield load, (missing, missing * missing, int(moved > 0), moved)


def _room(problem: Problem, turn: Turn) -> int:
    stations = sum(problem.is_open(code, turn) for code in problem.station)
    stated = problem.nurses("A", turn)
    return stations if stated is None else min(stations, stated)


def _sum(one: Price, other: Price) -> Price:
    missing, squares, patients, sessions = (a + b for a, b in zip(one, other, strict=True))
    return missing, squares, patients, sessions


def _joined(
    best: dict[tuple[int, ...], Price],
    weeks: dict[tuple[int, ...], Price],
    room: tuple[int, ...],
) -> dict[tuple[int, ...], Price]:
    found: dict[tuple[int, ...], Price] = {}
    for load, price in best.items():
        for mine, more in weeks.items():
            both = tuple(a + b for a, b in zip(load, mine, strict=True))
            if all(used <= most for used, most in zip(both, room, strict=True)):
                total = _sum(price, more)
                found[both] = min(total, found.get(both, total))
    return found
