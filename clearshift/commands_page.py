"""Keeps `docs/commands.md` in step with `--help`: `python -m clearshift.commands_page`.

What stands between two marks is rewritten, the rest of the page is written by hand. Run by
developers from the repository; never at run time.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from clearshift.cli.commands import COMMANDS
from clearshift.cli.entry import WHOLE, Entry, children
from clearshift.cli.page import command_page, group_page
from clearshift.cli.parsing import command_of
from clearshift.i18n import speaker

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
_WIDTH = 96
_BLOCK = re.compile(r"<!-- help: (.+?) -->\n.*?<!-- end -->", re.DOTALL)


def current(page: str) -> str:
    """The page with every help block as it ought to be. Raises KeyError for a block of a
    command that there is not."""
    known = {entry.path: entry for entry in (WHOLE, *COMMANDS)}

    def block(found: re.Match[str]) -> str:
        text = help_text(known[found[1]])
        return f"<!-- help: {found[1]} -->\n\n```text\n{text}\n```\n\n<!-- end -->"

    return _BLOCK.sub(block, page)


def shown(page: str) -> tuple[str, ...]:
    """The commands whose help the page holds."""
    return tuple(found[1] for found in _BLOCK.finditer(page))


def help_text(entry: Entry) -> str:
    """What `--help` prints in English, without the options that all commands share."""
    say = speaker("en")
    out = io.StringIO()
    page = (
        command_page(entry, command_of(entry), say)
        if entry.place
        else group_page(entry, children(entry, COMMANDS), say)
    )
    Console(file=out, width=_WIDTH, color_system=None).print(page)
    own, _, _ = out.getvalue().partition("\nOptions of every command")
    return "\n".join(line.rstrip() for line in own.rstrip().splitlines())


def main() -> None:
    """Bring the page up to date."""
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
