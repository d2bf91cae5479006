"""`clearshift monitor`: every machine live in the terminal, worst first."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.live import Live
from rich.text import Text

from clearshift.cli.board_page import board_page, safety_lines
from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.escalation import escalation_times
from clearshift.settings import Settings
from dashboard.machine_words import SAFETY
from dashboard.watching import Seen, seen_at
from db.care.present import Sources, open_sources, present
from db.refusal import DatabaseRefusal
from domain.words import words


def monitor(
    context: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help=str(words("Show the table once and end.")))
    ] = False,
    every: Annotated[
        int, typer.Option(min=1, max=60, help=str(words("Seconds between two pictures.")))
    ] = 2,
    pace: Annotated[
        float | None,
        typer.Option(
            min=0.2,
            help=str(words("Seconds between samples, where lines are set otherwise than usual.")),
        ),
    ] = None,
) -> None:
    """The live table until Ctrl-C; one picture where there is no terminal."""
    call = call_of(context)
    settings = settings_of(call)
    here = open_sources(settings.telemetry.url, settings.database.url, settings.gateway.center)
    if once or call.output.json or not call.output.out.is_terminal:
        seen = _look(here, settings, pace)
        call.output.result(document(seen), *_page(call, seen))
        return
    # A database that cannot be read just now is said instead of the board: an old picture must
    # not stand as if it were live.
    with Live(console=call.output.out, screen=True, auto_refresh=False) as live:
        while True:
            height = call.output.out.height
            live.update(Group(*picture(call, here, settings, pace, height)), refresh=True)
            time.sleep(every)


def document(seen: Seen) -> dict[str, object]:
    """The board for scripts; ages and silences are in seconds."""
    return {
        "notice": SAFETY,
        "at": seen.at,
        "live": not seen.blind,
        "silence_seconds": None if seen.silence is None else seen.silence.total_seconds(),
        "alarms_complete": not seen.behind,
        "patterns": seen.patterns,
        "machines": seen.rows,
    }


def _page(call: Call, seen: Seen, height: int | None = None) -> Iterable[RenderableType]:
    say = call.say_in(seen.at.astimezone(seen.zone).year)
    return board_page(seen, say, call.output.out.width, height)


def _look(here: Sources, settings: Settings, pace: float | None) -> Seen:
    now = datetime.now(UTC)
    return seen_at(present(here, now), now, escalation_times(settings.alarms), pace)


def picture(
    call: Call, here: Sources, settings: Settings, pace: float | None, height: int
) -> tuple[RenderableType, ...]:
    """The board at this moment in so many lines, or why there is none."""
    try:
        return tuple(_page(call, _look(here, settings, pace), height))
    except DatabaseRefusal as refused:
        lines = (Text(call.say(reason), style="bold red") for reason in refused.reasons)
        return (*safety_lines(), *lines)
