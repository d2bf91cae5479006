"""What every command is handed: the shared options and where to say its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import typer

from clearshift.cli.asked import Asked
from clearshift.cli.language import spoken
from clearshift.cli.output import Output
from clearshift.i18n import Say, speaker


@dataclass(frozen=True, slots=True)
class Call:
    """One run of the program."""

    asked: Asked
    output: Output

    @property
    def say(self) -> Say:
        """The language of this run."""
        return self.output.say

    @property
    def language(self) -> Literal["en", "zh"]:
        """Its name."""
        return spoken(self.asked.lang, self.asked.config)

    def say_in(self, year: int) -> Say:
        """The language of this run, for a page whose title tells the year."""
        return speaker(self.language, year)


def call_of(context: typer.Context) -> Call:
    """The call a command belongs to."""
    call = context.find_object(Call)
    if call is None:
        raise TypeError("a command was started without a Call")
    return call
