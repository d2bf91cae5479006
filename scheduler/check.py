"""Every plan's judge: all rules, in domain words, without a solver.

The solver's plans, edited sheets and imported weeks all come through here, and the costs it
adds up are the ones that are reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.plan import Plan, RuleCost, Violation
from domain.problem import Problem
from scheduler.rules import RULES
from scheduler.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all enabled rules say of a plan."""

    broken: tuple[Violation, ...]
    paid: tuple[Violation, ...]
    costs: tuple[RuleCost, ...]

    @property
    def legal(self) -> bool:
        """True if no hard rule is broken."""
        return not self.broken

    def tier_costs(self) -> dict[int, int]:
        """Weighed cost by tier, in the center's order."""
        totals: dict[int, int] = {}
        for cost in sorted(self.costs, key=lambda one: one.tier):
            totals[cost.tier] = totals.get(cost.tier, 0) + cost.weighed
        return totals


def enabled(problem: Problem, rules: Iterable[Rule] = RULES) -> tuple[Rule, ...]:
    """The rules that the center has switched on for the first day of the horizon."""
    return tuple(rule for rule in rules if problem.row(rule.name).enabled)


def check(problem: Problem, plan: Plan, rules: Iterable[Rule] = RULES) -> Verdict:
    """Judge a plan. It must name only patients, shifts and stations of the problem."""
    broken: list[Violation] = []
    paid: list[Violation] = []
    costs: list[RuleCost] = []
    for rule in enabled(problem, rules):
        found = list(rule.check(problem, plan))
        (broken if rule.hard else paid).extend(found)
        if not rule.hard:
            row = problem.row(rule.name)
            costs.append(
                RuleCost(rule.name, row.tier or 0, sum(v.cost for v in found), row.weight or 0)
            )
    return Verdict(tuple(broken), tuple(paid), tuple(costs))
