"""The page that shows what the long runs found: written by them, never by hand."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.tables import renewed

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"


def publish(section: str, command: str, lines: Sequence[str]) -> None:
    """Puts a run's own words between the markers of its section."""
    today = datetime.now(UTC).date().isoformat()
    told = "\n".join(lines)
    text = f"`{command}`, {today}, Python {platform.python_version()}:\n\n```\n{told}\n```\n"
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), {section: text}), encoding="utf-8")


class Teller:
    """Prints lines as they come and keeps them for the page."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, line: str, *, shown: bool = True) -> None:
        print(line, flush=True)
        if shown:
            self.lines.append(line)
