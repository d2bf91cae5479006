"""What plans cost by rule, side by side. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.plan import RuleCost
from domain.words import Words, words
from scheduler.rules import RULES
from scheduler.rules.units import UNITS

_TITLES = {rule.name: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class CostRow:
    """A soft rule's cost in its own unit in a first and a second plan; missing where a plan was
    not judged by it."""

    rule: str
    tier: int
    title: Words
    unit: Words
    first: int | None
    second: int | None

    @property
    def more(self) -> int | None:
        """How much more the second costs; missing where they cannot be compared."""
        if self.first is None or self.second is None:
            return None
        return self.second - self.first


def rule_title(rule: str) -> Words:
    """What people call a rule."""
    return _TITLES.get(rule, words("{name}", name=rule))


def cost_rows(first: Iterable[RuleCost] | None, second: Iterable[RuleCost]) -> tuple[CostRow, ...]:
    """A row for each rule that costs something in either plan, in the center's order."""
    before = {one.rule: one for one in first or ()}
    after = {one.rule: one for one in second}
    order = {rule.name: place for place, rule in enumerate(RULES)}
    known = {**before, **after}
    rows = (
        CostRow(
            rule,
            one.tier,
            rule_title(rule),
            UNITS.get(rule, words("cost")),
            before[rule].cost if rule in before else None,
            after[rule].cost if rule in after else None,
        )
        for rule, one in known.items()
    )
    paid = (row for row in rows if row.first or row.second)
    return tuple(sorted(paid, key=lambda row: (row.tier, order.get(row.rule, len(order)))))
