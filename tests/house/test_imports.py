"""Who may import whom; see the table in the README's layout and docs/decisions."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT, package_files, parsed, shown

DOMAIN_MAY_USE = {
    "__future__", "abc", "bisect", "collections", "collections.abc", "dataclasses", "datetime",
    "decimal", "enum", "fractions", "functools", "heapq", "itertools", "math", "operator", "re",
    "statistics", "string", "types", "typing", "unicodedata",
}  # fmt: skip

FILE_LIBRARIES = {"openpyxl", "xlsxwriter", "typst", "icalendar", "segno", "fontTools"}
OURS_AND_LIBRARIES = {
    "domain": set[str](),
    "scheduler": {"domain", "ortools", "numpy"},
    "devices": {"domain", "serial", "paho", "msgspec", "xxhash", "hl7apy", "amqtt"},
    "db": {"domain", "sqlmodel", "sqlalchemy", "alembic", "pwdlib", *FILE_LIBRARIES},
    "dashboard": {
        "domain", "scheduler", "devices", "db",
        "streamlit", "starlette", "anyio", "jinja2", "google", "pandas", "segno", "sqlalchemy",
    },
    "clearshift": {
        "domain", "scheduler", "devices", "db", "dashboard",
        "babel", "pydantic", "pydantic_core", "pydantic_settings", "rich", "typer", "sqlalchemy",
    },
}  # fmt: skip

CLOCK_AND_CHANCE = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"),
                    ("date", "today")}  # fmt: skip


def imported(file: Path) -> Iterator[str]:
    """Full names of the modules a file imports, wherever in it."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(file)}: imports are absolute"
            yield node.module or ""


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_the_table_allows(package: str) -> None:
    allowed = OURS_AND_LIBRARIES[package] | {package} | set(sys.stdlib_module_names)
    wrong = [
        f"{shown(file)} imports {name}"
        for file in package_files(package)
        for name in imported(file)
        if name.partition(".")[0] not in allowed
    ]
    assert wrong == []


def test_the_domain_uses_no_clock_randomness_files_or_logs() -> None:
    wrong = [
        f"{shown(file)} imports {name}"
        for file in package_files("domain")
        for name in imported(file)
        if name not in DOMAIN_MAY_USE and name.partition(".")[0] != "domain"
    ]
    asked = [
        f"{shown(file)}:{node.lineno} asks the clock"
        for file in package_files("domain")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCK_AND_CHANCE
    ]
    assert wrong + asked == []


def test_settings_import_nothing_of_ours() -> None:
    names = {name.partition(".")[0] for name in imported(ROOT / "clearshift" / "settings.py")}
    assert names.isdisjoint(PACKAGES)


def test_the_catalog_knows_words_and_nothing_else_of_ours() -> None:
    names = {n for file in (ROOT / "clearshift" / "i18n").glob("*.py") for n in imported(file)}
    ours = {name for name in names if name.partition(".")[0] in PACKAGES}
    assert ours == {"domain.words", "clearshift.i18n.speaker"}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_of_the_same_name_from_elsewhere_does_not_shadow_ours(package: str) -> None:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin == str(ROOT / package / "__init__.py")
    assert set(packages_distributions().get(package, [])) <= {"clearshift"}


def test_help_loads_no_solver_database_or_screens() -> None:
    code = (
        "import sys; from clearshift.cli.main import main; main(['--help']);"
        "print(sorted({'ortools', 'sqlmodel', 'sqlalchemy', 'streamlit', 'pydantic_settings'}"
        " & set(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stderr.strip() == "[]"
