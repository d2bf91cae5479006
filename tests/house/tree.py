"""The repository as the house tests see it: its Python files, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("clearshift", "domain", "scheduler", "devices", "dashboard", "db")


def package_files(*packages: str) -> Iterator[Path]:
    """Every Python file of the packages, by default of all that are shipped."""
    for name in packages or PACKAGES:
        yield from sorted((ROOT / name).rglob("*.py"))


def all_files() -> Iterator[Path]:
    """Every Python file that we keep."""
    yield from package_files(*PACKAGES, "benchmarks", "tests")


def shown(file: Path) -> str:
    """A file as failures name it."""
    return file.relative_to(ROOT).as_posix()


@cache
def parsed(file: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def calls_of(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    """Every call of a function by its plain name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node
