"""Who goes short in a plan, and why."""

from __future__ import annotations

from dataclasses import dataclass

from domain.plan import Plan
from domain.problem import Problem
from domain.shortage import Unplaced
from domain.words import Words
from scheduler.check import Verdict
from scheduler.explain import reasons


@dataclass(frozen=True, slots=True)
class Missing:
    """A patient's week without all its sessions; in detail if the plan breaks no hard rule."""

    patient: str
    reason: Words
    detail: Unplaced | None = None


def missing(problem: Problem, plan: Plan, verdict: Verdict) -> tuple[Missing, ...]:
    """Everybody who goes short. For a plan that breaks hard rules nobody can say why, only
    that it is so."""
    if verdict.legal:
        return tuple(Missing(one.patient, one.words, one) for one in reasons(problem, plan))
    told = (one for one in verdict.paid if one.rule == "everyone_placed" and one.patient)
    return tuple(Missing(one.patient or "", one.words) for one in told)
