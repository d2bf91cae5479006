"""The two halves of every rule say the same.

Written once for all rules: a model that holds only this rule lets a plan in, or lets it cost
exactly so much, if and only if `check` says so. The plans are random, and for every rule the
sample has to hold both good and bad ones, or else the suite proves nothing. The plans of the
tests by hand are compared in the same way, by `worlds.found` and `worlds.cost`.
"""

from __future__ import annotations

from functools import cache
from random import Random

import pytest

from domain.plan import Plan
from domain.problem import Problem
from scheduler.rules import RULES
from scheduler.rules.rule import Rule
from tests.scheduler.fixed_plans import by_check, by_solver
from tests.scheduler.random_worlds import random_plan, random_problem

SEEDS = range(150)
AT_LEAST = 10
"""Good plans, and bad ones, that every rule must have met."""


@cache
def drawn(seed: int, anywhere: bool) -> tuple[Problem, Plan]:
    """The seed's problem and plan; with `anywhere` also in shifts that do not run on the day."""
    dice = Random(seed)
    problem = random_problem(dice)
    return problem, random_plan(dice, problem, anywhere)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_model_and_the_check_of_a_rule_agree(rule: Rule) -> None:
    good = bad = 0
    for seed in SEEDS:
        problem, plan = drawn(seed, anywhere=rule.name == "open_station")
        said = by_check(rule, problem, plan)
        assert by_solver(rule, problem, plan) == said, f"seed {seed}"
        good, bad = good + (said == {}), bad + (said != {})
    assert min(good, bad) >= AT_LEAST, f"{good} good plans and {bad} bad ones"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_hard_rule_costs_nothing_and_a_soft_one_always_something(rule: Rule) -> None:
    for seed in SEEDS:
        violations = list(rule.check(*drawn(seed, anywhere=True)))
        assert all(violation.rule == rule.name for violation in violations)
        assert all((violation.cost == 0) is rule.hard for violation in violations)
