"""`clearshift demo` as a person starts it, and a browser that looks at it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from devices.mqtt.ports import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 90_000
"""Milliseconds that a page may take on a busy machine."""


@dataclass(frozen=True, slots=True)
class Live:
    """Where the demonstration is, and how to get in."""

    folder: Path
    address: str
    password: str


@contextmanager
def demonstration(folder: Path, sample: str, *options: str) -> Iterator[Live]:
    """Its machines speak over real lines. Ends with everything that it has started."""
    command = [sys.executable, "-m", "clearshift", "demo", "--sample", sample, "--json", *options]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "CLEARSHIFT_PLAN__SECONDS": "5",
            "CLEARSHIFT_WEB__PORT": str(free_port()),  # another demo may begin at this moment
        },
    )  # fmt: skip
    try:
        assert process.stdout is not None
        text = ""
        while (line := process.stdout.readline()) and line != "}\n":
            text += line
        assert line, process.communicate()[1]
        known = json.loads(text + line)["live"]
        yield Live(folder / "demo", known["address"], known["accounts"][0]["password"])
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless; its absence is a failure."""
    found = shutil.which("chromium")
    assert found, "chromium is needed: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Opens pages of the demonstration."""

    live: Live
    browser: Browser

    def page(self, size: tuple[int, int] = (1366, 768), language: str = "en") -> Page:
        """A fresh browser of a size and language that nobody has signed in with."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN" if language == "zh" else "en-GB",
            base_url=self.live.address,
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def signed_in(
        self, name: str, path: str, size: tuple[int, int] = (1366, 768), language: str = "en"
    ) -> Page:
        """A page of somebody of the staff."""
        page = self.page(size, language)
        page.goto("/signin")
        page.fill("input[name=name]", name)
        page.fill("input[type=password]", self.live.password)
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/signin" not in url)
        page.goto(f"/{path}")
        return page
