"""Pictures of every screen in both languages: `python -m tests.browser.pictures`.

Into `docs/pictures/screens`, from a demonstration that runs for them. They show what the screens
look like now; nothing compares them.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.browser.demonstration import ROOT, Visitor, chromium, demonstration

FOLDER = ROOT / "docs" / "pictures" / "screens"
SETTLES = 5_000
"""Milliseconds after the first paint: charts and streams fill in."""
COLORS = 200
LAPTOP, WALL, PHONE = (1366, 768), (1920, 1080), (390, 844)
LONGEST = 120_000
"""Milliseconds for an answer."""
OUT = 13
"""Stations that are out on the bad day."""


def _nothing(_: Page) -> None:
    """The screen shows enough by itself."""


def _press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").first.click()


def _choose(page: Page, key: str, typed: str) -> None:
    field = page.locator(f".st-key-{key} input")
    field.click()
    field.fill(typed)
    page.get_by_role("option").first.click()


def _repair(page: Page) -> None:
    _press(page, "repair-add")
    _press(page, "repair-find")
    page.locator(".st-key-repair-take").wait_for(timeout=LONGEST)


def _compare(page: Page) -> None:
    """Two versions, the second by a repair."""
    page.wait_for_timeout(SETTLES)
    if page.locator(".st-key-compare-patient").count():
        return
    page.goto("/repair?machine=M03")
    _repair(page)
    _press(page, "repair-take")
    page.wait_for_timeout(SETTLES)
    page.goto("/compare")


def _make_up(page: Page) -> None:
    _choose(page, "make-up-patient", "P010")


def _bad_day(page: Page) -> None:
    marks = page.locator(".st-key-bad-day-lost-A button")
    for at in range(OUT):
        marks.nth(at).click()
        page.wait_for_timeout(300)
    _press(page, "bad-day-go")
    page.get_by_role("tab").first.wait_for(timeout=LONGEST)


def _what_if(page: Page) -> None:
    _press(page, "what-if-look")
    page.locator("table").first.wait_for(timeout=LONGEST)


def _roster(page: Page) -> None:
    page.wait_for_timeout(SETTLES)
    if not page.get_by_role("tab").count():
        page.locator("[data-testid=stFormSubmitButton] button").first.click()
        page.get_by_role("tab").first.wait_for(timeout=LONGEST)


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen as somebody sees it after a deed; the path may speak of the planned week's
    Monday."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = LAPTOP
    deed: Callable[[Page], None] = _nothing


SHOTS = (
    Shot("week", "head", ""),
    Shot("plan", "head", "plan"),
    Shot("unmet", "head", "unmet"),
    Shot("why-not", "head", "why-not?patient=P182&day={monday}&shift=NOON"),
    Shot("repair", "head", "repair?machine=M03", deed=_repair),
    Shot("make-up", "head", "make-up", deed=_make_up),
    Shot("bad-day", "head", "bad-day", deed=_bad_day),
    Shot("what-if", "head", "what-if", deed=_what_if),
    Shot("roster", "head", "roster", deed=_roster),
    Shot("compare", "head", "compare", deed=_compare),
    Shot("requests", "head", "requests"),
    Shot("links", "head", "links"),
    Shot("papers", "head", "papers"),
    Shot("data", "head", "data"),
    Shot("files", "head", "files"),
    Shot("wall", "tech", "", WALL),
    Shot("machine", "tech", "machine?m=M16"),
    Shot("due", "tech", "due"),
    Shot("books", "tech", "books"),
    Shot("displays", "tech", "displays"),
    Shot("accounts", "admin", "accounts"),
    Shot("audit", "admin", "audit"),
)


def main() -> None:
    """Every screen, the way in, and a machine on a phone; for each language a demonstration of
    its own, as some deeds are stored."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in ("en", "zh"):
        with (
            tempfile.TemporaryDirectory() as folder,
            demonstration(Path(folder), "huangchuan") as live,
            chromium() as browser,
        ):
            visitor = Visitor(live, browser)
            _sign_in(visitor, language)
            for shot in (*SHOTS, Shot("machine-phone", "tech", "machine?m=M16", PHONE)):
                _screen(visitor, shot, language)


def _sign_in(visitor: Visitor, language: str) -> None:
    page = visitor.page(LAPTOP, language)
    page.goto("/signin")
    _keep(page, f"signin-{language}")


def _screen(visitor: Visitor, shot: Shot, language: str) -> None:
    path = shot.path.format(monday=_monday(visitor.live.folder))
    page = visitor.signed_in(shot.who, path, shot.size, language)
    page.wait_for_selector("[data-testid=stMainBlockContainer]")
    shot.deed(page)
    page.wait_for_timeout(SETTLES)
    _keep(page, f"{shot.name}-{language}")


def _monday(folder: Path) -> str:
    """From the name of the sheets' folder, as in CENTER-2026-03-02-v1."""
    sheets = next((folder / "out").iterdir())
    return sheets.name.split("-", 1)[1].rpartition("-")[0]


def _keep(page: Page, name: str) -> None:
    """With few colors: a picture in the repository should be small."""
    with Image.open(io.BytesIO(page.screenshot())) as whole:
        whole.convert("RGB").quantize(COLORS).save(FOLDER / f"{name}.png", optimize=True)
    page.context.close()


if __name__ == "__main__":
    main()
