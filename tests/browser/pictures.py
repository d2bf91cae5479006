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
    """A screen as somebody sees it; the path may speak of the planned week's Monday."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = LAPTOP


SHOTS = (
    Shot("week", "head", ""),
    Shot("plan", "head", "plan"),
    Shot("unmet", "head", "unmet"),
    Shot("compare", "head", "compare"),
    Shot("why-not", "head", "why-not?patient=P182&day={monday}&shift=NOON"),
    Shot("repair", "head", "repair"),
    Shot("make-up", "head", "make-up"),
    Shot("bad-day", "head", "bad-day"),
    Shot("what-if", "head", "what-if"),
    Shot("roster", "head", "roster"),
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
    page.wait_for_timeout(SETTLES)
    _keep(page, f"{shot.name}-{language}")


def _monday(folder: Path) -> str:
    """From the name of the sheets' folder, as in CENTER-2026-03-02-v1."""
    sheets = next((folder / "demo" / "out").iterdir())
    return sheets.name.split("-", 1)[1].rpartition("-")[0]


def _keep(page: Page, name: str) -> None:
    """With few colors: a picture in the repository should be small."""
    with Image.open(io.BytesIO(page.screenshot())) as whole:
        whole.convert("RGB").quantize(COLORS).save(FOLDER / f"{name}.png", optimize=True)
    page.context.close()


if __name__ == "__main__":
    main()
