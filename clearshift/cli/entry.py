"""A command of the program: what it is called, what it does, where its function is.

The function is looked up only when it is called, so that help never waits for a solver or a
database to load. Which commands there are stands in `clearshift.cli.commands`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module

from clearshift.cli.refusal import Refusal
from domain.words import Words, words

PROGRAM = "clearshift"


@dataclass(frozen=True, slots=True)
class Entry:
    """A command with the place of its function, "module:function", or a group of commands:
    those whose names begin with its own."""

    name: str
    does: Words
    place: str = ""

    @property
    def path(self) -> str:
        """What is typed to call it."""
        return f"{PROGRAM} {self.name}".strip()

    @property
    def last_name(self) -> str:
        """Its name within its group."""
        return self.name.rpartition(" ")[2]

    @property
    def function(self) -> Callable[..., int | None]:
        """The command's function; loads its module."""
        module, _, name = self.place.partition(":")
        found: Callable[..., int | None] = getattr(import_module(module), name)
        return found


WHOLE = Entry("", words("Plans a dialysis center's week."))


def children(group: Entry, table: Sequence[Entry]) -> tuple[Entry, ...]:
    """The commands and groups right below one."""
    return tuple(entry for entry in table if entry.name.rpartition(" ")[0] == group.name)


def find(arguments: Sequence[str], table: Sequence[Entry]) -> tuple[Entry, list[str]]:
    """The command or group that the arguments name, and the arguments left for it.

    Raises Refusal where a group has no command of that name, with the nearest ones.
    """
    entry, rest = WHOLE, list(arguments)
    while rest and not entry.place:
        entry, rest = _child(entry, rest[0], table), rest[1:]
    return entry, rest


def _child(group: Entry, name: str, table: Sequence[Entry]) -> Entry:
    known = {entry.last_name: entry for entry in children(group, table)}
    if name in known:
        return known[name]
    if name.startswith("-"):
        raise Refusal(
            words(
                "There is no option {option}. See {command} --help.",
                option=name,
                command=group.path,
            )
        )
    near = tuple(get_close_matches(name, known))
    if near:
        raise Refusal(
            words("There is no command {name}. Did you mean {near}?", name=name, near=near)
        )
    raise Refusal(
        words("There is no command {name}. See {command} --help.", name=name, command=group.path)
    )
