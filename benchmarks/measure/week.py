"""The week board in a real browser: from opening the page until the board is painted, from a
place pointed at until the rules have spoken, and from "move" until the session is there."""

from __future__ import annotations

import shutil
import statistics
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Locator, Page, sync_playwright

from benchmarks.measure.wall import FLAGS, PATIENCE, started, wait_for
from benchmarks.measure.week_world import make_week
from benchmarks.rows import WeekBoard
from dashboard.gate.cookies import SIGN_IN_COOKIE
from devices.mqtt.ports import free_port

SCREEN = (1366, 768)
LIMIT = 1000 * PATIENCE


def measure(machines: int, patients: int, repeats: int) -> WeekBoard:
    """So many warm visits, and as many moves."""
    if shutil.which("chromium") is None:
        return WeekBoard(machines, patients, 0, note="not run: no chromium")
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        secret, sessions = make_week(folder, machines, patients)
        with started("week_world", folder, port), ExitStack() as stack:
            wait_for(port)
            playwright = stack.enter_context(sync_playwright())
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=list(FLAGS)
            )
            stack.callback(browser.close)
            context = browser.new_context(
                viewport={"width": SCREEN[0], "height": SCREEN[1]}, locale="en-GB"
            )
            base = f"http://127.0.0.1:{port}"
            context.add_cookies([{"name": SIGN_IN_COOKIE, "value": secret, "url": base}])
            _visit(context, base)
            paints = [_visit(context, base) for _ in range(repeats)]
            asked, moved = _moves(_open(context, base), repeats)
    return WeekBoard(
        machines, patients, sessions,
        statistics.median(paints), max(paints),
        statistics.median(asked), statistics.median(moved), max(moved),
    )  # fmt: skip


def _open(context: BrowserContext, base: str) -> Page:
    page = context.new_page()
    page.goto(f"{base}/week", wait_until="commit")
    page.wait_for_selector("td.c .chip", timeout=LIMIT)
    return page


def _visit(context: BrowserContext, base: str) -> float:
    """Seconds until the board of a page opened anew is there."""
    begin = time.perf_counter()
    page = _open(context, base)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    seconds = time.perf_counter() - begin
    page.close()
    return seconds


def _moves(page: Page, repeats: int) -> tuple[list[float], list[float]]:
    """Two sessions of one turn change places, and that is undone: seconds for the verdict, and
    to move."""
    asked, moved = [], []
    there = page.locator("tbody").first.locator("td.c[data-t='9']:has(.chip)")
    one, two = there.nth(0), there.nth(1)
    name = _patient(one)
    for _ in range(repeats):
        _calm(page)
        one.locator(".chip").dblclick()
        _calm(page)
        asked.append(_seconds(two.locator(".chip"), page.locator(".pending .btns")))
        if page.locator(".pending .reason").count():
            page.locator(".pending .reason").fill("benchmark")
        moved.append(_seconds(page.locator(".pending .b1"), _chip(page, two, name)))
        _calm(page)
        page.keyboard.press("Control+z")
        _chip(page, one, name).wait_for(timeout=LIMIT)
    return asked, moved


def _chip(page: Page, cell: Locator, patient: str) -> Locator:
    """The patient's session in that place."""
    place = f"td.c[data-t='9'][data-r='{cell.get_attribute('data-r')}']"
    return page.locator(f"{place} .chip[data-p='{patient}']")


def _seconds(pressed: Locator, shown: Locator) -> float:
    begin = time.perf_counter()
    pressed.click()
    shown.wait_for(timeout=LIMIT)
    return time.perf_counter() - begin


def _calm(page: Page) -> None:
    """No question to the server is open."""
    page.wait_for_selector(".wb:not(.busy)", timeout=LIMIT)


def _patient(cell: Locator) -> str:
    return cell.locator(".chip").first.get_attribute("data-p") or ""
