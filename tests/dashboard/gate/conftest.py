"""A world with accounts, made once and copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard.site import Site
from tests.dashboard.gate.world import Clock, add_accounts, browser, site_with, stub
from tests.dashboard.world import copy_world, make_world


@pytest.fixture(scope="session")
def staffed_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A center without a plan, and one account for each role; nobody writes into this one."""
    folder = make_world(tmp_path_factory.mktemp("staffed") / "world", planned=False)
    site = site_with(folder, Clock())
    add_accounts(site)
    site.here.database.dispose()
    site.here.telemetry.dispose()
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(staffed_world: Path, tmp_path: Path, clock: Clock) -> Iterator[Site]:
    """A site of the test's own."""
    made = site_with(copy_world(staffed_world, tmp_path / "world"), clock)
    yield made
    made.here.database.dispose()
    made.here.telemetry.dispose()


@pytest.fixture
def client(site: Site, clock: Clock) -> Iterator[TestClient]:
    """A browser before the gate, not signed in."""
    with browser(stub(site, clock)) as made:
        yield made
