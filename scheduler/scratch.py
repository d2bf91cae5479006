"""Planning as if nobody had habits: what the week could be at its best."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.problem import Problem
from domain.rulebook import RuleRow

HABITS = frozenset({"few_moves", "standing_pattern", "same_station"})
"""Rules that hold on to last week and to standing turns."""


def from_scratch(problem: Problem) -> Problem:
    """The same problem with the rules of habit switched off. Last week stays known, for gaps
    and rest days across the week border are no habit."""
    kept = tuple(row for row in problem.register.rules if row.rule not in HABITS)
    off = tuple(RuleRow(rule, date.min, enabled=False) for rule in sorted(HABITS))
    return replace(problem, register=replace(problem.register, rules=(*kept, *off)))
