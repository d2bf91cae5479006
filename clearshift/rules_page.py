"""Writes `docs/rules.md` from the rules: `python -m clearshift.rules_page`.

Run by developers from the repository; never at run time.
"""

from __future__ import annotations

from pathlib import Path

from clearshift.i18n import speaker
from domain.rulebook import STANDARD_ROWS
from scheduler.rules import RULES
from scheduler.rules.page import rules_page

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"


def current() -> str:
    """The page as it ought to be."""
    return rules_page(RULES, STANDARD_ROWS, speaker("zh"))


def main() -> None:
    """Bring the page up to date."""
    PAGE.write_text(current(), encoding="utf-8")


if __name__ == "__main__":
    main()
