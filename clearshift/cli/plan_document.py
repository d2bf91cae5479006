"""What came of a plan run, as data for scripts; docs/commands.md explains it."""

from __future__ import annotations

from collections.abc import Mapping

from clearshift.cli.run import Result
from clearshift.cli.verdict_page import rule_title, source_of
from domain.plan import Violation
from domain.problem import Problem
from scheduler.check import Verdict
from scheduler.missing import Missing


def document(result: Result) -> Mapping[str, object]:
    """The result as an object."""
    run, version, papers = result.planned.run, result.version, result.papers
    total = result.capacity
    return {
        "center": result.given.center,
        "first_day": result.problem.first_day,
        "weeks": result.problem.weeks,
        "version": version.number if version else None,
        "state": version.state.value if version else None,
        "status": run.status.value,
        "interrupted": run.interrupted,
        "seconds": run.seconds,
        "seed": run.seed,
        "workers": run.workers,
        "deterministic": run.deterministic,
        "algorithm": run.version,
        "stages": [
            {
                "name": stage.name,
                "tier": stage.tier,
                "cost": stage.cost,
                "bound": stage.bound,
                "gap": stage.gap,
                "seconds": stage.seconds,
            }
            for stage in run.stages
        ],
        "wanted": total.total.wanted,
        "seats": total.total.possible,
        "short": total.short,
        "sessions": len(result.plan.assignments),
        **verdict_document(result.problem, result.verdict),
        "unplaced": [unplaced(one) for one in result.missing],
        "clashes": result.clashes,
        "outages": result.given.outages,
        "sheets": papers,
    }


def unplaced(one: Missing) -> dict[str, object]:
    """A patient who goes short."""
    detail = one.detail
    return {
        "patient": one.patient,
        "monday": detail.monday if detail else None,
        "wanted": detail.wanted if detail else None,
        "planned": detail.planned if detail else None,
        "reason": one.reason,
    }


def verdict_document(problem: Problem, verdict: Verdict) -> dict[str, object]:
    """What the rules say, as data."""
    return {
        "legal": verdict.legal,
        "violations": [violation(problem, one) for one in verdict.broken],
        "costs": [
            {
                "rule": one.rule,
                "title": rule_title(one.rule),
                "tier": one.tier,
                "cost": one.cost,
                "weight": one.weight,
                "weighed": one.weighed,
            }
            for one in verdict.costs
        ],
    }


def violation(problem: Problem, one: Violation) -> dict[str, object]:
    """One witness against a plan."""
    return {
        "rule": one.rule,
        "title": rule_title(one.rule),
        "source": source_of(problem, one.rule),
        "words": one.words,
        "patient": one.patient,
        "day": one.turn.day if one.turn else None,
        "shift": one.turn.shift if one.turn else None,
        "station": one.station,
        "cost": one.cost,
    }
