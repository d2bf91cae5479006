"""The documents keep up with the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, package_files, parsed, shown

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_glossary_explains_every_noun_of_the_domain() -> None:
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    explained = {
        noun
        for row in rows
        if row.startswith("|")
        for noun in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    nouns = {
        node.name: shown(file)
        for file in package_files("domain")
        for node in parsed(file).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }
    assert {noun: place for noun, place in nouns.items() if noun not in explained} == {}


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_a_decision_has_a_number_of_its_own() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [page.name[:4] for page in pages]
    assert numbers == sorted(set(numbers))


def test_the_commands_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    assert {"demo", "test"} <= set(re.findall(r"^make ([a-z]+)", readme, flags=re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b", readme)) <= targets


def test_what_lands_is_checked_by_the_test_command_of_the_readme() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^make test$", run, flags=re.MULTILINE)
