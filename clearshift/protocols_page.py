"""Writes `docs/protocols.md` from the protocols: `python -m clearshift.protocols_page`.

Run by developers from the repository; never at run time.
"""

from __future__ import annotations

from pathlib import Path

from devices.protocols.listed import MISSING, PROTOCOLS
from devices.protocols.page import protocols_page

PAGE = Path(__file__).parents[1] / "docs" / "protocols.md"


def current() -> str:
    """The page as it ought to be."""
    return protocols_page(PROTOCOLS, MISSING)


def main() -> None:
    """Bring the page up to date."""
    PAGE.write_text(current(), encoding="utf-8")


if __name__ == "__main__":
    main()
