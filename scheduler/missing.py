"""Who goes short in a plan, and why, as far as the plan lets anybody say."""

from __future__ import annotations

from dataclasses import dataclass

from domain.outage import PlannedOutage, with_machines
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


def missing(
    problem: Problem, plan: Plan, verdict: Verdict, out: tuple[PlannedOutage, ...] = ()
) -> tuple[Missing, ...]:
    """Everybody who goes short, with the machines that are `out` where their seats are wanted.
    For a plan that breaks hard rules nobody can say why, only that it is so."""
    if verdict.legal:
        return tuple(
            Missing(one.patient, with_machines(one, problem, out), one)
            for one in reasons(problem, plan)
        )
    told = (one for one in verdict.paid if one.rule == "everyone_placed" and one.patient)
    return tuple(Missing(one.patient or "", one.words) for one in told)
