"""The options that every command shares. They may stand before or after the command; only
`--version` of the program stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clearshift.cli.refusal import Refusal
from domain.words import words


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for besides the command itself."""

    config: Path | None = None
    lang: str | None = None
    json: bool = False
    debug: bool = False
    version: bool = False
    help: bool = False


_FLAGS = ("--json", "--debug", "--version", "--help", "-h")
_VALUES = ("--config", "--lang")


def split(argv: Sequence[str]) -> tuple[Asked, list[str]]:
    """The shared options, and the arguments without them. What follows a lone `--` is left
    alone, and so is `--version` after a command: there it is the plan's. Raises Refusal for an
    option whose value is missing."""
    flags: set[str] = set()
    values: dict[str, str] = {}
    rest: list[str] = []
    given = list(argv)
    while given and given[0] != "--":
        argument = given.pop(0)
        option, equals, value = argument.partition("=")
        if argument in _FLAGS and not (argument == "--version" and rest):
            flags.add(argument)
        elif option not in _VALUES:
            rest.append(argument)
        elif equals or given:
            values[option] = value if equals else given.pop(0)
        else:
            raise Refusal(words("Option {option} needs a value.", option=option))
    return _asked(flags, values), rest + given


def _asked(flags: set[str], values: dict[str, str]) -> Asked:
    config = values.get("--config")
    return Asked(
        config=Path(config) if config else None,
        lang=values.get("--lang"),
        json="--json" in flags,
        debug="--debug" in flags,
        version="--version" in flags,
        help=bool(flags & {"--help", "-h"}),
    )
