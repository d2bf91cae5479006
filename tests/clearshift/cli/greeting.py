"""A command for the tests of the frame, with every kind of parameter."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.entry import Entry
from clearshift.cli.refusal import Refusal
from domain.words import words


class Mood(StrEnum):
    KIND = "kind"
    CROSS = "cross"


def greet(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=str(words("Show the version.")))],
    times: Annotated[int, typer.Option(min=1, max=3)] = 1,
    weight: Annotated[float | None, typer.Option()] = None,
    mood: Annotated[Mood, typer.Option()] = Mood.KIND,
    loud: Annotated[bool, typer.Option("--loud")] = False,
) -> None:
    call_of(context).output.result(
        {"name": name, "times": times, "weight": weight, "mood": mood, "loud": loud},
        words("{name}: {reason}.", name=name, reason=str(mood)),
    )


def fail(context: typer.Context, how: str) -> None:
    del context
    match how:
        case "refuse":
            raise Refusal(words("text"), words("no permission"))
        case "file":
            Path("/nowhere/at/all").read_text()
        case "interrupt":
            raise KeyboardInterrupt
        case "exit":
            raise typer.Exit(1)
        case _:
            raise ZeroDivisionError("too small")


TABLE = (
    Entry("greet", words("Show the version."), f"{__name__}:greet"),
    Entry("deep", words("Show this page.")),
    Entry("deep fail", words("Result as JSON, for scripts."), f"{__name__}:fail"),
    Entry("slow", words("Show this page."), f"{__name__}:interrupted"),
)


def __getattr__(name: str) -> object:
    """Somebody presses Ctrl-C while a command is still being loaded."""
    if name == "interrupted":
        raise KeyboardInterrupt
    raise AttributeError(name)
