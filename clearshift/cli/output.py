"""How a command says its result: for people in their language, for scripts as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time, timedelta
from pathlib import Path

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from clearshift.i18n import Say
from domain.words import Words

_PIPE_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Output:
    """Where and in which language results go: `out` gets the result alone, `err` the rest."""

    say: Say
    json: bool
    out: Console
    err: Console

    def result(self, value: object, *shown: Words | RenderableType) -> None:
        """What the command was asked for: the value as JSON, or else what is to be shown."""
        if self.json:
            self.out.file.write(as_json(value, self.say) + "\n")
        else:
            for part in shown:
                self._show(self.out, part)

    def note(self, *shown: Words | RenderableType) -> None:
        """What is going on; never in the way of a script's JSON."""
        for part in shown:
            self._show(self.err if self.json else self.out, part)

    def error(self, line: Words) -> None:
        """A line on what went wrong."""
        self._show(self.err, line)

    def table(self, headings: Sequence[Words], rows: Iterable[Sequence[object]]) -> Table:
        """Rows under headings; cells are words, text, numbers or dates."""
        table = Table(*(self.say(heading) for heading in headings), box=None, pad_edge=False)
        for row in rows:
            table.add_row(*(Text(self._cell(cell)) for cell in row))
        return table

    def _cell(self, cell: object) -> str:
        return self.say(cell) if isinstance(cell, Words) else str(cell)

    def _show(self, console: Console, part: Words | RenderableType) -> None:
        # Text, because a name with [brackets] in it is not markup.
        shown = Text(self.say(part)) if isinstance(part, Words) else part
        console.print(shown, soft_wrap=isinstance(part, Words))


def output(say: Say, json: bool) -> Output:
    """The output of this process: standard output and standard error."""
    return Output(say, json, _console(stderr=False), _console(stderr=True))


def _console(stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    return console


def as_json(value: object, say: Say) -> str:
    """A value of ours as a JSON document: data classes as objects, dates in ISO form, words
    said, durations in seconds. Raises TypeError for a kind of value that nobody planned to
    give to scripts."""

    def plain(part: object) -> object:
        match part:
            case Words():
                return say(part)
            case date() | time():
                return part.isoformat()
            case timedelta():
                return part.total_seconds()
            case Path():
                return str(part)
            case Mapping():
                return dict(part)
            case frozenset() | set():
                return sorted(part, key=str)
        if is_dataclass(part) and not isinstance(part, type):
            return {field.name: getattr(part, field.name) for field in fields(part)}
        raise TypeError(f"{type(part).__name__} has no JSON form")

    return json.dumps(value, default=plain, ensure_ascii=False, indent=2)
