"""Every soft rule says what its cost counts."""

from __future__ import annotations

from scheduler.rules import RULES
from scheduler.rules.units import UNITS


def test_every_soft_rule_has_a_unit_and_no_other() -> None:
    assert list(UNITS) == [rule.name for rule in RULES if not rule.hard]
