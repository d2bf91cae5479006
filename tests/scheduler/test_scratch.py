"""Planning from scratch leaves habits out and safety in."""

from __future__ import annotations

from scheduler.check import check, enabled
from scheduler.rules import RULES
from scheduler.scratch import HABITS, from_scratch
from tests.scheduler.worlds import last_week, people, planned, row, who, world


def test_habits_are_rules_that_there_are() -> None:
    assert {rule.name for rule in RULES} >= HABITS


def test_only_the_rules_of_habit_are_switched_off_whatever_the_center_said() -> None:
    problem = world(rules=(row("few_moves", weight=99), row("wishes", weight=7)))
    scratch = from_scratch(problem)
    off = {rule.name for rule in enabled(problem)} - {rule.name for rule in enabled(scratch)}
    assert off == HABITS
    assert scratch.row("wishes").weight == 7


def test_moving_costs_nothing_and_the_gap_across_the_week_border_still_counts() -> None:
    problem = world(sessions=last_week("P1 A1 am Tue Thu Sat"), **people(who("P1")))
    plan = planned(problem, "P1 A2 pm Wed Fri")
    verdict = check(from_scratch(problem), plan)
    assert {cost.rule for cost in verdict.costs if cost.cost} & HABITS == set()
    assert "longest_gap" in {broken.rule for broken in verdict.broken}
