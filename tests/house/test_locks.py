"""The hash-pinned requirement files: complete, consistent, and bound to no host."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pinned(lock: str) -> dict[str, str]:
    """Versions by package."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", text, flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"https?:|--(?:extra-)?index|--find-links|file:| @ ", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines != []
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize(
    ("lock", "needed"),
    [
        ("requirements.lock", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["build"]),
        ("requirements-dev.lock", PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_a_lock_satisfies_what_the_project_asks_for(lock: str, needed: list[str]) -> None:
    versions = pinned(lock)
    unmet = [
        text
        for text in needed
        if not (requirement := Requirement(text)).specifier.contains(
            versions.get(canonicalize_name(requirement.name), "0")
        )
    ]
    assert unmet == []


def test_tests_run_with_the_versions_that_a_center_gets() -> None:
    runtime, development = pinned(LOCKS[0]), pinned(LOCKS[1])
    assert {name: development.get(name) for name in runtime} == runtime
