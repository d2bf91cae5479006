"""Planning in a real browser: a search in a process of its own, followed, stopped, published."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demonstration import PATIENCE, Visitor
from tests.browser.test_jobs import SIZES, no_sideways

expect.set_options(timeout=PATIENCE)
pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]


def searched(page: Page) -> None:
    """Orders a search, sees it under way, ends it early and waits for its plan."""
    page.get_by_role("button", name="Start the search").click()
    stop = page.get_by_role("button", name="Stop and keep the best")
    result = page.locator(".pl-figures")
    expect(stop.or_(result).first).to_be_visible()
    if stop.count():
        stop.click()
    expect(result).to_be_visible()


def test_a_search_is_followed_stopped_and_its_plan_published(visitor: Visitor) -> None:
    page = visitor.signed_in("head", "plan")
    expect(page.get_by_text("sessions wanted", exact=False)).to_be_visible()
    searched(page)
    page.get_by_role("button", name=re.compile("Publish$")).click()
    page.get_by_role("button", name="Publish this version").click()
    expect(page.get_by_text(re.compile("is in force, published by"))).to_be_visible()
    no_sideways(page)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["plan", "compare", "unmet"])
def test_the_planning_screens_fit_the_page(
    visitor: Visitor, path: str, size: tuple[int, int], language: str
) -> None:
    page = visitor.signed_in("head", path, size, language)
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    assert page.locator("[data-testid=stAlertContentError]").count() == 0
    no_sideways(page)
