"""Worlds that are made once and copied for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.world import copy_world, make_world


@pytest.fixture(scope="session")
def made_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small sample center with its week planned; nobody writes into this one."""
    return make_world(tmp_path_factory.mktemp("made") / "world")


@pytest.fixture
def world(made_world: Path, tmp_path: Path) -> Path:
    """A copy to write into."""
    return copy_world(made_world, tmp_path / "world")
