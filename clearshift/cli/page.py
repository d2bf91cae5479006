"""Help pages in our languages: of a group from the list of commands, of a command also from
its function's parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from typer._click import Command
from typer.core import TyperArgument, TyperOption

from clearshift.cli.entry import Entry
from clearshift.cli.usage import choices, shown_name
from clearshift.i18n import Say
from domain.words import Words, words

_SHARED = (
    ("--lang en|zh", words("Language of texts: English or Chinese.")),
    ("--json", words("Result as JSON, for scripts.")),
    ("--config FILE", words("Settings file instead of config.toml.")),
    ("--debug", words("Show where an error arose.")),
    ("-h, --help", words("Show this page.")),
)
_ALONE = (("--version", words("Show the version.")),)

_WIDEST = 40
"""Characters of the choices of an option that its column has room for."""


def group_page(group: Entry, commands: Iterable[Entry], say: Say) -> RenderableType:
    """What a group offers."""
    usage = words("{program} COMMAND [OPTIONS]", program=group.path)
    rows = [(entry.last_name, say(entry.does)) for entry in commands]
    return Group(
        *_head(group, usage, say),
        *_section(words("Commands"), rows, say),
        *_section(words("Options of every command"), _shared_rows(say, _SHARED), say),
        *(_section(words("Alone"), _shared_rows(say, _ALONE), say) if not group.name else ()),
    )


def command_page(entry: Entry, command: Command, say: Say) -> RenderableType:
    """How to call a command."""
    arguments = [p for p in command.params if isinstance(p, TyperArgument)]
    options = [p for p in command.params if isinstance(p, TyperOption) and not p.hidden]
    named = " ".join(_in_usage(argument) for argument in arguments)
    usage = words("{program} {arguments} [OPTIONS]", program=entry.path, arguments=named)
    short = words("{program} [OPTIONS]", program=entry.path)
    return Group(
        *_head(entry, usage if named else short, say),
        *_section(words("Arguments"), [_row(one, say) for one in arguments], say),
        *_section(words("Options"), [_row(one, say) for one in options], say),
        *_section(words("Options of every command"), _shared_rows(say, _SHARED), say),
    )


def _head(entry: Entry, usage: Words, say: Say) -> Iterator[RenderableType]:
    yield Text(say(words("Usage: {usage}", usage=usage)), style="bold")
    yield Text("")
    yield Text(say(entry.does))


def _section(title: Words, rows: Iterable[tuple[str, str]], say: Say) -> Iterator[RenderableType]:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
    for name, does in rows:
        table.add_row(Text(name), Text(does))
    if table.row_count:
        yield Text("")
        yield Text(say(title), style="bold")
        yield Padding(table, (0, 0, 0, 2), expand=False)


def _shared_rows(say: Say, rows: Iterable[tuple[str, Words]]) -> list[tuple[str, str]]:
    return [(name, say(does)) for name, does in rows]


def _in_usage(argument: TyperArgument) -> str:
    name = shown_name(argument) + ("..." if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def _row(parameter: TyperArgument | TyperOption, say: Say) -> tuple[str, str]:
    name = shown_name(parameter)
    if isinstance(parameter, TyperOption):
        name = ", ".join(sorted(parameter.opts + parameter.secondary_opts, key=len))
        name += "" if parameter.is_flag else f" {_value(parameter, say)}"
    return name, " ".join(_said(parameter, say))


def _value(option: TyperOption, say: Say) -> str:
    """What may stand there, or a word for it where that is anything or too long for a column;
    the help text then says what."""
    allowed = "|".join(choices(option))
    if allowed and len(allowed) <= _WIDEST:
        return allowed
    return say(Words(option.metavar) if option.metavar else words("VALUE"))


def _said(parameter: TyperArgument | TyperOption, say: Say) -> Iterator[str]:
    if parameter.help:
        yield say(Words(parameter.help))
    if isinstance(parameter, TyperOption) and parameter.required:
        yield say(words("[required]"))
    if parameter.show_default and parameter.default not in (None, False, "", (), []):
        yield say(words("[default: {value}]", value=str(parameter.default)))
