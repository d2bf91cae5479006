"""A small center without a plan, made once: the wall only writes displays and accounts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.site import Site
from tests.dashboard.world import copy_world, make_world, site_at


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody writes into this one."""
    return make_world(tmp_path_factory.mktemp("room") / "world", planned=False)


@pytest.fixture
def site(room: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own."""
    made = site_at(copy_world(room, tmp_path / "world"))
    yield made
    made.here.database.dispose()
    made.here.telemetry.dispose()
