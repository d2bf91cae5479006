"""Sizes, names and docstrings of what we write."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGES, ROOT, all_files, package_files, parsed, shown

FILE_LINES = 300
TEST_FILE_LINES = 400
FUNCTION_LINES = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "service", "engine", "v2", "new",
               "misc", "common"}  # fmt: skip
OUTERMOST_LOOPS = {
    "clearshift/cli/main.py": "the command line says every error as one line",
    "dashboard/planning/job.py": "a search that fails says so where it was ordered",
    "devices/mqtt/client.py": "whoever hears a message must not end the thread that reads them",
    "dashboard/shell.py": "a fault of ours in one screen is a calm line with a number",
    "devices/gateway/hall.py": "a fault of ours in one machine's frames silences no other",
    "devices/gateway/port.py": "a fault of ours in one machine's frames silences no other",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(file: Path) -> Iterator[Function]:
    """Every function of a file, nested ones too."""
    return (node for node in ast.walk(parsed(file)) if isinstance(node, Function))


def lines_of(function: Function) -> int:
    """Lines of what it does, without signature and docstring: a command's options, one to a
    line, are no work."""
    docstring = ast.get_docstring(function) is not None
    first = function.body[1 if docstring and len(function.body) > 1 else 0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_no_file_has_two_subjects() -> None:
    limits = {
        file: TEST_FILE_LINES if file.is_relative_to(ROOT / "tests") else FILE_LINES
        for file in all_files()
    }
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in limits}
    assert {shown(f): n for f, n in lengths.items() if n > limits[f]} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{shown(file)}:{function.name}": lines_of(function)
        for file in all_files()
        for function in functions(file)
        if lines_of(function) > FUNCTION_LINES
    }
    assert long == {}


def test_a_module_is_named_for_what_it_holds() -> None:
    empty = [shown(file) for file in all_files() if set(file.stem.split("_")) & EMPTY_NAMES]
    assert empty == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        shown(file)
        for file in package_files(*PACKAGES, "benchmarks")
        if ast.get_docstring(parsed(file)) is None
    ]
    assert silent == []


def test_only_the_outermost_loops_catch_everything() -> None:
    broad = {
        shown(file)
        for file in package_files()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    }
    assert broad == set(OUTERMOST_LOOPS)


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = ast.unparse(handler.type) if handler.type else "BaseException"
    return bool(re.search(r"\b(Base)?Exception\b", caught))
