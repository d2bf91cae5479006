"""The center whose care a command speaks of, and checks of what people type about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from clearshift.cli.call import Call
from clearshift.cli.clock import now_at
from clearshift.cli.configured import settings_of
from clearshift.cli.given import center_code, require_database
from clearshift.cli.kept import signature
from clearshift.cli.refusal import Refusal
from db.connection import reading
from db.load import load_centers, load_register
from db.opening import open_database
from domain.register import Register
from domain.words import Words, words

MachineCode = Annotated[str, typer.Argument(help=str(words("The machine's code.")))]
When = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar=str(words("TIME")),
        help=str(words("When: 2026-03-02 or 2026-03-02T14:30; otherwise now.")),
    ),
]
Remark = Annotated[
    str, typer.Option("--note", metavar=str(words("TEXT")), help=str(words("A remark.")))
]


@dataclass(frozen=True, slots=True)
class CareCenter:
    """A stored center and its database's URL; `now` is by its own clock."""

    url: str
    register: Register
    now: datetime

    @property
    def code(self) -> str:
        """The center's code."""
        return self.register.center.code

    @property
    def machines(self) -> tuple[str, ...]:
        """Codes of its machines."""
        return tuple(one.code for one in self.register.machines)


def care_center(call: Call, asked: str | None) -> CareCenter:
    """The center that is meant. Raises Refusal, DatabaseRefusal."""
    settings = settings_of(call)
    require_database(settings.database.url)
    with reading(open_database(settings.database.url)) as session:
        code = center_code(tuple(one.code for one in load_centers(session)), asked)
        register = load_register(session, code)
    return CareCenter(settings.database.url, register, now_at(register.center))


def require_known(name: str, known: tuple[str, ...]) -> str:
    """The name, if it is one of these. Raises Refusal with the nearest ones."""
    if name in known:
        return name
    near = tuple(get_close_matches(name, known)) or known[:5]
    if not near:
        raise Refusal(words("There is no {name} yet.", name=name))
    raise Refusal(words("There is no {name}; perhaps {near}.", name=name, near=near))


def moment(here: CareCenter, text: str | None) -> datetime:
    """When something happened, by the center's clock; a day alone is noon, today is now.
    Raises Refusal for what is no time or has not come yet."""
    if text is None:
        return here.now
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(_no_time(text)) from error
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(here.register.center.timezone))
    if len(text) <= len("2026-03-02"):
        today = found.date() == here.now.date()
        found = here.now if today else datetime.combine(found, time(12), found.tzinfo)
    if found > here.now:
        raise Refusal(words("{time} has not come yet.", time=found))
    return found


def past_day(here: CareCenter, text: str | None) -> date:
    """A day up to today. Raises Refusal."""
    return moment(here, text).date()


def some_day(text: str) -> date:
    """Any day. Raises Refusal for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(_no_time(text)) from error


def author(name: str | None) -> str:
    """Who answers for an entry: as said, else the computer's user. Raises Refusal for blanks."""
    who = signature(name, "", publish=False).author.strip()
    if not who:
        raise Refusal(words("Who? A name is needed."))
    return who


def _no_time(text: str) -> Words:
    return words("{value} is no time; expected 2026-03-02 or 2026-03-02T14:30.", value=text)
