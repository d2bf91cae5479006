"""The jobs of the three users in a real browser, on machines that speak over real lines."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demonstration import PATIENCE, Visitor

expect.set_options(timeout=PATIENCE)
pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]
SIZES = ((1366, 768), (1920, 1080))


def no_sideways(page: Page) -> None:
    """The page itself does not scroll to the side; parts of it may."""
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0


def every_mark_is_whole(page: Page) -> None:
    """No sign of a session on the week board is cut off, even if columns were narrower still."""
    chips = page.locator("td.c .chip")
    chips.evaluate_all("chips => chips.forEach(chip => (chip.style.width = '26px'))")
    cut = chips.evaluate_all(
        """chips => chips.filter(chip => [...chip.querySelectorAll('.mk > span')].some(mark => {
            const [a, b] = [mark.getBoundingClientRect(), chip.getBoundingClientRect()];
            return a.right > b.right + 0.5 || a.bottom > b.bottom + 1;
        })).map(chip => chip.innerText)"""
    )
    assert cut == []


def test_a_wrong_password_does_not_open_and_the_right_one_does(visitor: Visitor) -> None:
    page = visitor.page()
    page.goto("/week")
    page.wait_for_url(re.compile("/signin"))
    page.fill("input[name=name]", "head")
    page.fill("input[type=password]", "wrong")
    page.click("button[type=submit]")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.fill("input[type=password]", visitor.live.password)
    page.click("button[type=submit]")
    expect(page.get_by_text("Version 1", exact=False).first).to_be_visible()
    page.get_by_text("Sign out").click()
    page.goto("/week")
    page.wait_for_url(re.compile("/signin"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_the_head_nurse_sees_the_week(
    visitor: Visitor, size: tuple[int, int], language: str
) -> None:
    page = visitor.signed_in("head", "", size, language)
    expect(page.locator("td.c").first).to_be_visible()
    assert page.locator("td.c").count() >= 72
    every_mark_is_whole(page)
    no_sideways(page)


def test_a_click_tells_of_the_patient_and_another_one_asks_before_it_moves(
    visitor: Visitor,
) -> None:
    page = visitor.signed_in("head", "")
    chips = page.locator("td.c [data-p]")
    expect(chips.first).to_be_visible()
    chips.nth(30).click()
    expect(page.locator("td.g-good, td.g-costs, td.g-breaks").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("td.g-good, td.g-costs, td.g-breaks")).to_have_count(0)


def drawn(page: Page) -> object:
    """What the places and the counts of the board show, apart from what is being carried."""
    return page.locator("table.grid").evaluate(
        """table => [...table.querySelectorAll("td")].map(td => [
            td.dataset.t, td.dataset.r, td.title, td.innerText, td.style.cssText,
            ["full", "many", "shut", "ok", "over"].filter(name => td.classList.contains(name)),
            [...td.querySelectorAll(".chip")].map(chip => [
                chip.dataset.p, chip.title, chip.draggable,
                [...chip.classList].filter(name => name.startsWith("is-"))])])"""
    )


def test_two_clicks_move_a_session_and_the_board_shows_what_one_drawn_anew_does(
    visitor: Visitor,
) -> None:
    page = visitor.signed_in("head", "")
    chip = page.locator("td.c.full:not(.past) .chip").last
    patient = chip.get_attribute("data-p")
    chip.dblclick()
    place = page.locator("td:is(.g-good, .g-costs, .g-breaks):not(.from)").last
    goes = (
        f"td.c[data-t='{place.get_attribute('data-t')}'][data-r='{place.get_attribute('data-r')}']"
    )
    there = page.locator(f"{goes} .chip[data-p='{patient}']")
    place.click()
    asked = page.locator(".pending .b1")
    expect(there.or_(asked).first).to_be_visible()
    if asked.count():
        if page.locator(".pending .reason").count():
            page.locator(".pending .reason").fill("tried in a test")
        asked.click()
    expect(there).to_be_visible()
    moved = drawn(page)
    page.reload()
    expect(there).to_be_visible()
    assert moved == drawn(page)
    page.locator("td.c").first.focus()
    page.keyboard.press("Control+z")
    expect(there).to_have_count(0)
    undone = drawn(page)
    page.reload()
    expect(page.locator("td.c .chip").first).to_be_visible()
    assert undone == drawn(page)


def test_the_head_nurse_publishes_and_a_patient_reads_and_answers(visitor: Visitor) -> None:
    nurse = visitor.signed_in("head", "")
    nurse.get_by_role("button", name=re.compile("Publish")).click()
    nurse.get_by_role("button", name="Publish this version").click()
    expect(nurse.get_by_text("is in force now", exact=False).first).to_be_visible()

    nurse.goto("/links")
    chosen = nurse.get_by_role("combobox").last
    chosen.click()
    chosen.fill("P003")
    nurse.get_by_role("option").first.click()
    nurse.get_by_role("button", name="Make a link").click()
    address = nurse.locator("code").inner_text().strip()

    phone = visitor.page((390, 844), "zh")
    phone.goto(address)
    expect(phone.locator(".come").first).to_be_visible()
    no_sideways(phone)
    phone.locator("button[value=cannot]").first.click()
    expect(phone.locator("[role=status]")).to_be_visible()

    nurse.goto("/requests")
    expect(nurse.get_by_text("Answers (1)")).to_be_visible()


def test_the_next_week_is_planned_on_the_screen(visitor: Visitor) -> None:
    page = visitor.signed_in("head", "plan")
    page.get_by_role("button", name=re.compile("Start")).click()
    expect(page.get_by_text("Version", exact=False).first).to_be_visible()


def test_the_technician_sees_machines_live_in_both_languages_of_the_warning(
    visitor: Visitor,
) -> None:
    page = visitor.signed_in("tech", "", (1920, 1080))
    expect(page.locator(".tile")).to_have_count(6)
    expect(page.get_by_text("Information only. Not an alarm system", exact=False)).to_be_visible()
    expect(page.locator(".notice span")).to_have_count(2)
    clock = page.locator("time.clock")
    before = clock.inner_text()
    expect(clock).not_to_have_text(before)
    no_sideways(page)
    page.locator(".tile").first.click()
    page.wait_for_url(re.compile("/machine"))


@pytest.mark.parametrize("path", ["due", "books"])
def test_the_technician_sees_what_is_due_and_that_the_books_add_up(
    visitor: Visitor, path: str
) -> None:
    page = visitor.signed_in("tech", path)
    expect(page.locator("h1").first).to_be_visible()
    assert page.locator("[data-testid=stAlertContentError]").count() == 0
    no_sideways(page)


def test_a_corridor_display_shows_no_name(visitor: Visitor) -> None:
    page = visitor.signed_in("tech", "displays")
    page.get_by_role("button", name=re.compile("Add a display")).click()
    page.get_by_label("Where it hangs").fill("Corridor 3")
    page.get_by_role("button", name="Add", exact=True).click()
    address = page.locator("code").inner_text().strip()
    wall = visitor.page((1920, 1080))
    wall.goto(address)
    expect(wall.get_by_text("A01").first).to_be_visible()
    text = wall.locator("body").inner_text()
    assert not re.search(r"\bM0\d\b|\bP0\d\d\b|hepatitis|HBV", text)


@pytest.mark.parametrize(
    ("name", "path"),
    [("nurse", "accounts"), ("tech", "week"), ("admin", "week"), ("doctor", "plan")],
)
def test_a_screen_of_another_role_is_refused(visitor: Visitor, name: str, path: str) -> None:
    page = visitor.signed_in(name, path)
    expect(page.get_by_text("This page is not for your role")).to_be_visible()
