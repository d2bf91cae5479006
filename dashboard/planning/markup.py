"""Small tables and lists as HTML. Every text is escaped here and nowhere else. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `tone` is `good`, `bad` or `faint`; `share` draws a bar below it, full at 1
    and alarming beyond; `address` makes it a way to another screen."""

    text: str
    number: bool = False
    tone: str = ""
    share: float | None = None
    address: str = ""


def table(headings: Sequence[Cell], rows: Iterable[Sequence[Cell]], caption: str) -> str:
    """A table; `caption` is read aloud, not shown."""
    head = "".join(f'<th scope="col" class="{_css(one)}">{escape(one.text)}</th>'
                   for one in headings)  # fmt: skip
    body = "".join(f"<tr>{''.join(map(_td, row))}</tr>" for row in rows)
    return (
        f'<div class="pl-wide"><table class="pl-table" aria-label="{escape(caption)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def listed(lines: Iterable[str], *, tone: str = "") -> str:
    """A list of sentences."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="pl-list {tone}">{items}</ul>'


def note(text: str, tone: str) -> str:
    """A sentence that stands out: `good`, `bad`, `warn` or `info`."""
    return f'<div class="pl-note pl-{tone}">{escape(text)}</div>'


def figure(value: str, label: str, tone: str = "") -> str:
    """A large figure with what it counts below it."""
    return f'<div class="pl-figure {tone}"><b>{escape(value)}</b><span>{escape(label)}</span></div>'


def figures(parts: Iterable[str]) -> str:
    """Several side by side."""
    return f'<div class="pl-figures">{"".join(parts)}</div>'


def links(pairs: Iterable[tuple[str, str]]) -> str:
    """Ways to other screens: address and text, in the same window."""
    found = "".join(
        f'<a href="{escape(address, quote=True)}" target="_self">{escape(text)}</a>'
        for address, text in pairs
    )
    return f'<nav class="pl-links">{found}</nav>'


def _td(cell: Cell) -> str:
    if cell.address:
        way = escape(cell.address, quote=True)
        link = f'<a href="{way}" target="_self">{escape(cell.text)}</a>'
        return f'<td class="{_css(cell)}">{link}</td>'
    if cell.share is None:
        return f'<td class="{_css(cell)}">{escape(cell.text)}</td>'
    wide = round(100 * min(1.0, max(0.0, cell.share)))
    full = " pl-full" if cell.share > 1 else ""
    return (
        f'<td class="{_css(cell)}"><div class="pl-bar{full}"><i style="width:{wide}%"></i>'
        f"</div>{escape(cell.text)}</td>"
    )


def _css(cell: Cell) -> str:
    share = "pl-share" if cell.share is not None else ""
    return " ".join(filter(None, ["pl-number" if cell.number else "", share, cell.tone]))
