"""One demonstration and one browser for the tests of a file. Not for longer: the browser keeps an
event loop in the thread of the tests, and other tests want one of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.demonstration import Live, Visitor, chromium, demonstration


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The small sample center, its machines and its screens."""
    with demonstration(tmp_path_factory.mktemp("live"), "xiamao") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with chromium() as started:
        yield started


@pytest.fixture
def visitor(live: Live, browser: Browser) -> Iterator[Visitor]:
    """Closes what a test has opened."""
    yield Visitor(live, browser)
    for context in browser.contexts:
        context.close()
