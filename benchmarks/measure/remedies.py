"""An ordinary week with some patients too many, and what would close it."""

from __future__ import annotations

from time import perf_counter

from benchmarks.measure.instance import problem_of
from benchmarks.remedies_rows import Remedies
from domain.need import wanted_sessions
from domain.problem import Problem
from domain.remedied import may_have_fewer, remedied
from scheduler.check import check
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.remedies.closing import closing
from scheduler.remedies.crowds import among
from scheduler.remedies.newcomers import with_newcomers
from scheduler.remedies.terms import Closing, Proven, Terms


def measure(
    machines: int, patients: int, more: int, seed: int, limit: float, workers: int
) -> Remedies:
    """The doctor's list are all who are on three sessions a week."""
    problem = with_newcomers(problem_of(machines, patients, seed), more, seed)
    allowed = tuple(code for code in sorted(problem.patient) if may_have_fewer(problem, code))
    terms = Terms(fewer=allowed, fewer_source="the measurement")
    begin = perf_counter()
    found = closing(problem, terms, Effort(limit, workers=workers), Onlooker(perf_counter))
    spent = perf_counter() - begin
    return Remedies(
        machines=machines,
        patients=patients,
        more=more,
        seed=seed,
        seconds=spent,
        shortages=len(found.shortages),
        unsettled=len(found.unsettled),
        missing=sum(sum(one.missing.values()) for one in found.shortages),
        counted=all(one.least for one in found.shortages),
        fewest=all(one.fewest for one in found.shortages),
        found=[one.kind.value for one in found.remedies],
        minutes=[one.cost.minutes for one in found.remedies],
        judged=sum(_judged(problem, found, one) for one in found.remedies),
        least=sum(one.least for one in found.remedies),
        useless=[one.kind.value for one in found.helpless if one.proven],
        open=[one.kind.value for one in found.helpless if not one.proven],
    )


def _judged(problem: Problem, found: Closing, one: Proven) -> bool:
    """True if the check has nothing against the plan with the remedy and nobody of the crowd
    lacks a session in it."""
    others = among(problem, frozenset(problem.patient) - frozenset(found.aside))
    changed = remedied(others, one.remedies)
    crowd = next(short.patients for short in found.shortages if short.zones == one.zones)
    full = all(
        len(one.plan.by_week.get((patient, monday), ())) >= wanted_sessions(
            changed, patient, monday)
        for patient in crowd
        for monday in changed.mondays
    )  # fmt: skip
    return full and check(changed, one.plan).legal
