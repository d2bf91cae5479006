"""Pictures of every screen in both languages: `python -m tests.browser.pictures`.

Into `docs/pictures/screens`, from a demonstration that runs for them. They show what the screens
look like now; nothing compares them.
"""

from __future__ import annotations

import io
import tempfile
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


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen as somebody sees it."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = LAPTOP


SHOTS = (
    Shot("week", "head", ""),
    Shot("plan", "head", "plan"),
    Shot("unmet", "head", "unmet"),
    Shot("compare", "head", "compare"),
    Shot("requests", "head", "requests"),
    Shot("links", "head", "links"),
    Shot("papers", "head", "papers"),
    Shot("data", "head", "data"),
    Shot("files", "head", "files"),
    Shot("wall", "tech", "", WALL),
    Shot("machine", "tech", "machine"),
    Shot("due", "tech", "due"),
    Shot("books", "tech", "books"),
    Shot("displays", "tech", "displays"),
    Shot("accounts", "admin", "accounts"),
    Shot("audit", "admin", "audit"),
)


def main() -> None:
    """Every screen, the way in, and a machine on a phone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demonstration(Path(folder), "huangchuan") as live,
        chromium() as browser,
    ):
        visitor = Visitor(live, browser)
        for language in ("en", "zh"):
            _sign_in(visitor, language)
            for shot in (*SHOTS, Shot("machine-phone", "tech", "machine", PHONE)):
                _screen(visitor, shot, language)


def _sign_in(visitor: Visitor, language: str) -> None:
    page = visitor.page(LAPTOP, language)
    page.goto("/signin")
    _keep(page, f"signin-{language}")


def _screen(visitor: Visitor, shot: Shot, language: str) -> None:
    page = visitor.signed_in(shot.who, shot.path, shot.size, language)
    page.wait_for_selector("[data-testid=stMainBlockContainer]")
    page.wait_for_timeout(SETTLES)
    _keep(page, f"{shot.name}-{language}")


def _keep(page: Page, name: str) -> None:
    """With few colors: a picture in the repository should be small."""
    with Image.open(io.BytesIO(page.screenshot())) as whole:
        whole.convert("RGB").quantize(COLORS).save(FOLDER / f"{name}.png", optimize=True)
    page.context.close()


if __name__ == "__main__":
    main()
