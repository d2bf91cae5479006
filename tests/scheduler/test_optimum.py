"""The planner against trying everything, on centers so small that everything can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from itertools import combinations, product
from random import Random

import pytest

from domain.center import Modality, Placement
from domain.need import wanted_sessions
from domain.patient import Burden, Ledger, Pattern, Priority, Wish, WishKind
from domain.plan import Assignment, Lock, Plan, Status
from domain.problem import Problem
from scheduler.check import check
from tests.scheduler.planning import plan_for
from tests.scheduler.worlds import (
    AFTERNOON,
    MONDAY,
    MORNING,
    ZONE_A,
    blood_tests,
    last_week,
    machine,
    nurses,
    people,
    stations_named,
    who,
    works,
    world,
)


def small_center(seed: int) -> Problem:
    """Three patients, two stations, two shifts, two open days, and a little of everything."""
    dice = Random(seed)
    codes = ("P1", "P2", "P3")
    persons = [
        who(
            code,
            *(dice.choice(((1, 1), (2, 2), (2, 2), (2, 1)))),
            modality=dice.choice((Modality.HD, Modality.HD, Modality.HDF)),
            priority=dice.choice(list(Priority)),
        )
        for code in codes
    ]
    shifts = dice.sample(("am", "pm"), 2)
    wishes = [
        Wish("P1", WishKind.SHIFT, shifts[0], dice.randint(1, 3)),
        Wish("P2", WishKind.NOT_WEEKDAY, str(dice.randint(1, 6)), dice.randint(1, 3)),
        Wish("P2", WishKind.COMPANION, "P3", dice.randint(1, 3)),
    ]
    jobs = [works(code, "Thu", time(7), time(13)) for code in codes if dice.random() < 0.4]
    history = last_week(f"P1 A1 {shifts[0]} Mon Thu") if dice.random() < 0.5 else ()
    locks = (Lock("P3", MONDAY, "am"),) if dice.random() < 0.3 else ()
    return world(
        **people(*persons),
        stations=stations_named("A1 A2"),
        machines=(machine("A1"), machine("A2", Modality.HD, Modality.HDF)),
        placements=(Placement("M-A1", "A1"), Placement("M-A2", "A2")),
        serology=tuple(r for code in codes for r in blood_tests(code, MONDAY.replace(month=2))),
        staffing=nurses("A", am=1, pm=1) if dice.random() < 0.5 else (),
        patterns=(Pattern("P2", 1, "am", "A2"), Pattern("P2", 4, "am", "A2")),
        ledger=(Ledger("P1", Burden.EARLY, dice.randint(0, 9)),),
        wishes=tuple(wishes),
        work_shifts=tuple(jobs),
        sessions=history,
        locks=locks,
        zones=(ZONE_A,),
        shifts=tuple(replace(s, weekdays=frozenset({1, 4})) for s in (MORNING, AFTERNOON)),
    )


def every_plan(problem: Problem) -> Iterator[Plan]:
    """All plans in which every patient's own week breaks no hard rule."""
    weeks = [list(_weeks(problem, patient)) for patient in sorted(problem.patient)]
    for choice in product(*weeks):
        rows = [row for week in choice for row in week]
        if len({(row.turn, row.station) for row in rows}) == len(rows):
            yield Plan.of(problem.first_day, 1, rows)


def _weeks(problem: Problem, patient: str) -> Iterator[tuple[Assignment, ...]]:
    """No session at all, or as many as wanted, judged as if the patient were alone."""
    slots = [
        Assignment(turn.day, turn.shift, station, patient)
        for turn in problem.turns
        for station in problem.station
    ]
    yield ()
    for rows in combinations(slots, wanted_sessions(problem, patient, problem.first_day)):
        verdict = check(problem, Plan.of(problem.first_day, 1, rows))
        mine = {v.rule for v in verdict.broken if v.patient in {patient, None}}
        if mine <= {"locked"}:
            yield rows


def rank(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """What counts, in order: broken locks, then the tiers; no rank for an illegal plan."""
    verdict = check(problem, plan)
    if any(violation.rule != "locked" for violation in verdict.broken):
        return (10**9,)
    return (len(verdict.broken), *verdict.tier_costs().values())


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_better_than_the_plan(seed: int) -> None:
    problem = small_center(seed)
    planned = plan_for(problem)
    assert planned.run.status is Status.OPTIMAL
    best = min(rank(problem, plan) for plan in every_plan(problem))
    assert rank(problem, planned.plan) == best, f"seed {seed}"
