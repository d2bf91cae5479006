"""A sample's week with nurses on leave: the plan first and then the roster, or both together."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from benchmarks.together_rows import TOGETHER, TogetherRow
from db.sample.center import make_center
from db.sample.named import NAMED, SEED
from db.sample.spec import FIRST_MONDAY
from domain.calendar import DAY, Span
from domain.nurse_terms import NurseDay, NurseDayKind
from domain.problem import Problem
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.together import one_after_the_other, together


def measure(way: str, sample: str, away: int, limit: float, workers: int) -> TogetherRow:
    """The first nurses of the first zone are on leave for the whole week; in such a week the
    center gives patients fewer sessions rather than none."""
    problem = _problem(sample, away)
    effort = Effort(limit, workers=workers)
    begin = perf_counter()
    find = together if way == TOGETHER else one_after_the_other
    found = find(problem, None, effort, Onlooker(perf_counter))
    return TogetherRow(
        way=way,
        sample=sample,
        away=away,
        seconds=perf_counter() - begin,
        sessions=len(found.planned.plan.assignments),
        missed=found.missed,
        over=found.over,
        nurses_missing=found.made.verdict.missing,
        shortage=found.shortage,
        least=found.least,
        rounds=found.rounds,
        legal=found.verdict.legal,
    )


def _problem(sample: str, away: int) -> Problem:
    register = make_center(NAMED[sample], SEED)
    first = register.zones[0].code
    mine = [nurse.code for nurse in register.nurses if nurse.zones == {first}]
    week = Span(FIRST_MONDAY, FIRST_MONDAY + 6 * DAY)
    leave = tuple(NurseDay(code, NurseDayKind.LEAVE, week) for code in mine[:away])
    center = replace(register.center, partial_weeks=True)
    whole = replace(register, center=center, nurse_days=leave)
    return Problem(whole.in_order(), FIRST_MONDAY)
