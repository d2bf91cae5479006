"""A patient's page on a phone with a slow line, in a browser that has never been there."""

from __future__ import annotations

import shutil
import statistics
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from benchmarks.measure.wall import PATIENCE, started, wait_for
from benchmarks.measure.week import browsing
from benchmarks.measure.week_world import make_week
from benchmarks.rows import PhonePage
from devices.mqtt.ports import free_port

PHONE = (390, 844)
LATENCY_MS, BITS = 400, 400_000
"""A slow third-generation line: round trip, and bits a second either way."""

_PAINTED = """new Promise((done) => {
  const look = () => {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    first ? done(first.startTime / 1000) : requestAnimationFrame(look);
  };
  look();
})"""


def measure(language: str, repeats: int) -> PhonePage:
    """So many first visits, each with an empty cache."""
    if shutil.which("chromium") is None:
        return PhonePage(language, note="not run: no chromium")
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        week = make_week(folder, 32, 260)
        with started("week_world", folder, port), ExitStack() as stack:
            wait_for(port)
            browser = browsing(stack)
            address = f"http://127.0.0.1:{port}/p/{week.link}"
            _visit(browser, address, language)  # the server has been asked before, the phone not
            visits = [_visit(browser, address, language) for _ in range(repeats)]
    painted = [seconds for seconds, _ in visits]
    return PhonePage(
        language, max(size for _, size in visits), statistics.median(painted), max(painted)
    )


def _visit(browser: Browser, address: str, language: str) -> tuple[float, int]:
    """Seconds until the page is painted, and the bytes that came over the line until then."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, locale=language, is_mobile=True
    )
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BITS / 8,
            "uploadThroughput": BITS / 8,
        },
    )
    sizes: list[int] = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="load", timeout=1000 * PATIENCE)
    painted = float(page.evaluate(_PAINTED))
    context.close()
    return painted, sum(sizes)
