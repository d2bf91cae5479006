"""The wall in real browsers: from what a machine says until its tile has been painted, and what
the server costs meanwhile. Server, writer and browsers share this computer, which cannot
paint for many: the other viewers only read the stream, as if they painted elsewhere."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

from benchmarks.figures import percentile
from benchmarks.measure.consumers import cpu_seconds, resident_mib
from benchmarks.measure.wall_world import Secrets, make_room
from benchmarks.rows import Wall
from dashboard.gate.cookies import SIGN_IN_COOKIE
from dashboard.machine_words import condition
from devices.mqtt.ports import free_port

ROOT = Path(__file__).parents[2]
SCREEN = ViewportSize(width=1920, height=1080)
PATIENCE = 180.0
SETTLING = 5.0
"""Seconds after the last page is there, before anything counts."""
LONGEST = 3600.0
"""Seconds after which the writer ends by itself, if nobody ends it."""
LEFT = 3.0
"""What is said in the last seconds may still be under way."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)
Painted = Mapping[tuple[str, str, str], Sequence[float]]
"""When a page has shown a machine's text of a kind, in seconds of the clock."""


def measure(page: str, machines: int, pages: int, readers: int, seconds: float) -> Wall:
    """`page` is `staff`, the screen of somebody signed in, or `display`, a page without
    Streamlit; so many in browsers of their own, and so many readers of the same stream."""
    if shutil.which("chromium") is None:
        return Wall(page, machines, pages, readers, seconds, note="not run: no chromium")
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        secrets = make_room(folder, machines)
        with (
            started("wall_world", folder, port) as server,
            started("wall_writer", folder, LONGEST),
            ExitStack() as stack,
        ):
            wait_for(port)
            opened = list(_opened(stack, page, port, secrets, pages))
            stack.enter_context(_readers(page, port, secrets, readers))
            time.sleep(SETTLING)
            for one in opened:
                one.evaluate("window.noted.length = 0")
            begin, used = time.time(), cpu_seconds(server.pid)
            time.sleep(seconds)
            end, used = time.time(), cpu_seconds(server.pid) - used
            memory = resident_mib(server.pid, "VmRSS")
            painted = [_painted(one) for one in opened]
        said = list(_said(folder, begin, end - LEFT))
    return _row(Wall(page, machines, pages, readers, seconds), said, painted, used, memory)


def _row(
    row: Wall,
    said: Sequence[tuple[float, str, str, str]],
    painted: Sequence[Painted],
    used: float,
    memory: float,
) -> Wall:
    alarms, lost = latencies([one for one in said if one[2] == "alarm"], painted)
    samples, overtaken = latencies([one for one in said if one[2] == "sample"], painted)
    return Wall(
        row.page, row.machines, row.pages, row.readers, row.seconds,
        *_middle_and_end(alarms), lost,
        *_middle_and_end(samples), overtaken,
        used, memory,
    )  # fmt: skip


def _middle_and_end(found: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    if not found:
        raise ValueError("no page has shown anything of what was said")
    return percentile(found, 0.5), percentile(found, 0.99)


def latencies(
    said: Iterable[tuple[float, str, str, str]], painted: Iterable[Painted]
) -> tuple[list[float], int]:
    """Seconds from what was said until each page had it; and how often one never did."""
    pages = list(painted)
    found: list[float] = []
    never = 0
    for at, *what in said:
        machine, kind, text = what
        for page in pages:
            times = page.get((machine, kind, text), ())
            place = bisect_left(times, at)
            if place < len(times):
                found.append(times[place] - at)
            else:
                never += 1
    return found, never


def _said(folder: Path, begin: float, end: float) -> Iterator[tuple[float, str, str, str]]:
    """What the writer said in between, as a page shows it."""
    for line in (folder / "said.jsonl").read_text(encoding="utf-8").splitlines():
        at, machine, kind, text = json.loads(line)
        if begin <= at <= end:
            yield at, machine, kind, str(condition(text, None)) if kind == "alarm" else text


def _painted(page: Page) -> Painted:
    found: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for at, machine, kind, text in json.loads(page.evaluate("JSON.stringify(window.noted)")):
        found[machine, kind, text].append(at / 1000)
    return found


def _opened(stack: ExitStack, page: str, port: int, secrets: Secrets, pages: int) -> Iterator[Page]:
    """All pages, each in a browser of its own, with tiles in them."""
    playwright = stack.enter_context(sync_playwright())
    there = [_page(_browser(stack, playwright), page, port, secrets) for _ in range(pages)]
    for one in there:
        _ready(one)
        yield one


def _ready(page: Page) -> None:
    """Waits until the page has tiles; its own policy forbids to wait for a script's word."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate("window.ready === true"):
        if time.monotonic() > deadline:
            raise TimeoutError("a page shows no machines")
        time.sleep(0.2)


def _browser(stack: ExitStack, playwright: Playwright) -> Browser:
    started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
    stack.callback(started.close)
    return started


def _page(browser: Browser, page: str, port: int, secrets: Secrets) -> Page:
    base = f"http://127.0.0.1:{port}"
    context = browser.new_context(viewport=SCREEN, locale="en-GB")
    context.add_cookies([{"name": SIGN_IN_COOKIE, "value": secrets.staff, "url": base}])
    made = context.new_page()
    made.add_init_script(path=Path(__file__).with_name("wall_page.js"))
    made.goto(f"{base}/wall" if page == "staff" else f"{base}/wall/{secrets.display}?lang=en")
    return made


def _readers(
    page: str, port: int, secrets: Secrets, count: int
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    path = "/stream/wall" if page == "staff" else f"/wall/{secrets.display}/stream?lang=en"
    return started("wall_readers", port, path, f"{SIGN_IN_COOKIE}={secrets.staff}", count)


@contextmanager
def started(task: str, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    """A module of `benchmarks.measure` as a process of its own, stopped at the end."""
    command = [sys.executable, "-m", f"benchmarks.measure.{task}", *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def wait_for(port: int) -> None:
    """Until the server answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
