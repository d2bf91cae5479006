"""`clearshift account`: keeping accounts from the server's own terminal, where nobody can sign
in any more. Whoever may run this may read the whole database anyway; what is done is audited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import RenderableType
from sqlalchemy.orm import Session

from clearshift.cli.call import Call, call_of
from clearshift.cli.care_center import CareCenter, author, care_center
from clearshift.cli.options import Author, CenterCode
from clearshift.cli.pages import attention, good, table
from dashboard.gate.words import role_words
from db.access.accounts import (
    add_account,
    disable,
    enable,
    find_account,
    list_accounts,
    plain_name,
    set_password,
)
from db.access.audit import append
from db.access.passwords import hashed
from db.access.tokens import one_time_password
from db.connection import reading, writing
from db.opening import open_database
from domain.account import Account, Role
from domain.words import Words, words


class RoleName(StrEnum):
    """A role as it is typed: without a space."""

    HEAD_NURSE = "head-nurse"
    NURSE = "nurse"
    TECHNICIAN = "technician"
    DOCTOR = "doctor"
    ADMIN = "admin"


Name = Annotated[
    str, typer.Argument(metavar="NAME", help=str(words("What is typed to sign in, such as li.na.")))
]


def listed(context: typer.Context, center: CenterCode = None) -> None:
    """Every account with its role and state."""
    call = call_of(context)
    here = care_center(call, center)
    with reading(open_database(here.url)) as session:
        found = list_accounts(session, here.code)
    call.output.result({"center": here.code, "accounts": found}, *_page(call, here, found))


def add(
    context: typer.Context,
    name: Name,
    role: Annotated[RoleName, typer.Option(help=str(words("What the person is in the center.")))],
    shown: Annotated[
        str,
        typer.Option(metavar=str(words("TEXT")), help=str(words("The person's name for others."))),
    ] = "",
    by: Author = None,
    center: CenterCode = None,
) -> None:
    """Makes an account and prints its one-time password."""
    call, password = call_of(context), one_time_password()
    here = care_center(call, center)
    account = Account(plain_name(name), shown or name, Role[role.name], must_change=True)
    stored = hashed(password)

    def act(session: Session) -> None:
        add_account(session, here.code, account, stored, author(by), here.now)

    _audited(here, by, "account.add", account.name, act)
    _tell_password(call, account.name, password)


def reset(context: typer.Context, name: Name, by: Author = None, center: CenterCode = None) -> None:
    """Gives an account a one-time password and prints it."""
    call, password = call_of(context), one_time_password()
    here = care_center(call, center)
    stored = hashed(password)

    def act(session: Session) -> None:
        set_password(session, here.code, plain_name(name), stored, here.now, must_change=True)

    _audited(here, by, "account.reset", plain_name(name), act)
    _tell_password(call, plain_name(name), password)


def close(context: typer.Context, name: Name, by: Author = None, center: CenterCode = None) -> None:
    """Closes an account; its sign-ins end at once."""
    call = call_of(context)
    here = care_center(call, center)
    named = plain_name(name)
    _audited(
        here, by, "account.disable", named, lambda one: disable(one, here.code, named, here.now)
    )
    call.output.result({"name": named}, words("Closed: account {name}.", name=named))


def reopen(
    context: typer.Context, name: Name, by: Author = None, center: CenterCode = None
) -> None:
    """Opens a closed account again, with the password it had."""
    call = call_of(context)
    here = care_center(call, center)
    named = plain_name(name)
    _audited(here, by, "account.enable", named, lambda one: enable(one, here.code, named, here.now))
    call.output.result({"name": named}, words("Open again: account {name}.", name=named))


def _audited(
    here: CareCenter, by: str | None, act: str, name: str, change: Callable[[Session], None]
) -> None:
    who = author(by)
    with writing(open_database(here.url)) as session:
        before = find_account(session, here.code, name)
        change(session)
        after = find_account(session, here.code, name)
        append(session, here.code, here.now, who, "", act, name, before, after)


def _tell_password(call: Call, name: str, password: str) -> None:
    call.output.result(
        {"name": name, "password": password},
        good(call.say, words("One-time password of {name}: {password}",
                             name=name, password=password)),
        words("It is shown only now, and has to be changed at the first sign-in."),
    )  # fmt: skip


def _page(call: Call, here: CareCenter, found: Sequence[Account]) -> Iterator[RenderableType]:
    say = call.say_in(here.now.year)
    if not found:
        yield attention(say, words("There is no account yet; clearshift serve makes the first."))
        return
    yield table(
        say,
        (words("name"), words("person"), words("role"), words("state")),
        ((one.name, one.shown, role_words(one.role), _state(here, one)) for one in found),
    )


def _state(here: CareCenter, account: Account) -> Words:
    if account.disabled_at is not None:
        since = account.disabled_at.astimezone(here.now.tzinfo).date()
        return words("closed since {day}", day=since)
    if account.must_change:
        return words("one-time password not changed yet")
    return words("can sign in")
