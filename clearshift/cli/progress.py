"""How the search goes, while it goes: moving on a terminal, line by line elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TextIO

from rich.console import Console, Group
from rich.live import Live
from rich.padding import Padding
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from clearshift.cli.output import Output
from clearshift.i18n import Say
from domain.words import Words, words
from scheduler.model import PROMISES
from scheduler.planner import Progress
from scheduler.progress_words import (
    ALL_TIERS,
    PROVEN,
    Figure,
    figures_of,
    log_line,
    stage_of,
    stage_words,
    tier_words,
)

_QUIET_SECONDS = 5.0
"""How long a terminal-less run says nothing while nothing new begins."""

_STOPPING = words("Stopping with the best plan so far; Ctrl-C once more leaves without it.")
_KEEP = words("Ctrl-C stops and keeps the best plan so far.")
_LEFT = words("Left without a plan; nothing was stored.")


class LiveBoard:
    """A block of lines that is drawn again and again in the same place."""

    def __init__(self, live: Live, output: Output, names: Mapping[int, Words]) -> None:
        self._live = live
        self._output = output
        self._say = output.say
        self._names = names
        self._spinner = Spinner("dots", style="cyan")
        self._last: Progress | None = None
        self._rows: dict[int, Figure] = {}
        self._seconds = 0.0
        self._foot = _KEEP
        self._draw()

    def show(self, progress: Progress) -> None:
        """The figures of the moment, below those that are settled."""
        if progress.rough or ALL_TIERS in self._rows:
            self._rows.clear()
        self._rows |= {tier: (cost, said) for tier, cost, said in figures_of(progress)}
        self._last, self._seconds = progress, progress.seconds
        self._draw()

    def tick(self, seconds: float) -> None:
        """The clock."""
        self._seconds = max(self._seconds, seconds)
        self._draw()

    def stopping(self) -> None:
        """Says that the end is near."""
        self._foot = _STOPPING

    def leave(self) -> None:
        """Gives the terminal back."""
        self._live.stop()
        self._output.error(_LEFT)

    def _draw(self) -> None:
        stage = stage_words(stage_of(self._last) if self._last else None)
        head = words("{stage} · {seconds} s", stage=stage, seconds=f"{self._seconds:.1f}")
        self._spinner.update(text=Text(self._say(head), style="bold"))
        rows = figures(self._rows, self._names, self._say)
        foot = Text(f"  {self._say(self._foot)}", style="dim")
        self._live.update(Group(self._spinner, Padding(rows, (0, 0, 0, 2), expand=False), foot))


class PlainBoard:
    """A line when a stage begins, and now and then while it lasts."""

    def __init__(self, output: Output, names: Mapping[int, Words]) -> None:
        self._output = output
        self._names = names
        self._key: object = None
        self._said_at = 0.0

    def show(self, progress: Progress) -> None:
        """Says it if the stage is another one or the last line is old."""
        key = (stage_of(progress), progress.tiers)
        if key != self._key or progress.seconds - self._said_at >= _QUIET_SECONDS:
            self._key, self._said_at = key, progress.seconds
            self._output.note(_line(progress, self._names))

    def tick(self, seconds: float) -> None:
        """Nothing to say."""

    def stopping(self) -> None:
        """Says that the end is near."""
        self._output.note(_STOPPING)

    def leave(self) -> None:
        """Says that the end is there."""
        self._output.error(_LEFT)


class LoggedBoard:
    """Another board, with a log that gets every figure with its time: kept as text, and written
    to a file as it comes, if there is one."""

    def __init__(self, board: LiveBoard | PlainBoard, file: TextIO | None) -> None:
        self._board = board
        self._file = file
        self._lines: list[str] = []

    @property
    def log(self) -> str:
        """Every line so far."""
        return "".join(self._lines)

    def show(self, progress: Progress) -> None:
        """Shown and logged."""
        self._lines.append(log_line(progress, datetime.now().astimezone()))
        if self._file is not None:
            self._file.write(self._lines[-1])
        self._board.show(progress)

    def tick(self, seconds: float) -> None:
        """Only shown."""
        self._board.tick(seconds)

    def stopping(self) -> None:
        """Only shown."""
        self._board.stopping()

    def leave(self) -> None:
        """What is logged is kept."""
        self._board.leave()


@contextmanager
def board(output: Output, names: Mapping[int, Words], log: Path | None) -> Iterator[LoggedBoard]:
    """What shows the search: on the standard output, or beside a script's JSON on the error
    output; and in the log file, line by line. Raises OSError if that cannot be written."""
    with (
        nullcontext() if log is None else log.open("w", encoding="utf-8", buffering=1) as file,
        _shown(output, names) as shown,
    ):
        yield LoggedBoard(shown, file)


@contextmanager
def _shown(output: Output, names: Mapping[int, Words]) -> Iterator[LiveBoard | PlainBoard]:
    console: Console = output.err if output.json else output.out
    if not console.is_terminal:
        yield PlainBoard(output, names)
        return
    with Live(console=console, refresh_per_second=10, transient=True) as live:
        yield LiveBoard(live, output, names)


def figures(rows: Mapping[int, Figure], names: Mapping[int, Words], say: Say) -> Table:
    """Tiers with their costs. Promises are only worth a line if one is broken."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(justify="right")
    table.add_column()
    for tier, (cost, said) in sorted(rows.items()):
        if tier != PROMISES or cost != "0":
            style = "green" if said == PROVEN else ""
            table.add_row(say(tier_words(tier, names)), cost, Text(say(said), style=style))
    return table


def _line(progress: Progress, names: Mapping[int, Words]) -> Words:
    rows = tuple(
        words("{name}: {cost} ({known})", name=tier_words(tier, names), cost=cost, known=said)
        if cost
        else words("{name}: {known}", name=tier_words(tier, names), known=said)
        for tier, cost, said in figures_of(progress)
    )
    return words(
        "{seconds} s  {stage}: {figures}",
        seconds=f"{progress.seconds:5.1f}",
        stage=stage_words(stage_of(progress)),
        figures=rows,
    )
