"""The page on rosters has every rule with its limit or weight."""

from __future__ import annotations

import re

from domain.nurse_rulebook import NURSE_ROWS
from tests.house.tree import ROOT

PAGE = (ROOT / "docs" / "rosters.md").read_text("utf-8")


def test_every_rule_stands_on_the_page_with_its_limit_or_weight() -> None:
    found = dict(re.findall(r"^\| `(nurse_\w+)` \| .* \| ([^|]+) \|$", PAGE, re.MULTILINE))
    wanted = {}
    for row in NURSE_ROWS:
        if row.weight is not None:
            wanted[row.rule] = str(row.weight)
        else:
            wanted[row.rule] = "hard" if row.limit is None else f"hard, {row.limit}"
    assert found == wanted
