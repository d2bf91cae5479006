"""Every act that the web writes into the audit has a name for people."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from dashboard.acts.named import ACT_WORDS
from tests.house.tree import package_files, parsed

ACT = re.compile(r"[a-z_]+\.[a-z_]+")
WRITERS = ("acting", "append", "_each", "_audited")


def acts() -> Iterator[str]:
    """What is given as an act: a text like `plan.publish` in a call that writes the audit, or
    one that is kept for it under the name `act`."""
    for file in package_files("dashboard", "db", "clearshift"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WRITERS:
                yield from texts(node)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "act":
                yield from texts(node.value)


def texts(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        value = one.value if isinstance(one, ast.Constant) else None
        if isinstance(value, str) and ACT.fullmatch(value):
            yield value


def test_every_act_has_words() -> None:
    found = set(acts())
    assert {"account.add", "sign_in.refused", "plan.publish"} <= found
    assert sorted(found - set(ACT_WORDS)) == []
