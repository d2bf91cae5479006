"""The parts that commands' pages are made of: headings, tables of numbers, lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from clearshift.i18n import Say
from domain.words import Gap, Words, words

_COMMAND = 36
"""Columns that short commands share, so that what they do stands below each other."""

Cell = Words | Gap | None
"""What a cell holds; nothing is shown for `None`."""


def heading(say: Say, said: Words) -> RenderableType:
    """A line in bold with a blank one above."""
    return Padding(Text(say(said), style="bold"), (1, 0, 0, 0))


def good(say: Say, said: Words) -> RenderableType:
    """A line that says that all is well."""
    return _marked("✓ ", "green", say(said))


def bad(say: Say, said: Words) -> RenderableType:
    """A line that says that something is not."""
    return _marked("✗ ", "red", say(said))


def attention(say: Say, said: Words) -> RenderableType:
    """A line that asks for attention."""
    return _marked("! ", "yellow", say(said))


def items(say: Say, lines: Iterable[Words]) -> Iterable[RenderableType]:
    """Sentences one below the other, indented; further lines of one hang under it."""
    return (_marked("  - ", "dim", say(line)) for line in lines)


def table(
    say: Say,
    headings: Sequence[Words],
    rows: Iterable[Sequence[Cell]],
    numbers: Collection[int] = (),
) -> RenderableType:
    """Rows under headings, the columns of numbers aligned to the right."""
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for index, title in enumerate(headings):
        right = index in numbers
        grid.add_column(
            say(title), justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for row in rows:
        grid.add_row(*(Text(cell_text(say, cell)) for cell in row))
    return Padding(grid, (0, 0, 0, 2), expand=False)


def commands(say: Say, steps: Iterable[tuple[str, Words]]) -> Iterable[RenderableType]:
    """Commands to copy, each with what it does as a comment, above it if the command is long."""
    for command, does in steps:
        free = _COMMAND - cell_len(command)
        comment = Text(f"  # {say(does)}", style="dim")
        line = Text(f"  {command}{' ' * free}", style="cyan")
        yield line.append_text(comment) if free >= 0 else Group(comment, line)


def cell_text(say: Say, cell: Cell) -> str:
    """A cell in the language of the page."""
    match cell:
        case None:
            return ""
        case Words():
            return say(cell)
        case str():
            return cell
        case _:
            return say(words("{value}", value=cell))


def _marked(mark: str, style: str, text: str) -> RenderableType:
    grid = Table.grid()
    grid.add_column(no_wrap=True, style=style)
    grid.add_column(overflow="fold")
    grid.add_row(mark, Text(text))
    return grid
