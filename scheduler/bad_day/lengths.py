"""How long the planned sessions are, and what the judge says of a bad day's plan then."""

from __future__ import annotations

from dataclasses import dataclass

from domain.bad_day import Shortened
from domain.easing import as_given, shortened, under_rule
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.waiting import waits
from scheduler.bad_day.asked import Asked
from scheduler.check import Verdict, check
from scheduler.rules.locked import Locked
from scheduler.rules.longest_gap import LongestGap

OWN_TIME = frozenset({"availability", "work_overlap", "work_recovery", "daily_load", "night_rest"})
"""Rules that a session may break by its length."""


@dataclass(frozen=True, slots=True)
class Given:
    """The center with the sessions as long as they are to be given, and the hard rules that the
    plan breaks there and the plan in force did not, the waits left out that are told anyway; a
    session that has begun and is not in the plan would be the first of them."""

    problem: Problem
    shortened: tuple[Shortened, ...]
    broken: tuple[Violation, ...]


def given(asked: Asked, plan: Plan) -> Given:
    """As long as prescribed wherever the shift has room and the patient has time."""
    short = _lengths(asked, plan, frozenset())
    verdict = _judged(asked, plan, short)
    tight = frozenset(one.patient for one in verdict.broken if one.patient and one.rule in OWN_TIME)
    if tight and asked.rule.minutes is not None:
        short = _lengths(asked, plan, tight)
        verdict = _judged(asked, plan, short)
    problem = _as_given(asked, plan, short)
    before = set(check(under_rule(problem, asked.rule), asked.known).broken)
    told = {wait.patient for wait in waits(asked.counted, plan) if wait.over > 0}
    broken = tuple(
        one
        for one in verdict.broken
        if one not in before and not (one.rule == LongestGap.name and one.patient in told)
    )
    lost = tuple(Locked().check(asked.ready, plan))
    return Given(problem, short, (*lost, *broken))


def _lengths(asked: Asked, plan: Plan, tight: frozenset[str]) -> tuple[Shortened, ...]:
    ahead = [row for row in plan.assignments if row not in asked.begun]
    return shortened(asked.problem, ahead, asked.rule, tight)


def _as_given(asked: Asked, plan: Plan, short: tuple[Shortened, ...]) -> Problem:
    ahead = [row for row in plan.assignments if row not in asked.begun]
    return as_given(asked.problem, asked.rule, ahead, short)


def _judged(asked: Asked, plan: Plan, short: tuple[Shortened, ...]) -> Verdict:
    return check(under_rule(_as_given(asked, plan, short), asked.rule), plan)
