"""From a command's function to a parsed call of it."""

from __future__ import annotations

from collections.abc import Sequence

import typer
import typer.main
from typer._click import Command
from typer._click.exceptions import UsageError

from clearshift.cli.call import Call
from clearshift.cli.entry import Entry
from clearshift.cli.refusal import Refusal
from clearshift.cli.usage import problem
from domain.words import words


def command_of(entry: Entry) -> Command:
    """The Typer command made from an entry's function."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command(name=entry.name, add_help_option=False)(entry.function)
    return typer.main.get_command(app)


def call_command(entry: Entry, arguments: Sequence[str], call: Call) -> int:
    """Calls the entry's function with its arguments parsed; the result is the exit code.

    Raises Refusal for arguments that the command does not take.
    """
    command = command_of(entry)
    try:
        code = command.main(arguments, prog_name=entry.path, standalone_mode=False, obj=call)
    except UsageError as error:
        raise Refusal(
            words("{problem} See {command} --help.", problem=problem(error), command=entry.path)
        ) from error
    return code if isinstance(code, int) else 0
