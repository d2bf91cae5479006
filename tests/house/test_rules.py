"""Every rule is listed, sourced, hand-tested and documented."""

from __future__ import annotations

import ast
import re
from inspect import getdoc, getmodule

import pytest

from clearshift.rules_page import PAGE, current
from domain.rulebook import STANDARD_ROWS, RuleRow, rule_row
from scheduler.rules import RULES
from scheduler.rules.page import sentence
from scheduler.rules.rule import Rule
from scheduler.rules.units import UNITS
from tests.house.tree import ROOT, parsed

SINCE = STANDARD_ROWS[0].valid_from
FOLDER = ROOT / "scheduler" / "rules"
HALVES = {"check", "encode"}

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def standard(rule: Rule) -> RuleRow:
    return rule_row((), rule.name, SINCE)


def module_of(rule: Rule) -> str:
    """The rule's file, without folder and ending."""
    module = getmodule(type(rule))
    assert module is not None
    return module.__name__.rpartition(".")[2]


def test_rules_and_standard_rows_are_the_same_in_the_same_order() -> None:
    assert [rule.name for rule in RULES] == [row.rule for row in STANDARD_ROWS]


def test_every_file_with_a_rule_is_listed() -> None:
    with_rule = {
        file.stem
        for file in FOLDER.glob("*.py")
        for node in parsed(file).body
        if isinstance(node, ast.ClassDef) and not node.bases and _methods(node) >= HALVES
    }
    assert with_rule == {module_of(rule) for rule in RULES}


def _methods(node: ast.ClassDef) -> set[str]:
    return {part.name for part in node.body if isinstance(part, ast.FunctionDef)}


@each_rule
def test_hard_rules_have_no_tier_and_soft_ones_have_tier_and_weight(rule: Rule) -> None:
    row = standard(rule)
    ranked = (row.tier is not None, row.weight is not None)
    assert ranked == ((False, False) if rule.hard else (True, True))


@each_rule
def test_the_docstring_is_one_sentence_a_source_and_what_a_unit_or_limit_is(rule: Rule) -> None:
    text = " ".join((getdoc(type(rule)) or "").split())
    assert sentence(rule).endswith(".")
    assert ". " not in sentence(rule)
    assert len(re.findall(r"\bSource: \S", text)) == 1
    assert len(re.findall(r"\bUnit: \S", text)) == (0 if rule.hard else 1)
    assert len(re.findall(r"\bLimit: \S", text)) == (0 if standard(rule).limit is None else 1)


def test_every_soft_rule_has_a_unit_for_tables() -> None:
    assert sorted(UNITS) == sorted(rule.name for rule in RULES if not rule.hard)


@each_rule
def test_every_rule_is_tested_by_hand(rule: Rule) -> None:
    file = ROOT / "tests" / "scheduler" / "rules" / f"test_{module_of(rule)}.py"
    tests = [node for node in parsed(file).body if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in tests if node.name.startswith("test_")]


def test_the_page_of_the_rules_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == current(), "run python -m clearshift.rules_page"


@each_rule
def test_the_page_names_every_rule_and_marks_what_is_second_hand(rule: Rule) -> None:
    page = current()
    line = next(one for one in page.splitlines() if one.startswith(f"| [`{rule.name}`]"))
    second_hand = "second hand" in standard(rule).source
    assert ("check against the printed SOP" in line) is second_hand
    assert f"\n### {rule.name}\n" in page
