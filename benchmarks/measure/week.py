"""The week board in a real browser: from opening the page until the board is painted, from a
place pointed at until the rules have spoken, and from "move" until the session is there."""

from __future__ import annotations

import shutil
import statistics
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from benchmarks.measure.wall import FLAGS, PATIENCE, started, wait_for
from benchmarks.measure.week_world import make_week
from benchmarks.rows import WeekBoard
from dashboard.gate.cookies import SIGN_IN_COOKIE
from devices.mqtt.ports import free_port

SCREEN = (1366, 768)
LIMIT = 1000 * PATIENCE
_EYES = """
const roots = [document], attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (...options) {
  roots.push(attach.apply(this, options));
  return roots.at(-1);
};
window.seen = (selector) => new Promise((done) => {
  const look = () => roots.some((root) => root.querySelector(selector))
    ? setTimeout(() => done(performance.now())) : requestAnimationFrame(look);
  look();
});
window.watch = (selector) => {
  window.painted = new Promise((done) => addEventListener("click", (event) => {
    window.seen(selector).then((now) => done((now - event.timeStamp) / 1000));
  }, {capture: true, once: true}));
};
"""
"""Looks at every frame from inside the page, and counts once that frame is painted: the driver
itself looks ever more seldom, up to half a second apart."""


def measure(machines: int, patients: int, repeats: int) -> WeekBoard:
    """So many warm visits, and as many moves."""
    if shutil.which("chromium") is None:
        return WeekBoard(machines, patients, 0, note="not run: no chromium")
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        week = make_week(folder, machines, patients)
        with started("week_world", folder, port), ExitStack() as stack:
            wait_for(port)
            browser = browsing(stack)
            context = browser.new_context(
                viewport={"width": SCREEN[0], "height": SCREEN[1]}, locale="en-GB"
            )
            base = f"http://127.0.0.1:{port}"
            context.add_init_script(_EYES)
            context.add_cookies([{"name": SIGN_IN_COOKIE, "value": week.cookie, "url": base}])
            _visit(context, base)
            paints = [_visit(context, base) for _ in range(repeats)]
            asked, moved = _moves(_open(context, base), repeats)
    return WeekBoard(
        machines, patients, week.sessions,
        statistics.median(paints), max(paints),
        statistics.median(asked), statistics.median(moved), max(moved),
    )  # fmt: skip


def browsing(stack: ExitStack) -> Browser:
    """Headless Chromium, until the stack is left."""
    playwright = stack.enter_context(sync_playwright())
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
    stack.callback(browser.close)
    return browser


def _open(context: BrowserContext, base: str) -> Page:
    page = context.new_page()
    page.goto(f"{base}/week", wait_until="commit")
    page.evaluate("window.seen('td.c .chip')")
    return page


def _visit(context: BrowserContext, base: str) -> float:
    """Seconds until the board of a page opened anew is there."""
    begin = time.perf_counter()
    page = _open(context, base)
    seconds = time.perf_counter() - begin
    page.close()
    return seconds


def _moves(page: Page, repeats: int) -> tuple[list[float], list[float]]:
    """Two sessions of one turn change places, and that is undone: seconds for the verdict, and
    to move."""
    asked, moved = [], []
    there = page.locator("tbody").first.locator("td.c.full[data-t='9']")
    one, two = there.nth(0), there.nth(1)
    name = _patient(one)
    was, goes = _chip(one, name), _chip(two, name)
    for _ in range(repeats):
        _calm(page)
        one.locator(".chip").dblclick()
        _calm(page)
        asked.append(_seconds(page, two.locator(".chip"), ".pending .btns"))
        if page.locator(".pending .reason").count():
            page.locator(".pending .reason").fill("benchmark")
        moved.append(_seconds(page, page.locator(".pending .b1"), goes))
        _calm(page)
        page.keyboard.press("Control+z")
        page.locator(was).wait_for(timeout=LIMIT)
    return asked, moved


def _chip(cell: Locator, patient: str) -> str:
    """Where the patient's session is when it has that place."""
    return f"td.c[data-t='9'][data-r='{cell.get_attribute('data-r')}'] .chip[data-p='{patient}']"


def _seconds(page: Page, pressed: Locator, shown: str) -> float:
    """From the press until the browser has painted what is then there."""
    page.evaluate("selector => { window.watch(selector); }", shown)
    pressed.click()
    return float(page.evaluate("window.painted"))


def _calm(page: Page) -> None:
    """No question to the server is open."""
    page.wait_for_selector(".wb:not(.busy)", timeout=LIMIT)


def _patient(cell: Locator) -> str:
    return cell.locator(".chip").first.get_attribute("data-p") or ""
