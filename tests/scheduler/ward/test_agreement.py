"""What a rule's check says of a roster is what the shape with only that rule says of it.

Random wards and random rosters by seed: a hard rule finds something exactly if the shape is
broken, a soft one costs exactly what the shape charges.
"""

from __future__ import annotations

import pytest

from scheduler.roster.judge import judge
from scheduler.ward.draft import Draft
from scheduler.ward.rules import NURSE_RULES
from scheduler.ward.rules.rule import NurseRule
from tests.scheduler.ward.worlds import random_roster, random_ward

SEEDS = range(150)
TOLD_APART = {"nurse_one_duty", "nurse_lead"}
"""What a shape cannot say: it has one duty a day, and knows no leads."""

each_rule = pytest.mark.parametrize(
    "rule", [one for one in NURSE_RULES if one.name not in TOLD_APART], ids=lambda rule: rule.name
)


def said(rule: NurseRule, seed: int) -> tuple[bool, int]:
    """Whether the rule finds something, and what it costs."""
    there = random_ward(seed)
    found = list(rule.check(there, random_roster(there, seed)))
    return bool(found), sum(one.cost for one in found)


def charged(rule: NurseRule, seed: int) -> tuple[bool, int]:
    """The same by the shape."""
    there = random_ward(seed)
    draft = Draft(there)
    rule.ask(draft)
    judgment = judge(draft.shape(), draft.cells(random_roster(there, seed)))
    return not judgment.legal or judgment.cost > 0, judgment.cost


@each_rule
def test_check_and_shape_agree(rule: NurseRule) -> None:
    differing = {
        seed: (said(rule, seed), charged(rule, seed))
        for seed in SEEDS
        if said(rule, seed) != charged(rule, seed)
    }
    assert differing == {}


@each_rule
def test_the_sample_accepts_and_rejects(rule: NurseRule) -> None:
    found = {said(rule, seed)[0] if rule.hard else said(rule, seed)[1] for seed in SEEDS}
    assert len(found) > 1
