"""One run of the program: options, language, command, and every error as one clear line."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

from typer import Abort

from clearshift import __version__
from clearshift.cli.asked import Asked, split
from clearshift.cli.call import Call
from clearshift.cli.commands import COMMANDS
from clearshift.cli.entry import PROGRAM, Entry, children, find
from clearshift.cli.failures import failed_file
from clearshift.cli.language import chosen_language
from clearshift.cli.output import output
from clearshift.cli.page import command_page, group_page
from clearshift.cli.parsing import call_command, command_of
from clearshift.cli.refusal import WithReasons
from clearshift.i18n import speaker
from domain.words import Words, words

_REFUSED = 2
_FAILED = 1
_INTERRUPTED = 130


def main(argv: Sequence[str], table: Sequence[Entry] = COMMANDS) -> int:
    """Runs the program; the result is its exit code: 0 done, 1 failed, 2 wrong usage or
    input, 130 interrupted."""
    call = Call(Asked(debug="--debug" in argv), output(speaker(chosen_language()), json=False))
    try:
        asked, arguments = split(argv)
        lang = chosen_language(asked.lang, asked.config)
        call = Call(asked, output(speaker(lang), asked.json))
        return _run(call, arguments, table)
    except (KeyboardInterrupt, Abort):
        call.output.error(words("Interrupted."))
        return _INTERRUPTED
    except Exception as error:  # the outermost loop: nothing may end in a bare traceback
        code, lines = _explained(error)
        if call.asked.debug:
            traceback.print_exc()
        for line in lines:
            call.output.error(line)
        return code


def _run(call: Call, arguments: Sequence[str], table: Sequence[Entry]) -> int:
    if call.asked.version:
        version = {"version": __version__}
        call.output.result(version, words("{program} {version}", program=PROGRAM, **version))
        return 0
    entry, rest = find(arguments, table)
    if entry.place and not call.asked.help:
        return call_command(entry, rest, call)
    if entry.place:
        call.output.out.print(command_page(entry, command_of(entry), call.say))
    else:
        call.output.out.print(group_page(entry, children(entry, table), call.say))
    return 0 if call.asked.help else _REFUSED


def _explained(error: Exception) -> tuple[int, tuple[Words, ...]]:
    match error:
        case WithReasons():
            return _REFUSED, error.reasons
        case OSError():
            return _FAILED, (failed_file(error),)
        case _:
            return _FAILED, (
                words(
                    "A fault in the program: {kind}: {error}. Please report it with what "
                    "--debug shows.",
                    kind=type(error).__name__,
                    error=str(error),
                ),
            )
