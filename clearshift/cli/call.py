"""What every command is handed: the shared options and where to say its result."""

from __future__ import annotations

from dataclasses import dataclass

import typer

from clearshift.cli.asked import Asked
from clearshift.cli.output import Output
from clearshift.i18n import Say


@dataclass(frozen=True, slots=True)
class Call:
    """One run of the program."""

    asked: Asked
    output: Output

    @property
    def say(self) -> Say:
        """The language of this run."""
        return self.output.say


def call_of(context: typer.Context) -> Call:
    """The call a command belongs to."""
    call = context.find_object(Call)
    if call is None:
        raise TypeError("a command was started without a Call")
    return call
