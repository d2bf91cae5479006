"""Which wishes a plan meets, patient by patient. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.plan import Violation
from domain.problem import Problem

WISH_RULES = frozenset({"wishes", "long_gap_side", "companions"})
"""Rules that speak of what patients asked for, not of habit, fairness or the house."""


@dataclass(frozen=True, slots=True)
class Met:
    """How many of those who wish for something get all of it."""

    patients: int
    wholly: int


def who_wishes(problem: Problem) -> frozenset[str]:
    """Patients of these weeks who asked for anything."""
    return frozenset(code for code in problem.wishes if code in problem.patient)


def wish_costs(paid: Iterable[Violation]) -> Mapping[str, int]:
    """By patient, what their broken wishes weigh; those who get all are left out."""
    found: dict[str, int] = {}
    for one in paid:
        if one.rule in WISH_RULES and one.patient:
            found[one.patient] = found.get(one.patient, 0) + one.cost
    return {patient: cost for patient, cost in found.items() if cost}


def met(problem: Problem, paid: Iterable[Violation]) -> Met:
    """Of those who wish for something."""
    asking = who_wishes(problem)
    return Met(len(asking), len(asking - wish_costs(paid).keys()))
