"""On which line of a TOML file a key stands: the standard parser does not say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[A-Za-z0-9_-]+)\s*=")
_TOKEN = re.compile(r"\"\"\"|'''|\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")
_LONG = ('"""', "'''")


@dataclass(slots=True)
class Part:
    """One `[table]` or `[[table]]`: the line of its header and of each of its keys."""

    line: int
    keys: dict[str, int] = field(default_factory=dict)


def locate(text: str) -> dict[str, list[Part]]:
    """The parts of each table in order; keys above the first header are under ""."""
    part = Part(1)
    parts = {"": [part]}
    open_quote = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not open_quote:
            if header := _HEADER.match(line):
                part = Part(number)
                parts.setdefault(_bare(header[1]), []).append(part)
            elif key := _KEY.match(line):
                part.keys.setdefault(_bare(key[1]), number)
        open_quote = _left_open(line, open_quote)
    return parts


def _bare(name: str) -> str:
    return name[1:-1] if name[:1] in ("'", '"') and name[-1:] == name[:1] else name


def _left_open(line: str, open_quote: str) -> str:
    """The long quotation mark that is open at the end of a line, "" if none."""
    position = 0
    while True:
        if open_quote:
            end = line.find(open_quote, position)
            if end < 0:
                return open_quote
            position, open_quote = end + 3, ""
        token = _TOKEN.search(line, position)
        if token is None:
            return ""
        position = token.end()
        if token[0] in _LONG:
            open_quote = token[0]
